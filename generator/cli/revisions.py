"""Descriptions by their names: a file, `-`, `git-rev:path`, or a URL where that is allowed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import generator.cli.options as options
from generator.cli.ending import Ending
from generator.cli.remote import fetched
from generator.document.references import is_readable_url
from generator.document.refusal import MAX_BYTES


def read_description(name: str) -> bytes:
    """The bytes of a description; a URL is asked for with `--allow-remote` alone."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    if not name.startswith(("http://", "https://")):
        return read_file_or_revision(name)
    if not options.asked("allow_remote"):
        raise Ending(2, f"{name} is a URL; --allow-remote lets it be read")
    if not is_readable_url(name):
        raise Ending(2, "a URL without a host, or with credentials in it, is not read")
    return fetched(name)


def read_file_or_revision(name: str) -> bytes:
    """The bytes of a file, or of `git-rev:path` where no file has that name."""
    revision, colon, path = name.partition(":")
    if Path(name).exists() or not colon or not revision or not path:
        return options.read_file(name)
    for inside in (path, f"./{path}"):
        done = _git_show(f"{revision}:{inside}")
        if done.returncode == 0:
            return done.stdout
    raise FileNotFoundError(2, f"no file, and git has no {path} in {revision}", name)


def _git_show(name: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "show", "--end-of-options", name], capture_output=True, check=False
        )
    except (OSError, ValueError) as error:
        raise FileNotFoundError(2, str(error), name) from None

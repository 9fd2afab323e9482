"""Descriptions that are not files: `git-rev:path`, and URLs where they are allowed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

import generator.cli.options as options
from generator.cli.ending import Ending
from generator.cli.loading import load
from generator.cli.output import print_diagnostics
from generator.cli.remote import fetched
from generator.compose.load import Loaded
from generator.document import Reader
from generator.document.references import is_readable_url


def description_reader(allow_remote: bool) -> Reader:
    """Reads files, revisions of git, and URLs if they are allowed."""

    def read(name: str) -> bytes:
        if not name.startswith(("http://", "https://")):
            return read_file_or_revision(name)
        if not allow_remote:
            raise Ending(2, f"{name} is a URL; --allow-remote lets it be read")
        if not is_readable_url(name):
            raise Ending(2, "a URL without a host, or with credentials in it, is not read")
        return fetched(name)

    return read


def described(spec: str, overlays: Iterable[str], *, allow_remote: bool = False) -> Loaded:
    """The description of that name; the command ends where it cannot be read."""
    found = load(spec, list(overlays), reader=description_reader(allow_remote))
    if found.api is None:
        print_diagnostics(found)
        raise Ending(2)
    return found


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

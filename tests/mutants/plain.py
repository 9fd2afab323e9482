"""What plain schemathesis says of a wrong server: `st run` as it comes, with credentials.

In comes a server with a fault, out comes the first failure that the right server does not have:
what is said of that one, over some seeds, is written into a baseline, and a run ends with the
first failure that is not in it. Verdicts are kept by the text of all that they depend on.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from generator.api.exchange import Principal
from generator.api.openapi import openapi
from generator.mock import serve
from tests.mutants.kept import ROOT, kept, mark
from tests.mutants.servers import Subject, right

SEEDS = ("1", "2")
_SECONDS = 900
_MOCK = ("generator/api", "generator/document", "generator/mock", "generator/wire")


def plain(subject: Subject) -> str:
    """The title of the first failure that is not the right server's; `-` where there is none."""
    return kept((*_key(subject), subject.mark), lambda: _told(subject))


def _told(subject: Subject) -> str:
    known = _baseline(subject.server, bool(subject.principals))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "known.json").write_text(known, "utf-8")
        told = _run(subject, Path(folder), "--seed", SEEDS[0], "--max-failures", "1")
    return next(iter(re.findall(r"^- (.+)$", told, re.MULTILINE)), "-")


@cache
def _baseline(server: str, auth: bool) -> str:
    """The failures of the right server, as schemathesis writes them down."""
    subject = right(server, auth=auth)

    def told() -> str:
        with tempfile.TemporaryDirectory() as folder:
            for seed in SEEDS:
                _run(subject, Path(folder), "--seed", seed, "--baseline-update")
            return Path(folder, "known.json").read_text("utf-8")

    return kept((*_key(subject), "the right one"), told)


def _key(subject: Subject) -> tuple[str, ...]:
    code = subject.text or mark(*_MOCK)
    signed = str(bool(subject.principals))
    return version("schemathesis"), code, subject.described.text, signed


def _run(subject: Subject, folder: Path, *more: str) -> str:
    """What its own command prints."""
    who = subject.principals[:1]
    described = openapi(subject.described.root, without_security=not who)
    (folder / "openapi.json").write_text(json.dumps(described), "utf-8")
    headers, signing = _signed(subject, *who) if who else ([], {})
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **signing}
    with serve(subject.app) as server:
        command = [str(Path(sys.executable).parent / "st"), "run", "openapi.json", "--no-color"]
        command += ["--url", server.url + subject.base, "--baseline", "known.json", *headers, *more]
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return done.stdout


def _signed(subject: Subject, who: Principal) -> tuple[list[str], dict[str, str]]:
    """A header that is the same in every call, or what the hook signs with."""
    scheme = subject.described.api.security_schemes[who.scheme]
    if scheme.kind == "apiKey" and scheme.parameter.lower() != "authorization":
        return ["--header", f"{scheme.parameter}: {who.secret}"], {}
    told = {"AUTH": "digest" if scheme.kind == "http" else "key"}
    told |= {"USER": who.user, "SECRET": who.secret}
    signing = {f"LOCKSTEP_TEST_{name}": value for name, value in told.items()}
    return [], {"SCHEMATHESIS_HOOKS": "tests.contract.hooks", **signing}

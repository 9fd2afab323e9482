"""How long generating takes, cold and as a whole process, beside other generators.

`python -m tests.corpus.peers [FILE]... [--rounds N] [--peers VENV]` generates from each description
(by default those that stand for large, very large and OpenAI's) with lockstep and with those peers
that are there: openapi-python-client, and datamodel-code-generator for the models alone. All take
turns; of several rounds the quickest counts. Three rows are lockstep's own: a description that it
has not seen, which it validates; one that it has seen, as the peers do no validation; and nothing
changed. The peers are no dependencies of the project; what is not there is named and left out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.documents import CORPUS

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ("atlas-admin-v2.yaml", "openai.yaml", "github-rest.json")
PEERS = ("openapi-python-client", "datamodel-codegen")
_LOCKSTEP = [sys.executable, "-c", "from generator.cli.main import main; main()"]
_COMPARED = "lockstep, seen"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process and its children took: seconds, CPU seconds, MB at most, how it ended."""

    seconds: float
    cpu: float
    megabytes: int
    code: int


def main() -> int:
    """Print a row an input and tool, and how many times as long the peers take."""
    asked = _arguments().parse_args()
    tools = {name: found for name in PEERS if (found := _program(name, asked.peers))}
    for name in PEERS:
        if name not in tools:
            print(f"{name} is not there: install it in a venv and name that with --peers")
    inputs: list[Path] = asked.inputs or [CORPUS / "real" / name for name in INPUTS]
    absent = [path for path in inputs if not path.is_file()]
    for path in absent:
        print(f"{path} is not there and was left out")
    for path in (each for each in inputs if each not in absent):
        _print(path, measure(path.resolve(), tools, asked.rounds))
    return 0


def measure(path: Path, tools: dict[str, str], rounds: int) -> dict[str, Spent]:
    """The quickest of several rounds, by tool."""
    best: dict[str, Spent] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="peers-") as folder:
            for name, found in _round(path, tools, Path(folder)).items():
                if name not in best or found.seconds < best[name].seconds:
                    best[name] = found
    return best


def _round(path: Path, tools: dict[str, str], folder: Path) -> dict[str, Spent]:
    generate = [*_LOCKSTEP, "generate", str(path), "--name", "made", "-o"]
    peers = {
        "openapi-python-client": ["generate", "--path", str(path), "--output-path", "opc"],
        "datamodel-codegen": [
            *("--input", str(path), "--input-file-type", "openapi", "--output", "models.py")
        ],
    }
    found = {
        "lockstep, not seen": _spent([*generate, "first"], folder),
        _COMPARED: _spent([*generate, "second"], folder),
        "lockstep, nothing changed": _spent([*generate, "second"], folder),
    }
    return found | {name: _spent([tools[name], *peers[name]], folder) for name in tools}


def _spent(command: list[str], folder: Path) -> Spent:
    """Run a command in a folder, with a cache of its own there."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LOCKSTEP_CACHE": str(folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # An installed program is compiled.
    environment["PATH"] = f"{Path(command[0]).parent}{os.pathsep}{environment.get('PATH', '')}"
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    return Spent(seconds, cpu, usage.ru_maxrss // 1024, process.returncode)


def _print(path: Path, found: dict[str, Spent]) -> None:
    print(f"{path.name}, {path.stat().st_size / 1e6:.1f} MB")
    for name, spent in found.items():
        said = f"{spent.seconds:7.2f} s {spent.cpu:7.2f} s of CPU {spent.megabytes:5} MB"
        beside = spent.seconds / found[_COMPARED].seconds
        cpu = spent.cpu / found[_COMPARED].cpu
        print(f"  {name:26} {said}  exit {spent.code}  {beside:5.1f} times, CPU {cpu:5.1f}")
    sys.stdout.flush()


def _program(name: str, venv: Path | None) -> str | None:
    return shutil.which(name, path=str(venv / "bin") if venv is not None else None)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.peers", description=__doc__)
    parser.add_argument("inputs", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path, help="the venv in which the peers are")
    return parser


if __name__ == "__main__":
    sys.exit(main())

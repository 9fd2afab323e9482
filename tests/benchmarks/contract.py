"""What a contract run costs its caller: CPU seconds of the client side, beside plain schemathesis.

`python -m tests.benchmarks.contract [SPEC]` serves the mock of a description in a process of its own
and runs against it, each in a process of its own too: `st run` as it is by default, the whole suite,
its own parts without schemathesis's, and a replay. What is printed is the CPU time of those
processes as the operating system counts it, and their share of the first.
"""

from __future__ import annotations

import compileall
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "spec" / "atlas-v2.yaml"
_LOCKSTEP = [sys.executable, "-c", "import sys; from generator.cli.main import main; main()"]
_OWN = ("smoke", "laws", "negatives", "auth", "lockstep")
_MOST = 900


@contextmanager
def mocked(spec: Path) -> Generator[str, None, None]:
    """The mock of a description, open to everybody; gives its address."""
    serving = subprocess.Popen(
        [*_LOCKSTEP, "mock", str(spec)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert serving.stdout is not None
    try:
        yield serving.stdout.readline().strip()
    finally:
        serving.terminate()
        serving.wait(10)


def spent(command: list[str], folder: Path) -> float:
    """The CPU seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # As installed: byte code is kept, as schemathesis's is.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=_MOST, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(spec: Path, url: str, record: Path) -> dict[str, list[str]]:
    """What is measured, in order."""
    test = [*_LOCKSTEP, "test", str(spec), "--url", url, "--report", f"record={record}"]
    only = [word for part in _OWN for word in ("--only", part)]
    plain = [str(Path(sys.executable).parent / "st"), "run", "openapi.json", "--url", url]
    return {
        "plain schemathesis": [*plain, "--seed", "1", "--no-color"],
        "all parts": test,
        "all parts but schemathesis": [*test, *only],
        "replay of that": [*_LOCKSTEP, "replay", str(record), "--url", url],
    }


def main(spec: Path) -> None:
    """Measure and print."""
    compileall.compile_dir(str(ROOT / "generator"), quiet=1)
    with tempfile.TemporaryDirectory() as name, mocked(spec) as url:
        folder = Path(name)
        dumped = [*_LOCKSTEP, "dump", "--openapi", "--without-security", str(spec)]
        plain = subprocess.run(dumped, capture_output=True, cwd=ROOT, check=True)
        (folder / "openapi.json").write_bytes(plain.stdout)
        first = 0.0
        for what, command in commands(spec, url, folder / "run.jsonl").items():
            seconds = spent(command, folder)
            first = first or seconds
            print(f"{what:28} {seconds:7.2f} s  {seconds / first:6.3f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else SPEC)

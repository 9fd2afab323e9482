"""What a change report costs: `python -m tests.benchmarks.diff FILE...`.

Each description is compared with a revision made by rule, in a process of its own, as the command
does it: two readings, changes, proofs, both clients' surfaces, lines, JSON. Printed are wall and
CPU seconds and the most memory that was held.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generator.compose.load import load_api
from tests.benchmarks.revised import revised

_COMMAND = "import sys; from generator.cli.main import run; sys.exit(run(sys.argv[1:]))"


def main(names: list[str]) -> int:
    """Measure each file that is named."""
    print(f"{'description':32} {'bytes':>9} {'rows':>6} {'wall s':>7} {'CPU s':>6} {'MB':>5}")
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            revision = Path(folder) / "revision.json"
            revision.write_text(json.dumps(revised(_plain(name))))
            _measure(Path(name), revision)
    return 0


def _plain(name: str) -> object:
    loaded = load_api(name, reader=lambda each: Path(each).read_bytes())
    assert loaded.resolved is not None
    return json.loads(json.dumps(loaded.resolved.root.root, default=str))


def _measure(base: Path, revision: Path) -> None:
    arguments = [sys.executable, "-c", _COMMAND, "diff", str(base), str(revision)]
    with tempfile.TemporaryFile() as out:
        started = time.monotonic()
        child = subprocess.Popen([*arguments, "--format", "json"], stdout=out)
        _, _, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - started
        child.returncode = 0
        out.seek(0)
        rows = len(json.loads(out.read()))
    _print(base, rows, wall, used)


def _print(base: Path, rows: int, wall: float, used: resource.struct_rusage) -> None:
    cpu, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    size = base.stat().st_size
    print(f"{base.name:32} {size:9} {rows:6} {wall:7.1f} {cpu:6.1f} {megabytes:5.0f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

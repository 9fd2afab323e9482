"""Programs of users against the committed clients: what is right type-checks, what is wrong does not.

In ``wrong.py`` every wrong line carries an ignore of its error, and one that ignores nothing is an
error itself. This is mypy's word; ``.ci/run`` asks pyright.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
GENERATED = FOLDER.parents[2] / "generated"


def test_mypy_takes_what_is_right_and_refuses_what_is_wrong(tmp_path: Path) -> None:
    paths = [str(GENERATED / name) for name in ("atlas_v1", "atlas_v2")]
    for name in ("right.py", "wrong.py"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--cache-dir",
            str(tmp_path),
            "right.py",
            "wrong.py",
        ],
        cwd=tmp_path,
        env={"MYPYPATH": os.pathsep.join(paths), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

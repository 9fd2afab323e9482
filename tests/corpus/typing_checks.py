"""mypy and pyright, strict, over generated packages; both are slow.

The runtime is the same file in every package, so pyright looks at it in the first one alone.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_AT_ONCE = 4
_MYPY = re.compile(r"^([^/\n]+)/[^:\n]*:\d+: error: ", re.MULTILINE)


def mypy_errors(folder: Path, names: Sequence[str]) -> tuple[Counter[str], str]:
    """Errors by package, and what mypy said; packages are checked in one run."""
    found: Counter[str] = Counter()
    said: list[str] = []
    for name in names:
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", f"{name}/{name}"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        found[name] = len(_MYPY.findall(done.stdout)) or int(done.returncode > 0)
        said.append(done.stdout + done.stderr)
    return found, "".join(said)


def pyright_errors(folder: Path, names: Sequence[str]) -> tuple[Counter[str], str]:
    """Errors by package, and what pyright said; a few packages a run, for its memory."""
    groups = [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = list(pool.map(lambda group: _pyright(folder, group, names[0]), groups))
    return sum((counts for counts, _ in answers), Counter[str]()), "".join(t for _, t in answers)


def _pyright(folder: Path, names: Sequence[str], whole: str) -> tuple[Counter[str], str]:
    settings = {
        "include": [f"{name}/{name}" for name in names],
        "exclude": [f"{name}/{name}/_runtime" for name in names if name != whole],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "venvPath": str(Path(sys.prefix).parent),
        "venv": Path(sys.prefix).name,
    }
    asked = folder / f"pyright-{names[0]}.json"
    asked.write_text(json.dumps(settings), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "-p", asked.name, "--outputjson"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    found: Counter[str] = Counter()
    said: list[str] = []
    for each in json.loads(done.stdout)["generalDiagnostics"]:
        if each["severity"] == "error":
            path = Path(each["file"]).relative_to(folder.resolve())
            found[path.parts[0]] += 1
            said.append(f"{path}:{each['range']['start']['line'] + 1}: {each['message']}\n")
    return found, "".join(said)

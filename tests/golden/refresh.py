"""`python -m tests.golden.refresh`: write what every case gives as what it is expected to give."""

from __future__ import annotations

import shutil

from tests.golden.case import CASES, outcome


def main() -> None:
    """Refresh every case."""
    for case in sorted(CASES.iterdir()):
        found = outcome(case)
        shutil.rmtree(case / "expected", ignore_errors=True)
        for path, text in found.files.items():
            place = case / "expected" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        stderr = case / "stderr.txt"
        stderr.unlink(missing_ok=True)
        if found.said:
            stderr.write_text(found.said, encoding="utf-8")


if __name__ == "__main__":
    main()

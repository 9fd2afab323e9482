"""Which files of a folder are descriptions, and which of them are meant to be refused.

In: a folder of published or of broken descriptions, perhaps listed in an `INDEX.tsv` beside it.
Out: paths, sorted. Without a list every JSON or YAML file that declares a version at its top counts.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
_SUFFIXES = frozenset((".json", ".yaml", ".yml"))
_VERSION = re.compile(rb"""(?m)^[\s{]*["']?(?:openapi|swagger)["']?\s*:""")
_REFUSED = frozenset(("fail", "invalid", "negative"))
_HEAD = 64 * 1024


def documents(folder: Path) -> list[Path]:
    """The descriptions in a folder."""
    folder = folder.resolve()
    index = next((each / "INDEX.tsv" for each in (folder, *folder.parents[:3]) if _has(each)), None)
    if index is None:
        found = (path for path in folder.rglob("*") if path.suffix in _SUFFIXES)
        return sorted(path for path in found if _declares_a_version(path))
    with index.open(encoding="utf-8", newline="") as rows:
        listed = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
        paths = {index.parent / row["file"] for row in listed}
    return sorted(path for path in paths if path.is_relative_to(folder))


def is_meant_to_fail(path: Path) -> bool:
    """Whether a folder above says that the description is wrong on purpose."""
    return not _REFUSED.isdisjoint(path.parts)


def _has(folder: Path) -> bool:
    return (folder / "INDEX.tsv").is_file()


def _declares_a_version(path: Path) -> bool:
    with path.open("rb") as file:
        return _VERSION.search(file.read(_HEAD)) is not None

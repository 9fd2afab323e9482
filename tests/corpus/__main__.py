"""The report on real descriptions: `python -m tests.corpus [DIR]`.

A row a description and totals: operations generated, diagnostics by code, whether every module
parses, imports and can decode, what Black would change, time and memory; then errors of mypy and
pyright, and which packages are others under another hash seed. All of it takes most of an hour;
`--check` names what is wanted, and may be repeated. What is meant to be refused (fixtures of other
tools say so by their folders) is counted, and named where nothing was said of it; `accepted.py` has those that OpenAPI allows.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.corpus.documents import CORPUS, documents
from tests.corpus.isolated import rows
from tests.corpus.row import PARTS, STAGES, Row
from tests.corpus.run import Asked
from tests.corpus.typing_checks import mypy_errors, pyright_errors

_DIGEST = re.compile(r"a_\w+ [0-9a-f]{64}")
CHECKS = ("validate", "imports", "black", "mypy", "pyright", "seeds")


def main() -> int:
    """Print the report; 1 where anything is not as it should be."""
    asked = _arguments().parse_args()
    checks = frozenset(asked.check or CHECKS)
    with tempfile.TemporaryDirectory(prefix="corpus-") as made:
        out = Path(asked.keep or made)
        out.mkdir(parents=True, exist_ok=True)
        named = _named(documents(asked.folder), asked.folder.resolve(), asked.only)
        jobs = Asked(
            out,
            validates="validate" in checks,
            formats="black" in checks,
            imports="imports" in checks,
            library=asked.models,
        )
        found: list[Row] = []
        for row in rows(named, jobs, jobs=asked.jobs, limit=asked.limit):
            found.append(row)
            _print_row(row, quiet=asked.quiet, verbose=asked.verbose)
        _print_totals(found)
        if asked.digests:
            for row in sorted(found, key=lambda each: each.name):
                print(row.name, row.digest)
        bad = _print_types(out, found, checks)
        bad += _print_seeds(asked, found) if "seeds" in checks else 0
    return int(bool(bad) or not all(row.is_good for row in found))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS / "real")
    parser.add_argument("--only", default="", help="a regular expression for paths")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds for one description")
    parser.add_argument("--models", choices=["msgspec", "pydantic"], default="msgspec")
    parser.add_argument("--keep", help="write the clients here and leave them")
    parser.add_argument("--check", action="append", choices=CHECKS, help="all, unless named")
    for flag in ("digests", "quiet", "verbose"):
        parser.add_argument(f"--{flag}", action="store_true")
    return parser


def _named(paths: list[Path], folder: Path, only: str) -> list[tuple[str, Path]]:
    """Paths with names that are packages, each once."""
    named: dict[str, Path] = {}
    for path in paths:
        relative = path.relative_to(folder)
        if only and not re.search(only, str(relative)):
            continue
        name = "a_" + re.sub(r"\W+", "_", str(relative.with_suffix(""))).strip("_").lower()
        while name in named:
            name += "_"
        named[name] = path
    return list(named.items())


def _print_row(row: Row, *, quiet: bool, verbose: bool) -> None:
    if not (quiet and row.is_good):
        codes = " ".join(f"{code}={count}" for code, count in sorted(row.codes.items()))
        said = f"{row.outcome:10} {row.generated:5}/{row.declared:<5} {row.seconds:6.2f} s"
        black = "" if row.black is None else f" black {row.black}"
        print(f"{row.name:44.44} {said} {row.megabytes:5} MB{black}  {codes}")
        for fault in row.faults[: None if verbose else 6]:
            print("    ", fault.replace("\n", "\n     "))
    if verbose:
        for message in row.messages:
            print("    ", message)
    sys.stdout.flush()


def _print_totals(found: list[Row]) -> None:
    outcomes = Counter(row.outcome for row in found)
    declared, generated = sum(r.declared for r in found), sum(r.generated for r in found)
    written = sum(row.generated for row in found if row.outcome == "generated")
    print(f"\n{len(found)} descriptions: {', '.join(f'{n} {o}' for o, n in outcomes.items())}")
    print(f"operations: {declared} declared, {generated} planned, {written} generated")
    codes = sum((Counter(row.codes) for row in found), Counter[str]())
    print("diagnostics:", ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    meant = [row for row in found if row.meant_to_fail]
    said, right = sum(bool(row.codes) for row in meant), sum(row.accepted for row in meant)
    print(f"meant to be refused: {len(meant)}, with a diagnostic: {said}, right after all: {right}")
    for row in (each for each in meant if each.is_silent):
        print(f"     nothing said of {row.name}")
    print("with faults:", sum(bool(row.faults) for row in found))
    print("changed by Black:", sum(bool(row.black) for row in found))
    total = sum(row.seconds for row in found) or 1.0
    slowest = max(found, key=lambda each: each.seconds, default=None)
    if slowest is not None:
        print(f"time: {total:.1f} s; longest {slowest.seconds:.2f} s ({slowest.name})")
    for title, names in (("stages", STAGES), ("of rendering, on all cores", PARTS)):
        shares = {name: sum(row.stages.get(name, 0.0) for row in found) for name in names}
        print(
            f"{title}:", ", ".join(f"{name} {spent / total:.0%}" for name, spent in shares.items())
        )


def _print_types(out: Path, found: list[Row], checks: frozenset[str]) -> int:
    names = [row.name for row in found if row.outcome == "generated"]
    tools = {"mypy": mypy_errors, "pyright": pyright_errors}
    asked = [tool for tool in tools if tool in checks]
    with ThreadPoolExecutor() as pool:  # each is a process of its own, mostly on one core
        answers = list(pool.map(lambda tool: tools[tool](out, names), asked))
    for tool, (counts, said) in zip(asked, answers, strict=True):
        (out / f"{tool}.txt").write_text(said, encoding="utf-8")
        print(f"{tool} --strict: {counts.total()} errors in {len(names)}", dict(+counts))
    return sum(counts.total() for counts, _ in answers)


def _print_seeds(asked: argparse.Namespace, found: list[Row]) -> int:
    """Generate all again under another hash seed; how many differ."""
    command = [sys.executable, "-m", "tests.corpus", str(asked.folder), "--digests", "--quiet"]
    limits = ["--jobs", str(asked.jobs), "--limit", str(asked.limit)]
    done = subprocess.run(
        [*command, "--only", asked.only, "--models", asked.models, *limits, "--check", "imports"],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=False,
    )
    again = dict(line.split() for line in done.stdout.splitlines() if _DIGEST.fullmatch(line))
    compared = [row for row in found if row.digest and again.get(row.name)]
    differing = [row.name for row in compared if again[row.name] != row.digest]
    late = [row.name for row in found if row.digest and not again.get(row.name)]
    print(f"under another hash seed: {len(compared)} compared, {len(differing)} differ", *differing)
    print(f"not generated again: {len(late)}", *late)
    return len(differing) + len(late)


if __name__ == "__main__":
    sys.exit(main())

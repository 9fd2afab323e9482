"""The blocking half of the runtime, derived from the awaited half.

In come the ``*_async.py`` modules of the runtime, out go their twins without the suffix: the table
below is applied to the text, then Black. A rule that changes nothing in any module is an error, and
so is a word of asynchronous Python that is left. ``python -m generator.emit.derive`` writes the
twins, ``--check`` only compares.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import black

_RUNTIME = Path(__file__).parent.parent / "runtime"
_STYLE = black.Mode(line_length=100)

RULES: tuple[tuple[str, str], ...] = (
    (r"\basync (?=def |for |with\b)", ""),
    (r"\bawait ", ""),
    (r"\bAwaitable\[(\w+(?:\[[\w, ]+\])?)\]", r"\1"),
    (r", Awaitable\b", ""),
    (r"\bAwaitable, ", ""),
    (r"\b__a(?=enter__|exit__|iter__)", "__"),
    (r"\baclose\b", "close"),
    (r"\bAnyIOBackend\b", "SyncBackend"),
    (r"\bhandle_async_request\b", "handle_request"),
    (r"\baiter_stream\b", "iter_stream"),
    (r"\bAsync(?=[A-Z])", ""),
    (r"\basync_(?=headed|raw|streamed)", ""),
    (r"_async\b", ""),
    (r"_awaited(?=_slots\b)", ""),
    (r"for (\w+) in ([\w.()]+):\n +yield \1\n", r"yield from \2\n"),
    (r"\[(\w+) for \1 in ([\w.]+\(\))\]", r"list(\2)"),
    (r"((?:from .*\n)+)\nimport anyio\.lowlevel\n", r"import time\n\1\n"),
    (r"anyio\.lowlevel\.current_token\(\)", "None"),
    (r", as each event loop does\.", "."),
    (r"import os\nimport sys\n", "import os\nimport time\n"),
    (r" +# Whoever awaits this .*\n", ""),
    (r"(?:\banyio|\bsys\.modules\[\"asyncio\"\])\.sleep\b", "time.sleep"),
    (r", on whichever event loop runs", ""),
    (r"waits only on asyncio\.", "Ctrl-C waits for an answer."),
    (r"(?<=response import )Response as", "SyncResponse as"),
    (r"\b(?=(?:Client|ClientBuilder|RequestBuilder|StreamRequest)\b)", "Sync"),
)
_IMPORT = r"(?m)(?<=^from )([\w.]+ import )([\w, ]+)$"
_LEFT_OVER = re.compile(r"\b(?:async|await|a?syncio|anyio)\b|Async")


class Underived(Exception):
    """The table does not fit the sources."""


def derive(sources: Mapping[str, str]) -> dict[str, str]:
    """The blocking twins of awaited modules, by file name."""
    unused = set(RULES)
    twins: dict[str, str] = {}
    for name, text in sources.items():
        for rule in RULES:
            text, count = re.subn(*rule, text)
            unused -= {rule} if count else set()
        if (word := _LEFT_OVER.search(text)) is not None:
            raise Underived(f"{name}: {word.group()!r} is left in the twin")
        text = re.sub(_IMPORT, _ordered, text)
        twins[twin_name(name)] = black.format_str(_note(name) + text, mode=_STYLE)
    if unused:
        raise Underived(f"rules without use: {', '.join(sorted(rule[0] for rule in unused))}")
    return twins


def twin_name(name: str) -> str:
    """The file name of a module's twin."""
    return name.replace("_async.py", ".py")


def read_sources(folder: Path) -> dict[str, str]:
    """The awaited modules of a folder."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*_async.py"))}


def differing(folder: Path, twins: Mapping[str, str]) -> list[str]:
    """Names of twins that are missing or not as derived."""
    paths = {name: folder / name for name in twins}
    return [
        name
        for name, text in twins.items()
        if not paths[name].is_file() or paths[name].read_text("utf-8") != text
    ]


def _ordered(line: re.Match[str]) -> str:
    """An import whose names are in order again: constants, classes, functions."""
    names = sorted(line[2].split(", "), key=lambda n: (not n.isupper(), n.islower(), n.lower()))
    return line[1] + ", ".join(names)


def _note(name: str) -> str:
    return f"# Derived from {name}, which is the one to edit.\n"


def main(arguments: Iterable[str]) -> int:
    """Write or compare the twins; 1 when a comparison fails."""
    twins = derive(read_sources(_RUNTIME))
    changed = differing(_RUNTIME, twins)
    if "--check" in arguments:
        for name in changed:
            sys.stderr.write(f"{name} is not as derived: run python -m generator.emit.derive\n")
        return 1 if changed else 0
    for name in changed:
        (_RUNTIME / name).write_text(twins[name], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The style of what is written: Black's for modules, tidy Markdown for documentation.

In: text as templates print it. Out: the same, where it is stable by construction as exploded code
is; else what Black makes of it. Black runs on a module with a line over the width that is neither
documentation nor one name or string that nothing can break.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.plan.types import WIDTH

Style = Callable[[str], str]
"""Black, from the text of a module to its text; importing it takes longer than most runs need."""

_QUOTES = '"""'
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_UNBREAKABLE = re.compile(
    rf"#.*|\s*(?:\w+=|\w+: |{_STRING}: )?(?:{_STRING}|[\w.*]+),?"
    rf"|\s*(?:\w+(?:: \w+)? = |return ){_STRING},?"
    r"|\s*self\.\w+ = \w+\("
)


def formatted(text: str, style: Style) -> str:
    """A module in Black's style."""
    return text if is_settled(text) else style(text)


def is_settled(text: str) -> bool:
    """Whether every line that is too wide is one that Black cannot break either."""
    lines = text.splitlines()
    fits = WIDTH if text.isascii() else WIDTH // 2
    quotes = counted = 0
    for number, line in enumerate(lines):
        if len(line) > fits and _width(line) > WIDTH and not (_QUOTES in line or _is_final(line)):
            quotes += sum(above.count(_QUOTES) for above in lines[counted:number])
            counted = number
            if quotes % 2 == 0:
                return False
    return True


def _is_final(line: str) -> bool:
    """Whether nothing breaks a line; the layout counts letters, Black the width of wide ones."""
    return line.isascii() and _UNBREAKABLE.fullmatch(line) is not None


def _width(line: str) -> int:
    """The most that Black may see, for which some letters beyond ASCII count twice."""
    return len(line) if line.isascii() else len(line) + sum(not each.isascii() for each in line)


def tidied(text: str) -> str:
    """Markdown without blank lines in a row or blanks at the ends of lines; code stays."""
    kept: list[str] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        if fenced or line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).rstrip("\n") + "\n"

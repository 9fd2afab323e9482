"""Rules about behaviours that descriptions declare in `x-lockstep-*`: no schema shows them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff.rules.rule import B, I, Level, Row, W

_BEHAVIOURS: tuple[tuple[str, Level, Level, Level | None, str], ...] = (
    ("filter", I, W, W, "Which items a parameter keeps differs, though its schema does not."),
    ("envelope", I, W, W, "How the parameter wraps an answer differs."),
    ("representation", I, I, None, "How an answer is written differs, not what it says."),
    ("confirm", B, I, B, "The value without which a call is refused differs."),
    ("resource", I, W, W, "What the operation does to which resource differs."),
    ("pagination", W, B, W, "How a list is cut into pages differs."),
    ("guards", W, I, W, "The operation is refused in other states than before."),
    ("faults", I, W, W, "A fault of the caller is answered otherwise."),
    ("access", W, I, W, "The roles that a caller needs differ."),
    ("visibility", W, W, W, "Which items a list shows to whom differs."),
    ("error", W, W, W, "How errors are written, or what a fault is answered with, differs."),
    ("version", W, W, W, "How a caller chooses the version differs."),
    ("auth", I, W, W, "Who may sign in, or what they then may see, differs."),
)
"""By behaviour: the levels of one that came, one that went and one that changed, if it can."""


_MINOR = (
    ("examples", "What a mock holds and who calls it before the first call differs."),
    ("wording", "The text of an error differs."),
)
"""Parts of behaviours that weigh on nobody; they only ever change."""


def _rows() -> Iterator[Row]:
    for word, added, removed, changed, doc in _BEHAVIOURS:
        yield f"behaviour-{word}-added", added, f"{word} {{name}} is declared: {{after}}", doc
        yield f"behaviour-{word}-removed", removed, f"{word} {{name}} is not declared now", doc
        if changed is not None:
            yield f"behaviour-{word}-changed", changed, _changed(word), doc
    for word, doc in _MINOR:
        yield f"behaviour-{word}-changed", I, _changed(word), doc


def _changed(word: str) -> str:
    return f"{word} {{name}} changed from {{before}} to {{after}}"


ROWS: tuple[Row, ...] = tuple(_rows())

"""Declarations as text, laid out as Black would: one line where it fits, else exploded.

What is exploded has a trailing comma after every element, which Black takes as final, so the text
is stable by construction and Black need not run.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.emit.quote import literal
from generator.plan.code import Call, Code, Value
from generator.plan.types import WIDTH
from generator.plan.views.models import FieldView
from generator.plan.views.text import ImportView


def code(value: Value, indent: int = 0, before: int = 0, after: int = 0) -> str:
    """A value that has so many characters before and after it in its line."""
    flat = _flat(value)
    exploded = isinstance(value, Call) and value.exploded
    if not exploded and indent + before + len(flat) + after <= WIDTH:
        return flat
    rows = _rows(value, indent + 4)
    if not rows:
        return flat
    opening, closing = _brackets(value)
    pad = " " * indent
    return f"{opening}\n" + "".join(f"{pad}    {row},\n" for row in rows) + pad + closing


def assigned(value: Value, name: str, indent: int = 0) -> str:
    """`name = value`, the value alone without a name; what is too wide gets parentheses.

    Black gives them where they make it fit, and for a string always behind an annotation.
    """
    if not name:
        return code(value, indent)
    before = len(name) + 3
    text = code(value, indent, before)
    if indent + before + len(text.partition("\n")[0]) > WIDTH:
        below = code(value, indent + 4)
        fits = max(map(len, f"{' ' * (indent + 4)}{below}".split("\n"))) <= WIDTH
        if (fits and isinstance(value, str | Call)) or (":" in name and isinstance(value, str)):
            pad = " " * indent
            text = f"(\n{pad}    {below}\n{pad})"
    return f"{name} = {text}"


def returned(value: str, indent: int) -> str:
    """`return value` for a string."""
    text = literal(value)
    if indent + len("return ") + len(text) > WIDTH and indent + 4 + len(text) <= WIDTH:
        pad = " " * indent
        text = f"(\n{pad}    {text}\n{pad})"
    return f"return {text}"


def decorated(decorators: Sequence[Call], indent: int) -> str:
    """The decorators that stand before a definition, each on a line of its own."""
    return "".join(f"@{code(each, indent, 1)}\n{' ' * indent}" for each in decorators)


def declared(field: FieldView) -> str:
    """The declaration of a model's field."""
    name = f"{field.name}: {field.annotation}"
    if field.default is not None:
        return assigned(field.default, name, 4)
    if 4 + len(name) > WIDTH and field.annotation.isidentifier():
        return f"{field.name}: (\n        {field.annotation}\n    )"
    return name


def imported(views: Sequence[ImportView], indent: int = 0) -> str:
    """Import statements, the standard library's before the package's own."""
    pad = " " * indent
    groups = (
        [_import(view, pad) for view in views if not view.module.startswith(".")],
        [_import(view, pad) for view in views if view.module.startswith(".")],
    )
    return "\n\n".join(f"\n{pad}".join(group) for group in groups if group)


def _import(view: ImportView, pad: str) -> str:
    line = f"from {view.module} import {', '.join(view.names)}"
    if len(pad) + len(line) <= WIDTH:
        return line
    rows = "".join(f"{pad}    {name},\n" for name in view.names)
    return f"from {view.module} import (\n{rows}{pad})"


def _flat(value: Value) -> str:
    if isinstance(value, Code):
        return value.text
    if isinstance(value, Call):
        named = [f"{name}={_flat(each)}" for name, each in value.keywords.items()]
        return f"{value.function}({', '.join([*map(_flat, value.positional), *named])})"
    if isinstance(value, tuple):
        return f"({', '.join(map(_flat, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"[{', '.join(map(_flat, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(k)}: {_flat(v)}" for k, v in value.items()) + "}"
    return literal(value)


def _rows(value: Value, indent: int) -> list[str]:
    """The elements of a value, each laid out for its own line."""
    if isinstance(value, Call):
        named = value.keywords.items()
        return [code(each, indent, 0, 1) for each in value.positional] + [
            f"{name}={code(each, indent, len(name) + 1, 1)}" for name, each in named
        ]
    if isinstance(value, tuple | list):
        return [code(each, indent, 0, 1) for each in value]
    if isinstance(value, dict):
        return [
            f"{(k := literal(key))}: {code(v, indent, len(k) + 2, 1)}" for key, v in value.items()
        ]
    return []


def _brackets(value: Value) -> tuple[str, str]:
    if isinstance(value, Call):
        return f"{value.function}(", ")"
    if isinstance(value, dict):
        return "{", "}"
    return ("[", "]") if isinstance(value, list) else ("(", ")")

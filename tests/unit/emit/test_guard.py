"""Modules that hold more than templates write are found out."""

from __future__ import annotations

import pytest

from generator.emit.guard import unsafe

SOUND = '''\
"""Doc."""

from __future__ import annotations

from typing import Any

from . import models
from ._runtime import UNSET, Model, Operation

_GET: Operation[models.A | None] = Operation(id="get", responses=(*_COMMON,), start=-1)


class A(Model, kw_only=True, rename={"a_": "a"}):
    """Doc."""

    a_: list[Any] = UNSET
    """Doc."""

    @property
    def kind(self) -> str:
        """Doc."""
        return "a"

    async def get(self, caller: Any) -> None:
        return await self._caller.call(_GET, {}, options=None or A())
'''


def test_what_templates_write_is_sound() -> None:
    assert unsafe(SOUND) == []


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "from os import system",
        "from .. import x",
        "print('x')",
        "x = __import__('os')",
        "x = eval('1')",
        "x = y.system('ls')",
        "x = (lambda: 1)()",
        "x = [y for y in z]",
        "while True: pass",
        "del x",
        "x = f'{y}'",
        "x = y.__class__",
        "assert x",
        "x = y @ z",
        "x = (y := 1)",
        "def f(x=eval): raise x",
        "x = y if z else w",
        "1 + 1",
    ],
)
def test_anything_else_is_named_with_its_line(line: str) -> None:
    reason, *_ = unsafe(f"{SOUND}\n\n{line}\n")
    assert reason.startswith("line 28")


def test_a_module_that_does_not_parse_is_unsafe() -> None:
    assert unsafe('"""')[0].startswith("does not parse")
    assert unsafe("x = " + "(" * 5000)[0].startswith("does not parse")

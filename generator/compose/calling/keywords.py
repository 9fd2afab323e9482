"""The keyword arguments of a call, as the types that the client's method asks for.

In: a method of a generated client and a call with plain values. Out: models, enumerations and plain
values. What does not fit its type is passed as it is, as a caller may: the server is to refuse it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from generator.compose.calling.job import Call


class Keywords:
    """Makes arguments for the methods of one generated package."""

    def __init__(self, package: str) -> None:
        self._options = importlib.import_module(f"{package}._runtime").Options
        self._choose = importlib.import_module(f"{package}._runtime.fitting").choose
        self._hints: dict[str, dict[str, Any]] = {}

    def of(self, method: Callable[..., Any], call: Call) -> dict[str, Any]:
        """The keyword arguments of a call."""
        hints = self._hints_of(method)
        values = {
            name: self._fitting(hints.get(name, Any), each) for name, each in call.arguments.items()
        }
        if call.has_body:
            values["body"] = self._body(hints.get("body", Any), call)
        if call.query or call.accept:
            values["options"] = self._options(query=call.query, accept=call.accept or None)
        return values

    def _hints_of(self, method: Callable[..., Any]) -> dict[str, Any]:
        name = f"{method.__module__}.{method.__qualname__}"
        if name not in self._hints:
            self._hints[name] = get_type_hints(method)
        return self._hints[name]

    def _body(self, hint: Any, call: Call) -> Any:
        return self._typed(hint, call.body) if call.fits else self._fitting(hint, call.body)

    def _fitting(self, hint: Any, value: Any) -> Any:
        try:
            return self._typed(hint, value)
        except (msgspec.ValidationError, TypeError):
            return value

    def _typed(self, hint: Any, value: Any) -> Any:
        """The value as the first of several types; what says that none is given is none."""
        kinds = list(get_args(hint)) if get_origin(hint) in (Union, UnionType) else [hint]
        wanted = [each for each in kinds if each is not msgspec.UnsetType]
        return msgspec.convert(value, wanted[0], str_keys=True, dec_hook=self._choose)

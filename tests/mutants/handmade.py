"""Servers written by hand: their text, their description, and the faults that machines plant in it.

In come the functions that may be changed and what each is about; out come named faults, without
those that change nothing that the description decides, and apps that run them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.api import Api
from generator.api.exchange import Principal
from generator.compose.load import load_api
from tests.mutants.operators import RACES, Mutation, mutations


@dataclass(frozen=True)
class Handmade:
    """One server: its name and folder, who may call, what its functions are about.

    `equivalent` are mutations, by what was done where, that change nothing that the description
    decides, each with the reason.
    """

    name: str
    folder: Path
    scheme: str
    keys: Mapping[str, str]
    start: Callable[[ModuleType, dict[str, str]], Any]
    about: Mapping[str, str]
    equivalent: Mapping[str, str]

    @cached_property
    def api(self) -> Api:
        """The description of the server."""
        reader = (self.folder / f"{self.name}.yaml").read_bytes
        api = load_api(f"{self.name}.yaml", reader=lambda _: reader(), overlays=[]).api
        assert api is not None
        return api

    @cached_property
    def source(self) -> str:
        """The text of the right server."""
        return (self.folder / "server.py").read_text("utf-8")

    @property
    def principals(self) -> tuple[Principal, ...]:
        """Who may call."""
        return tuple(
            Principal(name, self.scheme, "", key, (), name) for key, name in self.keys.items()
        )

    def app(self, text: str, *, auth: bool = True) -> Any:
        """An app of the server with this text; without `auth` it asks nobody who they are."""
        module = ModuleType(f"{self.name}_under_test")
        exec(compile(text, self.name, "exec"), module.__dict__)
        return self.start(module, dict(self.keys) if auth else {})

    @cached_property
    def mutations(self) -> tuple[Mutation, ...]:
        """Every mutation, equivalent or not."""
        return tuple(mutations(self.source, frozenset(self.about)))

    def planted(self) -> Iterator[Mutation]:
        """Every mutation that is not known to be equivalent."""
        return (each for each in self.mutations if each.name not in self.equivalent)

    def about_of(self, mutation: Mutation) -> str:
        """The class of a fault."""
        if mutation.operator in RACES:
            if self.about[mutation.function] in ("gone after delete", "guards"):
                return "parallel deletes"
            made = mutation.function.startswith("create")
            return "parallel creates" if made else "parallel updates"
        if mutation.operator.startswith("swap"):
            return "declared errors"
        return self.about[mutation.function]

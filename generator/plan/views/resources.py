"""A module of operations, with a class for each way of calling them."""

from __future__ import annotations

from msgspec import Struct

from generator.plan.code import Call, Value
from generator.plan.views.methods import FormView, MethodView
from generator.plan.views.models import StructView
from generator.plan.views.text import ImportView, Lines


class SurfaceView(Struct, frozen=True, kw_only=True):
    """Another way to be answered: the property that gives it, its class and the methods in it."""

    signature: Lines
    construction: Call
    class_name: str
    doc: Lines
    source: Call
    methods: tuple[tuple[str, Call], ...]


class FlavourView(Struct, frozen=True, kw_only=True):
    """One way of calling: the class, what it calls through, and the words of its language.

    Each method stands behind what it returns, and behind its forms with what those return.
    """

    class_name: str
    caller: str
    define: str
    wait: str
    methods: tuple[tuple[tuple[tuple[FormView, str], ...], str, MethodView], ...]
    surfaces: tuple[SurfaceView, ...]


class ResourceModule(Struct, frozen=True, kw_only=True):
    """A module of operations with one class for each way of calling them.

    `former` are methods that are called otherwise, or somewhere else, now.
    """

    module: str
    attribute: str
    class_name: str
    doc: Lines
    imports: tuple[ImportView, ...]
    constants: tuple[tuple[str, Value], ...]
    methods: tuple[MethodView, ...]
    former: tuple[MethodView, ...]
    headers: tuple[StructView, ...]
    flavours: tuple[FlavourView, ...]

"""What models are made of: the two libraries, and all that differs between them for a plan.

In: the names, fields and tags of a model, which are the same for both. Out: its class statement,
the names that it may not use, and what the project depends on. How JSON becomes a model is decided
by the runtime, which has a module of the same name for each library.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.plan.code import Call, Code, Value
from generator.plan.views.models import TagView

Library = Literal["msgspec", "pydantic"]

_UNKNOWN_TAG = "unknown-variant"
_BASE_MODEL = (
    "construct copy dict from_orm json model_computed_fields model_config model_construct"
    " model_copy model_dump model_dump_json model_extra model_fields model_fields_set"
    " model_json_schema model_parametrized_name model_post_init model_rebuild model_validate"
    " model_validate_json model_validate_strings parse_file parse_obj parse_raw schema schema_json"
    " update_forward_refs validate"
).split()

_BUILTINS = (
    "ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError"
    " BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError"
    " ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError"
    " Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError"
    " FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError"
    " ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError"
    " KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None"
    " NotADirectoryError NotImplemented NotImplementedError OSError OverflowError"
    " PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError"
    " RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration"
    " StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True"
    " TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError"
    " UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError"
).split()
"""pydantic looks for the classes in annotations while a module is read, and would find these."""


class BackEnd:
    """Models of msgspec; `tags_by_class` is whether tagged unions need a class of their own."""

    library: Library = "msgspec"
    requirements: tuple[str, ...] = ("msgspec>=0.20",)
    fields_taken: frozenset[str] = frozenset(("extra_fields",))
    classes_taken: frozenset[str] = frozenset()
    tags_by_class = False

    def head(self, name: str, base: str, wires: Mapping[str, str], tag: TagView | None) -> Call:
        """The class statement of a model whose fields have these wire names."""
        keywords: dict[str, Value] = {"kw_only": True}
        if not _same(wires):
            keywords["rename"] = "camel" if _are_camel(wires) else _renamed(wires)
        if tag is not None:
            keywords |= {"tag_field": tag.wire, "tag": tag.value}
        return Call(f"class {name}", (Code(base),), keywords)

    def unknown(self, name: str, tag_field: str) -> Call:
        """The class statement of the variants that nobody knows; a union may have no tag."""
        tag = TagView(name="", wire=tag_field, value=_UNKNOWN_TAG) if tag_field else None
        return self.head(name, "UnknownVariant", {}, tag)


class _Pydantic(BackEnd):
    """Models of pydantic, which are field for field the same; a tag is one of the fields."""

    library = "pydantic"
    requirements = (*BackEnd.requirements, "pydantic>=2.12,<3")
    fields_taken = BackEnd.fields_taken.union(_BASE_MODEL)
    classes_taken = frozenset(("TaggedUnion", "WireNames", *_BUILTINS))
    tags_by_class = True

    def head(self, name: str, base: str, wires: Mapping[str, str], tag: TagView | None) -> Call:
        """The class statement of a model whose fields have these wire names."""
        all_of_it = {**({tag.name: tag.wire} if tag else {}), **wires}
        keywords: dict[str, Value] = {}
        if not _same(all_of_it):
            table = Call("WireNames", (_renamed(all_of_it),))
            keywords["alias_generator"] = Code("camel") if _are_camel(all_of_it) else table
        return Call(f"class {name}", (Code(base),), keywords)

    def unknown(self, name: str, tag_field: str) -> Call:
        """The class statement of the variants that nobody knows."""
        return self.head(name, "UnknownVariant", {}, None)


BACK_ENDS: Mapping[Library, BackEnd] = {"msgspec": BackEnd(), "pydantic": _Pydantic()}


def _same(wires: Mapping[str, str]) -> bool:
    return all(name == wire for name, wire in wires.items())


def _are_camel(wires: Mapping[str, str]) -> bool:
    return all(_camel(name) == wire for name, wire in wires.items())


def _renamed(wires: Mapping[str, str]) -> dict[str, Value]:
    return {name: wire for name, wire in wires.items() if name != wire}


def _camel(name: str) -> str:
    """What msgspec's rename="camel" makes of a name without outer or double underscores."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)

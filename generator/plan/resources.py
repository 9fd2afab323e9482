"""Resources: operations by their first tag, or by the first word of their path without one.

In: the operations of an Api. Out: groups with module, attribute and class names, and a method name
for each operation, all from the table of names where it has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.api import Api, Operation
from generator.diagnostics import Where
from generator.plan.answers import in_common
from generator.plan.code import Call, Code, Value
from generator.plan.former import Former
from generator.plan.headers import shared
from generator.plan.method_names import (
    method_names,
    plain_resource,
    resource_of,
    whole_name,
)
from generator.plan.models import imports
from generator.plan.names import ANNOTATION_NAMES, Names, pascal, snake
from generator.plan.operations import OperationPlanner, error_fields
from generator.plan.prose import paragraphs, sentence
from generator.plan.types import WIDTH, words_of
from generator.plan.views.methods import FormView, MethodView
from generator.plan.views.resources import FlavourView, ResourceModule, SurfaceView
from generator.plan.views.text import ImportView

RUNTIME_NAMES = (
    "UNSET",
    "Answer",
    "AsyncCaller",
    "AsyncPage",
    "AsyncRawCaller",
    "AsyncStreamCaller",
    "Body",
    "Caller",
    "Content",
    "Cursor",
    "ErrorFields",
    "Event",
    "FileLike",
    "FormFields",
    "HeaderFields",
    "LinkNext",
    "Offset",
    "Operation",
    "Options",
    "Page",
    "PagedOperation",
    "PageNumber",
    "Parameter",
    "Part",
    "RawCaller",
    "StreamCaller",
    "UnsetType",
    "async_headed",
    "async_headed_stream",
    "async_raw",
    "async_streamed",
    "deprecated",
    "headed",
    "headed_stream",
    "raw",
    "renamed_arguments",
    "streamed",
)
INCOMING = ("webhooks", "callbacks")
"""The modules of requests that the API makes."""
_MODULES_TAKEN = frozenset("client custom errors models close with_options".split())
_CLASSES_TAKEN = (
    ANNOTATION_NAMES
    | frozenset(RUNTIME_NAMES)
    | frozenset(
        "ApiKey ApiServer AsyncBaseClient AsyncTransport AuthChoice BaseClient Basic Bearer Digest"
        " File Httpx2Transport AsyncHttpx2Transport PyreqwestTransport AsyncPyreqwestTransport"
        " ServerVariable Transport".split()
    )
)
_METHODS_TAKEN = frozenset(("_caller", "with_raw_response", "with_streaming_response"))
_SURFACES = {
    "Raw": (
        "with_raw_response",
        "The same methods, answering with the response as it came: status, headers, bytes.",
    ),
    "Stream": (
        "with_streaming_response",
        "The same methods for `with`: the body is read piece by piece, or saved.",
    ),
}
_SURFACE_NAMES = frozenset("AsyncRawCaller AsyncStreamCaller RawCaller StreamCaller".split())
_WRAPPERS = ("async_raw", "async_streamed", "raw", "streamed")


class Group(Struct, frozen=True):
    """The operations of one resource, with its names; `former` are those that had a name in it."""

    module: str
    class_name: str
    description: str
    operations: tuple[Operation, ...]
    former: tuple[tuple[str, Operation], ...] = ()


class Resources:
    """Groups the operations of one Api and names them."""

    def __init__(self, api: Api, names: Names, former: Former) -> None:
        self._api = api
        self._names = names
        self._former = former
        self._modules = names.scope(_MODULES_TAKEN)
        self._classes = names.scope(_CLASSES_TAKEN)
        groups = self._grouped()
        self.methods: Mapping[Where, str] = {
            where: name for group in groups for where, name in self._named(group).items()
        }
        self.groups = tuple(self._with_former(groups))

    def _grouped(self) -> tuple[Group, ...]:
        found: dict[str, list[Operation]] = {}
        for operation in self._api.operations:
            found.setdefault(resource_of(operation), []).append(operation)
        modules = self._modules
        classes = self._classes
        keys = {name: f"resource {name}" for name in found}
        modules.hold(dict.fromkeys((*keys.values(), *INCOMING), ""))
        classes.hold({f"{key} (class)": "" for key in keys.values()})
        said = {tag.name: tag.description for tag in self._api.tags}
        return tuple(
            Group(
                module=modules.name(keys[name], snake(plain_resource(name)), self._api.where),
                class_name=classes.name(
                    f"{keys[name]} (class)", pascal(plain_resource(name)), self._api.where
                ),
                description=said.get(name, "") or sentence(name),
                operations=tuple(operations),
            )
            for name, operations in found.items()
        )

    def _with_former(self, groups: tuple[Group, ...]) -> Iterator[Group]:
        """The groups, each with what had a name in it, and those that have nothing else left."""
        now = {
            f"{group.module}.{self.methods[each.where]}": each
            for group in groups
            for each in group.operations
        }
        found: dict[str, list[tuple[str, Operation]]] = {each.module: [] for each in groups}
        for name, operation in now.items():
            for old in self._former.operation(operation, name):
                module, _, method = old.partition(".")
                if old in now or method in _METHODS_TAKEN:
                    self._names.report(old, name, operation.where)
                elif all(method != each for each, _ in found.get(module, ())):
                    found.setdefault(module, []).append((method, operation))
        for group in groups:
            yield replace(group, former=tuple(found.pop(group.module)))
        for module, methods in found.items():
            yield self._left(module, tuple(methods))

    def _left(self, module: str, former: tuple[tuple[str, Operation], ...]) -> Group:
        """A resource whose operations all are elsewhere now."""
        table = self._names.table
        keys = (key for key, name in table.items() if name == module and key[:9] == "resource ")
        key = next(keys, f"resource {module}")
        return Group(
            module=self._modules.name(key, module, self._api.where),
            class_name=self._classes.name(f"{key} (class)", pascal(module), self._api.where),
            description="What was here has other names now.",
            operations=(),
            former=former,
        )

    def module(self, name: str) -> str:
        """The name of another module beside those of the resources."""
        return self._modules.name(name, name, self._api.where, suffix="received")

    def _named(self, group: Group) -> dict[Where, str]:
        scope = self._names.scope(_METHODS_TAKEN)
        keys = {each.where: self._names.key(each.where) for each in group.operations}
        scope.hold(dict.fromkeys(keys.values(), ""))
        wanted = method_names(group.operations)
        return {where: scope.name(keys[where], name, where) for where, name in wanted.items()}

    @property
    def hints(self) -> Mapping[Where, str]:
        """What classes are named after: several resources may have methods of one name."""
        whole = {each.where: whole_name(each) for each in self._api.operations}
        return {
            where: whole[where] if whole[where].endswith(f"_{name.rstrip('_')}") else name
            for where, name in self.methods.items()
        }

    def plan(self, planner: OperationPlanner) -> tuple[ResourceModule, ...]:
        """The modules, sorted by name."""
        modules = [self._module(group, planner) for group in self.groups]
        return tuple(sorted(modules, key=lambda each: each.module))

    def _module(self, group: Group, planner: OperationPlanner) -> ResourceModule:
        common = in_common([planner.answers(each) for each in group.operations])
        planned = [
            planner.plan(each, self.methods[each.where], group.module, common)
            for each in group.operations
        ]
        planned += [
            _outdated(planner.plan(each, name, group.module, None), self._called(each))
            for name, each in group.former
        ]
        every = tuple(shared(group.class_name, planned))
        methods = every[: len(group.operations)]
        fields = error_fields(self._api)
        constants: list[tuple[str, Value]] = []
        if fields:
            constants.append(("_ERROR_FIELDS", Call("ErrorFields", keywords=fields)))
        if common:
            constants.append(common.constant)
        return ResourceModule(
            module=group.module,
            attribute=group.module,
            class_name=group.class_name,
            doc=paragraphs((group.description,), 4),
            imports=_imports(every, constants),
            constants=tuple(constants),
            methods=methods,
            former=every[len(group.operations) :],
            headers=tuple({e.name: e for method in every for e in method.headers}.values()),
            flavours=_flavours(group.class_name, every),
        )

    def _called(self, operation: Operation) -> str:
        """What an operation is called, as `resource.method`."""
        module = next(each.module for each in self.groups if operation in each.operations)
        return f"{module}.{self.methods[operation.where]}"


def _outdated(method: MethodView, now: str) -> MethodView:
    """A method under a name that it had."""
    note = Call("deprecated", (f"it is client.{now} now",))
    return replace(
        method,
        decorators=(note, *method.decorators),
        forms=tuple(replace(each, decorators=(note,)) for each in method.forms),
        doc=(f"Deprecated: it is `client.{now}` now.", "", *method.doc),
    )


def _flavours(name: str, methods: tuple[MethodView, ...]) -> tuple[FlavourView, ...]:
    return (
        FlavourView(
            class_name=name,
            caller="Caller",
            define="def",
            wait="",
            methods=tuple((_forms(e, awaited=False), e.returns, e) for e in methods),
            surfaces=_surfaces(name, "", methods),
        ),
        FlavourView(
            class_name=f"Async{name}",
            caller="AsyncCaller",
            define="async def",
            wait="await ",
            methods=tuple((_forms(e, awaited=True), e.returns_async, e) for e in methods),
            surfaces=_surfaces(name, "Async", methods),
        ),
    )


def _forms(method: MethodView, *, awaited: bool) -> tuple[tuple[FormView, str], ...]:
    return tuple((each, each.returns_async if awaited else each.returns) for each in method.forms)


def _surfaces(name: str, prefix: str, methods: tuple[MethodView, ...]) -> tuple[SurfaceView, ...]:
    return (
        _surface(name, prefix, "raw", "Raw", methods),
        _surface(name, prefix, "streamed", "Stream", methods),
    )


def _surface(
    name: str, prefix: str, wrapper: str, kind: str, methods: tuple[MethodView, ...]
) -> SurfaceView:
    attribute, doc = _SURFACES[kind]
    class_name = f"{prefix}{name}{kind}"
    wrap = f"async_{wrapper}" if prefix else wrapper
    line = f"def {attribute}(self) -> {class_name}:"
    exploded = (f"def {attribute}(", "    self,", f") -> {class_name}:")
    return SurfaceView(
        signature=(line,) if 4 + len(line) <= WIDTH else exploded,
        construction=Call(class_name, (Code("self._caller"),)),
        class_name=class_name,
        doc=paragraphs((doc,), 8),
        source=Call(f"{prefix}{name}", (Call(f"{prefix}{kind}Caller", (Code("caller"),)),)),
        methods=tuple((m.name, _wrapped(m, wrap)) for m in methods),
    )


def _wrapped(method: MethodView, wrap: str) -> Call:
    """A method with the type that it answers with over another caller."""
    source = Code(f"methods.{method.name}")
    if not method.headers:
        return Call(wrap, (source,))
    headed = wrap.replace("raw", "headed").replace("streamed", "headed_stream")
    return Call(headed, (source, Code(method.headers[0].name)))


def _imports(
    methods: tuple[MethodView, ...], constants: list[tuple[str, Value]]
) -> tuple[ImportView, ...]:
    used = {"AsyncCaller", "Caller", "Options", "cached_property", *_SURFACE_NAMES}
    used.update(_wrapped(e, wrap).function for e in methods for wrap in _WRAPPERS)
    used.update(name for _, fact in constants for name in _functions(fact))
    for field in (f for e in methods for struct in e.headers for f in struct.fields):
        used |= {"HeaderFields", "UNSET", *words_of(field.annotation)}
    for method in methods:
        forms = [(each.signature, each.returns, each.returns_async) for each in method.forms]
        for signature, *returns in [
            (method.signature, method.returns, method.returns_async),
            *forms,
        ]:
            for code in (*signature, *returns):
                used |= words_of(code)
        used |= {"overload"} if method.forms else set()
        used |= {each.function for form in method.forms for each in form.decorators}
        used |= {each.function for each in method.decorators}
        used.update(_functions(method.fact))
    modules = (
        ("collections.abc", ("Mapping",)),
        ("decimal", ("Decimal",)),
        ("functools", ("cached_property",)),
        ("typing", ("Any", "Literal", "Union", "overload")),
        (".", ("models",)),
        ("._runtime", RUNTIME_NAMES),
    )
    return imports(modules, used)


def _functions(value: Value) -> list[str]:
    """The names that a fact calls or mentions."""
    if isinstance(value, Call):
        inside = [*value.positional, *value.keywords.values()]
        return [*words_of(value.function), *(name for each in inside for name in _functions(each))]
    if isinstance(value, Code):
        return sorted(words_of(value.text))
    return [name for each in value for name in _functions(each)] if isinstance(value, tuple) else []

"""`plan`: the neutral model of an API in, a package with every Python decision taken out.

Refused are only things that would be left out, each an `unsupported` diagnostic at its place. The
table of names that stands is an input, the full table an output: the same description and the same
table give the same package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from generator.api import Api, ModelField, Surface
from generator.diagnostics import Diagnostics
from generator.plan.answers import read_places
from generator.plan.arguments import write_places
from generator.plan.back_end import BACK_ENDS, Library
from generator.plan.classes import Classes
from generator.plan.former import Before, Former
from generator.plan.headers import header_places
from generator.plan.hints import Hints
from generator.plan.models import ModelsPlanner
from generator.plan.names import Names, file_name
from generator.plan.operations import OperationPlanner
from generator.plan.package import Package
from generator.plan.project import Http, extras, plan_client, plan_readme, requirements
from generator.plan.reach import Reach
from generator.plan.resources import Resources
from generator.plan.servers import plan_servers
from generator.plan.shapes import Shapes
from generator.plan.types import text
from generator.plan.version import plan_version
from generator.plan.views.models import FieldView
from generator.plan.views.resources import ResourceModule
from generator.plan.webhooks import Webhooks, answered_places, received_places

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def plan(
    api: Api,
    *,
    package: str,
    diagnostics: Diagnostics,
    names: Mapping[str, str] = _NO_NAMES,
    before: Before | None = None,
    http: Http = "httpx2",
    library: Library = "msgspec",
    license: str = "",
    digest: str = "",
    part: str = "",
    api_version: str = "",
) -> Package:
    """The package of an API; `names` is the table that stands, `digest` the SHA-256 of its text.

    `before` is what else is known of the package that stands: names in it are kept as aliases.
    `library` is what models are made of. `part` and `api_version` say, for the manifest, what of a
    larger description the API is.
    """
    table, back_end = Names(names, diagnostics, api.where), BACK_ENDS[library]
    former = Former(api, table, before)
    resources = Resources(api, table, former)
    shapes = Shapes(api)
    webhooks = Webhooks(api, resources, table)
    reads = (*read_places(api), *received_places(api), *header_places(api, shapes))
    writes = (*write_places(api, shapes), *answered_places(api))
    reach = Reach(shapes, reads, writes)
    hints = Hints(api, {**webhooks.names, **resources.hints})
    classes = Classes(shapes, reach, hints, table, diagnostics, back_end.classes_taken)
    models = ModelsPlanner(api, classes, table, back_end).plan(former)
    servers = plan_servers(api, table)
    modules = resources.plan(OperationPlanner(api, classes, models, table, former, diagnostics))
    return Package(
        name=package,
        description=file_name(api.where.document),
        version=plan_version(api.version),
        digest=digest,
        license=license,
        http=http,
        library=library,
        part=part,
        api_version=api_version,
        requirements=(*requirements(http), *back_end.requirements),
        extras=extras(http),
        models=models,
        resources=modules,
        webhooks=webhooks.plan(classes),
        client=plan_client(api, package, http, modules, servers),
        readme=plan_readme(api, package, modules, has_address=bool(servers.default)),
        names=dict(sorted(table.given.items())),
        former=dict(sorted(former.given.items())),
        signatures=_signatures(table, resources, modules),
        operations=_operations(modules),
    )


def surface(package: Package) -> Surface:
    """The public names of a package with their signatures, by the description's pointers.

    Classes of header fields stand for several operations, so their pointers are made up.
    """
    headers = dict(_header_fields(package.resources))
    models = {field.key: field for struct in package.models.structs for field in struct.fields}
    classes = {pointer.rpartition("/")[0] for pointer in headers}
    return Surface(
        names={
            **package.names,
            **{f"{pointer} (class)": pointer.rpartition("/")[2] for pointer in classes},
            **{pointer: field.name for pointer, field in headers.items()},
        },
        signatures=package.signatures,
        fields={
            pointer: ModelField(text(field.kind), field.sent and field.default is None)
            for pointer, field in (models | headers).items()
        },
    )


def _header_fields(modules: tuple[ResourceModule, ...]) -> Iterator[tuple[str, FieldView]]:
    for module in modules:
        for struct in module.headers:
            for field in struct.fields:
                yield f"resource {module.attribute}/headers/{struct.name}/{field.wire}", field


def _signatures(
    names: Names, resources: Resources, modules: tuple[ResourceModule, ...]
) -> dict[str, str]:
    """The signature of each method by the pointer of its operation."""
    methods = {
        (module.module, method.name): method for module in modules for method in module.methods
    }
    written: dict[str, str] = {}
    for group in resources.groups:
        for operation in group.operations:
            method = methods[group.module, resources.methods[operation.where]]
            # The first form is the whole of it: what a body's fields are shows in its model.
            form = method.forms[0] if method.forms else method
            line = f"({', '.join(form.signature)}) -> {form.returns}"
            written[names.key(operation.where)] = " ".join(line.split())
    return written


def _operations(modules: tuple[ResourceModule, ...]) -> tuple[dict[str, str], ...]:
    return tuple(
        {"operation": method.label, "id": method.id, "python": f"{module.attribute}.{method.name}"}
        for module in modules
        for method in module.methods
    )

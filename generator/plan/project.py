"""What surrounds the modules: the client, its credentials, its README and its dependencies."""

from __future__ import annotations

from typing import Literal

from generator.api import Api, SecurityScheme
from generator.plan.code import Call, Code, Value
from generator.plan.models import imports
from generator.plan.package import ExtraView, Readme
from generator.plan.prose import paragraphs, sentence
from generator.plan.servers import Choice
from generator.plan.types import WIDTH, words_of
from generator.plan.version import plan_version
from generator.plan.views.clients import AttributeView, ClientModule, ClientView, SchemeView
from generator.plan.views.methods import MethodView
from generator.plan.views.resources import ResourceModule
from generator.plan.views.text import ImportView, Lines

Http = Literal["httpx2", "pyreqwest"]

_CLIENT_NAMES = (
    "AsyncBaseClient",
    "AsyncTransport",
    "AuthChoice",
    "BaseClient",
    "Options",
    "Transport",
)
_EXPORTS = (
    "UNSET ApiKey AsyncClient AsyncPage AsyncStreamedResponse Basic Bearer Client Content Digest"
    " Event File FileLike Headers Hook OAuth2 OpenTelemetryHook Options Page Part RawResponse"
    " Request Response StreamedResponse TransportOptions UnsetType __version__ errors models"
).split()
_SERVER_NAMES = ("ApiServer", "ServerVariable", "address_of")
_REQUIREMENTS = {"httpx2": "httpx2>=2.10", "pyreqwest": "pyreqwest>=0.15,<0.16"}
_TRANSPORTS = {"httpx2": "Httpx2Transport", "pyreqwest": "PyreqwestTransport"}


def requirements(http: Http) -> tuple[str, ...]:
    """What a generated project depends on, but for what its models are made of."""
    return (_REQUIREMENTS[http],)


def extras(http: Http) -> tuple[ExtraView, ...]:
    """What a generated project can be installed with besides."""
    if http == "pyreqwest":
        return ()
    return (ExtraView(name="http2", text="HTTP/2", requirements=("httpx2[http2]>=2.10",)),)


def plan_client(
    api: Api,
    package: str,
    http: Http,
    resources: tuple[ResourceModule, ...],
    servers: Choice,
) -> ClientModule:
    """The module of the two clients."""
    title = api.title or "the API"
    transports = _transport_imports(http)
    return ClientModule(
        transports=transports,
        exports=tuple(
            sorted(
                (*_EXPORTS, *(name for each in transports for name in each.names)),
                key=lambda name: (not name.isupper(), name),
            )
        ),
        doc=paragraphs((sentence(f"Clients of {title}"), api.description), 0),
        imports=_imports(http, bool(resources), servers),
        typing_imports=tuple(
            ImportView(module=f".{each.module}", names=_sorted(each)) for each in resources
        ),
        aliases=servers.aliases,
        servers=servers.fact,
        declarations=servers.declarations,
        address="str" if servers.fact is None else "str | None",
        default=servers.default or None if servers.fact is None else Code("None"),
        flavours=(
            _client(api, package, http, resources, servers, ""),
            _client(api, package, http, resources, servers, "Async"),
        ),
    )


def _client(
    api: Api,
    package: str,
    http: Http,
    resources: tuple[ResourceModule, ...],
    servers: Choice,
    prefix: str,
) -> ClientView:
    kind = "An asynchronous client" if prefix else "A client"
    doc = paragraphs((f"{kind} of {api.title or 'the API'}.",), 4)
    made = f"transport or {prefix}{_TRANSPORTS[http]}()"
    keywords: dict[str, Value] = {
        "auth": Code("auth"),
        "options": Code("options"),
        "transport": Code(made),
        "user_agent": f"{package}/{plan_version(api.version).product}",
        "schemes": tuple(api.security_schemes),
    }
    return ClientView(
        name=f"{prefix}Client",
        base=f"{prefix}BaseClient",
        transport=f"{prefix}Transport",
        doc=(*doc, *servers.doc),
        construction=Call("super().__init__", (servers.base_url,), keywords, exploded=True),
        resources=tuple(_attribute(each, prefix + each.class_name) for each in resources),
    )


def _attribute(resource: ResourceModule, class_name: str) -> AttributeView:
    line = f"def {resource.attribute}(self) -> {class_name}:"
    exploded = (f"def {resource.attribute}(", "    self,", f") -> {class_name}:")
    return AttributeView(
        signature=(line,) if 4 + len(line) <= WIDTH else exploded,
        imports=(ImportView(module=f".{resource.module}", names=(class_name,)),),
        construction=Call(class_name, (Code("self._caller"),)),
        doc=resource.doc,
    )


def _transport_imports(http: Http) -> tuple[ImportView, ...]:
    transport = _TRANSPORTS[http]
    return (
        ImportView(module=f"._runtime.over_{http}", names=(transport,)),
        ImportView(module=f"._runtime.over_{http}_async", names=(f"Async{transport}",)),
    )


def _imports(http: Http, has_resources: bool, servers: Choice) -> tuple[ImportView, ...]:
    used = {*_CLIENT_NAMES, *servers.functions}
    used |= {"TYPE_CHECKING", "cached_property"} if has_resources else set()
    used |= {"TypeAlias"} if servers.aliases else set()
    for line in (*servers.declarations, *servers.aliases):
        used |= words_of(line)
    modules = (
        ("functools", ("cached_property",)),
        ("typing", ("TYPE_CHECKING", "Literal", "TypeAlias")),
        ("._runtime", tuple(sorted((*_CLIENT_NAMES, *_SERVER_NAMES), key=_imported_order))),
    )
    return (*imports(modules, used), *_transport_imports(http))


def _imported_order(name: str) -> tuple[bool, str]:
    """Names as import sorters order them: classes, then functions."""
    return name.islower(), name


def _sorted(resource: ResourceModule) -> tuple[str, ...]:
    """The two classes of a resource as import sorters order them."""
    return tuple(sorted((f"Async{resource.class_name}", resource.class_name), key=str.lower))


def plan_readme(
    api: Api, package: str, resources: tuple[ResourceModule, ...], *, has_address: bool
) -> Readme:
    """What the README tells of this API; without an address, a client is given one."""
    schemes = tuple(_scheme(each, package) for each in api.security_schemes.values())
    known = [each for each in schemes if each.constructor]
    arguments: tuple[Value, ...] = () if has_address else ("https://api.example.com",)
    keywords: dict[str, Value] = {"auth": Code("auth")} if known else {}
    credentials = known[0].example if known else None
    return Readme(
        title=api.title or "API",
        doc=paragraphs((api.description,), 0),
        imports=_import_lines(package, "Client", known),
        async_imports=_import_lines(package, "AsyncClient", known, "import asyncio"),
        reference_imports=_import_lines(package, "Client", known, more="models"),
        credentials=credentials,
        client=Call("Client", arguments, keywords),
        async_client=Call("AsyncClient", arguments, keywords),
        reference_client=Call("Client", arguments, {"auth": credentials} if credentials else {}),
        first_call=_first(resources),
        paged_call=_paged(resources),
        missing_call=_missing(resources),
        schemes=schemes,
    )


def _import_lines(
    package: str, client: str, schemes: list[SchemeView], first: str = "", more: str = ""
) -> Lines:
    """What an example imports; credentials come from the environment."""
    names = sorted({client, *(each.constructor for each in schemes[:1])})
    names += [more] if more else []
    standard = [first] if first else []
    standard += ["import os"] if schemes else []
    line = f"from {package} import {', '.join(names)}"
    return (*standard, "", line) if standard else (line,)


def _scheme(scheme: SecurityScheme, package: str) -> SchemeView:
    constructor, arguments = _construction(scheme, package.upper())
    return SchemeView(
        name=scheme.name,
        constructor=constructor,
        example=Call(constructor, arguments) if constructor else None,
        text=scheme.description.strip(),
    )


def _construction(scheme: SecurityScheme, prefix: str) -> tuple[str, tuple[Value, ...]]:
    """The class of credentials for a scheme and its arguments; nothing where there is none."""
    user, secret, token, key = (
        Code(f'os.environ["{prefix}_{name}"]') for name in ("USER", "SECRET", "TOKEN", "KEY")
    )
    if scheme.kind == "http" and scheme.scheme in ("digest", "basic"):
        return scheme.scheme.title(), (user, secret)
    token_url = scheme.flows.get("clientCredentials", {}).get("tokenUrl")
    if scheme.kind == "oauth2" and isinstance(token_url, str):
        return "OAuth2", (user, secret, token_url)
    if scheme.kind in ("oauth2", "openIdConnect") or scheme.scheme == "bearer":
        return "Bearer", (token,)
    if scheme.kind == "apiKey" and scheme.location == "header":
        return "ApiKey", (key, scheme.parameter)
    if scheme.kind == "apiKey":
        return "ApiKey", (key, scheme.parameter, scheme.location)
    return "", ()


def _first(resources: tuple[ResourceModule, ...]) -> MethodView | None:
    """The operation to show first: one that reads something and needs the fewest arguments."""
    methods = [method for resource in resources for method in resource.methods]
    return min((e for e in methods if e.reference.result), key=_difficulty, default=None)


def _paged(resources: tuple[ResourceModule, ...]) -> MethodView | None:
    paged = [each for resource in resources for each in resource.methods if each.paged]
    return min(paged, key=_difficulty, default=None)


def _missing(resources: tuple[ResourceModule, ...]) -> MethodView | None:
    """The operation to show that something is missing: one that reads what its path names."""
    found = [
        method
        for resource in resources
        for method in resource.methods
        if method.label.startswith("GET ")
        and any(each.location == "path" for each in method.arguments)
        and any(each.error == "NotFound" for each in method.reference.answers)
    ]
    return min(found, key=_difficulty, default=None)


def _difficulty(method: MethodView) -> tuple[bool, int, bool]:
    needed = sum(argument.required for argument in method.arguments)
    return not method.label.startswith("GET "), needed, not method.paged

"""What surrounds the modules: the client, its credentials, its README and its dependencies."""

from __future__ import annotations

from typing import Literal

from generator.api import Api, SecurityScheme
from generator.plan.code import Call, Code, Value
from generator.plan.package import (
    ClientModule,
    MethodView,
    Readme,
    ResourceModule,
    SchemeView,
)
from generator.plan.prose import paragraphs, sentence

Http = Literal["httpx2", "pyreqwest"]
VERSION = "0.1.0"
"""The version of a generated project, until its owner gives it another."""

_REQUIREMENTS = {"httpx2": "httpx2>=2.10", "pyreqwest": "pyreqwest>=0.15,<0.16"}
_TRANSPORTS = {"httpx2": "Httpx2Transport", "pyreqwest": "PyreqwestTransport"}


def requirements(http: Http) -> tuple[str, ...]:
    """What a generated project depends on."""
    return (_REQUIREMENTS[http], "msgspec>=0.20")


def plan_client(api: Api, package: str, http: Http) -> ClientModule:
    """The module of the two clients."""
    return ClientModule(
        doc=paragraphs((sentence(f"Clients of {api.title or 'the API'}"), api.description), 0),
        base_url=_base_url(api),
        user_agent=f"{package}/{VERSION}",
        schemes=tuple(api.security_schemes),
        transport=_TRANSPORTS[http],
        transport_module=f"over_{http}",
    )


def plan_readme(api: Api, resources: tuple[ResourceModule, ...]) -> Readme:
    """What the README tells of this API."""
    schemes = tuple(_scheme(each) for each in api.security_schemes.values())
    known = [each for each in schemes if each.constructor]
    arguments: tuple[Value, ...] = () if _base_url(api) else ("https://api.example.com",)
    keywords: dict[str, Value] = {}
    if known:
        keywords["auth"] = known[0].example
    return Readme(
        title=api.title or "API",
        doc=paragraphs((api.description,), 0),
        constructor=known[0].constructor if known else "",
        client=Call("Client", arguments, keywords),
        async_client=Call("AsyncClient", arguments, keywords),
        first_call=_first(resources),
        paged_call=_paged(resources),
        schemes=schemes,
    )


def _base_url(api: Api) -> str | None:
    """The first server, where it is an address and not only a path or a template."""
    url = api.servers[0].url if api.servers else ""
    return url if url.startswith(("http://", "https://")) and "{" not in url else None


def _scheme(scheme: SecurityScheme) -> SchemeView:
    constructor, arguments = _construction(scheme)
    return SchemeView(
        name=scheme.name,
        constructor=constructor,
        example=Call(constructor, arguments) if constructor else None,
        text=scheme.description.strip(),
    )


def _construction(scheme: SecurityScheme) -> tuple[str, tuple[Value, ...]]:
    """The class of credentials for a scheme and its arguments; nothing where there is none."""
    if scheme.kind == "http" and scheme.scheme in ("digest", "basic"):
        return scheme.scheme.title(), (Code("user"), Code("secret"))
    if scheme.kind in ("oauth2", "openIdConnect") or scheme.scheme == "bearer":
        return "Bearer", (Code("token"),)
    if scheme.kind == "apiKey" and scheme.location == "header":
        return "ApiKey", (Code("key"), scheme.parameter)
    if scheme.kind == "apiKey":
        return "ApiKey", (Code("key"), scheme.parameter, scheme.location)
    return "", ()


def _first(resources: tuple[ResourceModule, ...]) -> MethodView | None:
    """The operation to show first: one that reads and needs the fewest arguments."""
    methods = [method for resource in resources for method in resource.methods]
    return min(methods, key=_difficulty, default=None)


def _paged(resources: tuple[ResourceModule, ...]) -> MethodView | None:
    paged = [each for resource in resources for each in resource.methods if each.paged]
    return min(paged, key=_difficulty, default=None)


def _difficulty(method: MethodView) -> tuple[bool, bool, int]:
    needed = sum(argument.required for argument in method.arguments)
    return not method.label.startswith("GET "), method.paged, needed

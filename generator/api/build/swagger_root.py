"""What Swagger 2.0 says once for a whole description: where it is served and how one signs in.

In: the root, or its `securityDefinitions`. Out: servers and security schemes as OpenAPI 3 has them
(https://spec.openapis.org/oas/v2.0.html#swagger-object).
"""

from __future__ import annotations

from generator.api.build.node import Node
from generator.api.model import SecurityScheme, Server

_FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def swagger_servers(root: Node) -> tuple[Server, ...]:
    """One server a scheme, `https` first; without a host the base path alone."""
    host, path = root.text("host"), root.text("basePath").rstrip("/")
    if not host:
        where = root.where.at("basePath")
        return (Server(where=where, url=path, description=""),) if path else ()
    schemes = [each for each in root.texts("schemes") if each in ("http", "https")] or ["https"]
    return tuple(
        Server(where=root.where.at("host"), url=f"{scheme}://{host}{path}", description="")
        for scheme in sorted(dict.fromkeys(schemes), reverse=True)
    )


def swagger_schemes(node: Node) -> dict[str, SecurityScheme]:
    """The schemes of `securityDefinitions` by name."""
    return {name: _scheme(name, each) for name, each in node.members()}


def _scheme(name: str, node: Node) -> SecurityScheme:
    kind = node.text("type")
    is_basic = kind == "basic"
    return SecurityScheme(
        where=node.where,
        name=name,
        kind="http" if is_basic else kind,
        scheme="basic" if is_basic else "",
        location=node.text("in"),
        parameter=node.text("name"),
        flows=_flows(node) if kind == "oauth2" else {},
        description=node.text("description"),
    )


def _flows(node: Node) -> dict[str, dict[str, object]]:
    flow = node.text("flow")
    said = {key: node.mapping[key] for key in ("authorizationUrl", "tokenUrl") if node.text(key)}
    return {_FLOWS.get(flow, flow): {**said, "scopes": node.raw("scopes").mapping}}

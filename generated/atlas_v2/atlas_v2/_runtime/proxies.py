# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Which proxy the environment names for an origin.

In come an origin and the environment, out goes the URL of a proxy or None. Read are ``http_proxy``,
``https_proxy``, ``all_proxy`` and ``no_proxy``, in small letters first; ``HTTP_PROXY`` in capitals
is not believed inside a CGI script, where a client can set it.
"""

from collections.abc import Mapping


def proxy_for(origin: str, environment: Mapping[str, str]) -> str | None:
    """The proxy for an origin such as ``https://api.example.com:8443``."""
    scheme, _, authority = origin.partition("://")
    if _excepted(authority, _read("no_proxy", environment)):
        return None
    found = _read(f"{scheme}_proxy", environment) or _read("all_proxy", environment)
    return found if not found or "://" in found else f"http://{found}"


def _read(name: str, environment: Mapping[str, str]) -> str | None:
    if name == "http_proxy" and "REQUEST_METHOD" in environment:
        return environment.get(name) or None
    return environment.get(name) or environment.get(name.upper()) or None


def _excepted(authority: str, names: str | None) -> bool:
    """Whether ``no_proxy`` lists a host, its domain or everything."""
    host = authority if authority.endswith("]") else authority.rpartition(":")[0] or authority
    for name in (names or "").split(","):
        domain = name.strip().lower().removeprefix("*.").lstrip(".")
        if name.strip() == "*":
            return True
        if domain and (domain in (host, authority) or host.endswith(f".{domain}")):
            return True
    return False

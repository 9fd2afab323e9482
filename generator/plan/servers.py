"""Where a client calls: the servers of an API as arguments of its constructor.

In: the servers of an Api. Out: nothing to choose where one base URL is all there is; else an
argument that chooses a server by its place or name, and one for each variable. A server whose URL
is no whole address cannot be chosen; without any other the base URL must be given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.api import Api, Server
from generator.api.model import ServerVariable
from generator.plan.code import Call, Code, Value, given
from generator.plan.names import Names, pascal, snake
from generator.plan.operations import section
from generator.plan.prose import sentence
from generator.plan.types import WIDTH
from generator.plan.views.text import Lines

_WHOLE = re.compile(r"https?://[^{}]+", re.IGNORECASE)
_NAMES_TAKEN = frozenset(("auth", "base_url", "options", "self", "server", "transport"))
_PLAIN = re.compile(r"[ !#-+\--\[\]-~]{0,40}", re.ASCII)
"""What a Literal holds as it stands: printable, without double quotes, commas, backslashes."""


class Choice(Struct, frozen=True):
    """What a client is made with: arguments, the servers as a fact, and the base URL of them.

    `aliases` are types that are too wide for a line, `default` the URL where nothing is said,
    `functions` what the fact and the base URL call.
    """

    declarations: Lines
    base_url: Value
    default: str
    aliases: Lines = ()
    fact: Value = None
    functions: tuple[str, ...] = ()
    doc: Lines = ()


def plan_servers(api: Api, names: Names) -> Choice:
    """How the base URL of a client is said."""
    usable = {at: each for at, each in enumerate(api.servers) if _WHOLE.fullmatch(each.url)}
    default = usable[0].url if 0 in usable else ""
    variables = _variables(usable.values())
    if not variables and len(usable) < 2:
        return Choice((), Code("base_url"), default)
    called = _called(api, names, variables)
    literals = {
        "server": _literal([*usable, *(each.name for each in usable.values() if each.name)]),
        **{called[name]: _type_of(each) for name, each in variables.items()},
    }
    aliases = {name: _alias(name, kind) for name, kind in literals.items() if _is_wide(name, kind)}
    asked: tuple[Value, ...] = (
        Code("_SERVERS"),
        Code("base_url"),
        Code("server"),
        {name: Code(called[name]) for name in variables},
    )
    return Choice(
        declarations=tuple(
            f"{name}: {_alias_name(name) if name in aliases else kind} | None = None"
            for name, kind in literals.items()
        ),
        base_url=Call("address_of", asked),
        default=default,
        aliases=tuple(aliases.values()),
        fact=tuple(_fact(at, each) for at, each in usable.items()),
        functions=("ApiServer", "address_of", *(["ServerVariable"] if variables else [])),
        doc=tuple(section("Args:", _told(usable, variables, called), 4)),
    )


def _variables(servers: Iterable[Server]) -> dict[str, list[ServerVariable]]:
    """The variables by name, as each server that has it declares it."""
    found: dict[str, list[ServerVariable]] = {}
    for server in servers:
        for each in server.variables:
            found.setdefault(each.name, []).append(each)
    return found


def _called(api: Api, names: Names, variables: Iterable[str]) -> dict[str, str]:
    """The arguments of variables."""
    scope = names.scope(_NAMES_TAKEN)
    keys = {name: f"server variable {name}" for name in variables}
    scope.hold(dict.fromkeys(keys.values(), ""))
    return {name: scope.name(key, snake(name), api.where) for name, key in keys.items()}


def _type_of(declared: Iterable[ServerVariable]) -> str:
    """The values that any of the servers lists, or text where one takes any."""
    lists = [each.values for each in declared]
    values = [value for each in lists for value in each]
    plain = all(lists) and all(_PLAIN.fullmatch(each) for each in values)
    return _literal(dict.fromkeys(values)) if plain else "str"


def _literal(values: Iterable[str | int]) -> str:
    plain = [e if isinstance(e, int) else f'"{e}"' for e in values if _is_plain(e)]
    return f"Literal[{', '.join(map(str, plain))}]"


def _is_plain(value: str | int) -> bool:
    return isinstance(value, int) or bool(_PLAIN.fullmatch(value))


def _is_wide(name: str, kind: str) -> bool:
    return 8 + len(f"{name}: {kind} | None = None,") > WIDTH


def _alias_name(name: str) -> str:
    return f"_{pascal(name)}"


def _alias(name: str, kind: str) -> str:
    rows = kind.removeprefix("Literal[").removesuffix("]").replace(", ", ",\n    ")
    return f"{_alias_name(name)}: TypeAlias = Literal[\n    {rows},\n]"


def _fact(at: int, server: Server) -> Call:
    variables = tuple(
        Call("ServerVariable", (e.name, e.default, *((e.values,) if e.values else ())))
        for e in server.variables
    )
    said = given(variables=variables, name=server.name)
    return Call("ApiServer", (at, server.template or server.url), said)


def _told(
    usable: Mapping[int, Server],
    variables: Mapping[str, list[ServerVariable]],
    called: Mapping[str, str],
) -> dict[str, str]:
    """What is said of each argument."""
    lines = [
        f"{at}{f' or {each.name!r}' if each.name else ''} is {each.template or each.url}"
        + (f" ({each.description})" if each.description else "")
        for at, each in usable.items()
    ]
    told = {"base_url": "Where to call, instead of a server.", "server": "; ".join(lines) + "."}
    for name, declared in variables.items():
        defaults = " or ".join(dict.fromkeys(repr(each.default) for each in declared))
        told[called[name]] = f"{sentence(declared[0].description)} By default {defaults}.".strip()
    return told

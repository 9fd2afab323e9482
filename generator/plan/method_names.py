"""What operations are called: the resource that each belongs to, and its method's name.

In: operations. Out: names before any table or other name has its say. What begins with the
resource's name and a mark, as `gists/list-forks`, is called by the rest; what says path and method
again, as FastAPI makes operationIds, by what comes before. Controllers are left out of names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from generator.api import Operation
from generator.diagnostics import Where
from generator.plan.names import snake

_NO_WORD = re.compile(r"\W")
_CONTROLLED = re.compile(r"[A-Z]\w*?Controller_(\w+)", re.ASCII)
"""As NestJS makes it: the names of a class and of its method."""
_VERSION = re.compile(r"(?:api|v\d[\w.]*)", re.IGNORECASE)


def resource_of(operation: Operation) -> str:
    """The tag or word of the path that an operation's resource is called by."""
    if operation.tags:
        return operation.tags[0]
    for part in operation.path.split("/"):
        if part and "{" not in part and not _VERSION.fullmatch(part):
            return part
    return "root"


def plain_resource(name: str) -> str:
    """What a resource is called, without what Spring adds to its tag."""
    return re.sub(r"-controller\Z", "", name) or name


def method_names(operations: Iterable[Operation]) -> Mapping[Where, str]:
    """The names of one resource's methods: as short as they can be told apart."""
    wanted = {each.where: _wanted(each) for each in operations}
    for _ in range(2):
        uses = Counter(names[0] for names in wanted.values())
        wanted = {
            where: names[1:] if uses[names[0]] > 1 and len(names) > 1 else names
            for where, names in wanted.items()
        }
    return {where: names[0] for where, names in wanted.items()}


def whole_name(operation: Operation) -> str:
    """The operationId without what repeats the request, or the method and the words of the path."""
    return _without_request(operation, operation.id)


def _wanted(operation: Operation) -> list[str]:
    """What a method may be called, the shortest first."""
    whole = whole_name(operation)
    controlled = _CONTROLLED.fullmatch(operation.id)
    rest = controlled[1] if controlled else _after(resource_of(operation), operation.id)
    short = _without_request(operation, rest) if rest else whole
    return [short, whole, snake(operation.id) if operation.id else whole]


def _after(resource: str, name: str) -> str:
    """The part of a name behind the resource's and a mark, whatever marks are in them."""
    at = 0
    for letter in filter(str.isalnum, resource):
        while not name[at : at + 1].isalnum() and at < len(name):
            at += 1
        if name[at : at + 1].casefold() != letter.casefold():
            return ""
        at += 1
    start = next((n for n in range(at, len(name)) if name[n].isalnum()), at)
    return name[start:] if start > at and name[start].isalpha() else ""


def _without_request(operation: Operation, name: str) -> str:
    if name:
        # As FastAPI makes it: a function's name, the path and the method.
        repeated = f"{_NO_WORD.sub('_', operation.path)}_{operation.method.lower()}"
        return snake(name.removesuffix(repeated) or name)
    path = re.sub(r"\{([^{}]*)\}", r"by_\1", operation.path)
    return snake(f"{operation.method.lower()} {path.replace('/', ' ')}")

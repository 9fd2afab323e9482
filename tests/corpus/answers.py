"""Whether the mock of any description answers each operation's valid request with a valid body.

`python -m tests.corpus.answers FILE [--overlay FILE]... [--declared-only]` makes one valid request
an operation, on what stands in the mock at its start, and prints how many were answered validly,
and of the others why not. Ends with 1 where an answer was wrong and no reason is known.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from generator.api import Api, Conform, build, walk
from generator.api.exchange import Request, Response
from generator.api.model import Content, Operation, Parameter
from generator.diagnostics import Diagnostics, Where
from generator.document import load
from generator.mock import MockModel, State, model_for
from generator.mock.blueprint import base_path
from generator.mock.samples import Samples, generator
from generator.mock.state import Fields
from generator.mock.values import ABSENT, is_array, is_object
from generator.wire import is_json

_THINGS = 5
_IGNORED = frozenset({"accept", "content-type", "authorization"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one operation: nothing in `wrong` where its answer was valid."""

    operation: Operation
    status: int
    wrong: str = ""

    @property
    def stateful(self) -> bool:
        """Whether a resource stands behind it."""
        return self.operation.behaviours.resource is not None


class Asker:
    """Makes valid requests from what the description shows and what stands in a state."""

    def __init__(self, api: Api, state: State) -> None:
        self._api = api
        self._state = state
        self._samples = Samples(api, Conform(api), "request")

    def requests(self, operation: Operation) -> Iterator[Request | str]:
        """Valid requests, one for each of the first things that stand, or why there is none."""
        things = list(islice(self._things(operation), _THINGS))
        for keys, fields in things or [({}, {})]:
            yield self._request(operation, keys, fields)

    def _request(
        self, operation: Operation, keys: Mapping[str, str], fields: Fields
    ) -> Request | str:
        path, query = operation.path, list[str]()
        headers = [("Accept", _accept(self._api, operation))]
        for parameter in operation.parameters:
            if not parameter.required or parameter.name.lower() in _IGNORED:
                continue
            value: Any = keys.get(parameter.name, ABSENT)
            value = self._value(parameter) if value is ABSENT else value
            if value is ABSENT:
                return f"no value is valid for the parameter {parameter.name}"
            if parameter.location == "path":
                path = path.replace(f"{{{parameter.name}}}", quote(_text(value), safe=""))
            elif parameter.location == "query":
                query += [f"{parameter.name}={quote(each)}" for each in _texts(value)]
            elif parameter.location == "header":
                headers.append((parameter.name, _text(value)))
        body = self._body(operation, fields)
        if body is None:
            return "no body is valid"
        base = base_path(operation.servers[0].url) if operation.servers else ""
        target = base + path + (f"?{'&'.join(query)}" if query else "")
        content_type = (("Content-Type", body[0]),) if body[0] else ()
        return Request(operation.method, target, (*headers, *content_type), body[1])

    def _things(self, operation: Operation) -> Iterator[tuple[dict[str, str], Fields]]:
        """Path parameters that lead to something that stands, and its fields."""
        use = operation.behaviours.resource
        owners = list(use.parameters.values()) if use is not None else []
        if use is None or not owners:
            return
        deepest = use.resource if use.by is not None else owners[-1]
        for path, table in self._state.tables.items():
            for key, item in table.items() if path[0] == deepest else ():
                keys = dict(zip(self._line(path[0]), [*path[1:], key], strict=False))
                found = {name: keys[of] for name, of in use.parameters.items() if of in keys}
                yield found, item.fields

    def _line(self, name: str) -> list[str]:
        resources, line = self._api.behaviours.resources, [name]
        while resources[line[0]].parent:
            line.insert(0, resources[line[0]].parent)
        return line

    def _value(self, parameter: Parameter) -> Any:
        confirm = parameter.behaviours.confirm
        if confirm is not None:
            return confirm.value
        schema = parameter.content.schema if parameter.content else parameter.schema
        if schema is None:
            return "value"
        for example in parameter.examples:
            if self._samples.fits(schema, example.value):
                return example.value
        drawn = (self._samples.shown(schema, generator(seed, parameter.where)) for seed in range(9))
        path = parameter.location == "path"
        made = next((each for each in drawn if each != "" or not path), ABSENT)
        items = walk.child(self._api, schema, "items")
        if is_array(made) and not made and items is not None:
            return [self._samples.shown(items, generator(0, parameter.where))]
        return made

    def _body(self, operation: Operation, fields: Fields) -> tuple[str, bytes] | None:
        if operation.body is None or not operation.body.content:
            return "", b""
        for content in operation.body.content:
            value = self._sample(content)
            if value is not ABSENT and is_json(content.media_type):
                by = operation.behaviours.resource and operation.behaviours.resource.by
                if by and by.body and is_object(value) and by.field in fields:
                    value = {**value, by.field: fields[by.field]}
                return content.media_type, msgspec.json.encode(value)
        content = operation.body.content[0]
        if content.media_type in _FORMS:
            value = self._sample(content)
            return _FORMS[content.media_type](value if is_object(value) else {})
        if not is_json(content.media_type):
            return content.media_type, b"text"
        return None if operation.body.required else ("", b"")

    def _sample(self, content: Content) -> Any:
        if content.schema is None:
            return {}
        for example in content.examples:
            if self._samples.fits(content.schema, example.value):
                return example.value
        return self._samples.shown(content.schema, generator(0, content.where))


def _urlencoded(value: dict[str, Any]) -> tuple[str, bytes]:
    pairs = [(name, each) for name, member in value.items() for each in _texts(member)]
    return "application/x-www-form-urlencoded", urlencode(pairs).encode()


def _in_parts(value: dict[str, Any]) -> tuple[str, bytes]:
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{each}\r\n'
        for name, member in value.items()
        for each in _texts(member)
    ]
    return "multipart/form-data; boundary=b", "".join([*parts, "--b--\r\n"]).encode()


_FORMS: dict[str, Callable[[dict[str, Any]], tuple[str, bytes]]] = {
    "application/x-www-form-urlencoded": _urlencoded,
    "multipart/form-data": _in_parts,
}


def outcomes(api: Api, *, inferring: bool = True) -> Iterator[Outcome]:
    """Ask every operation once, each on the state that the mock begins with."""
    model = model_for(api, inferring=inferring)
    state = model.start(0)
    asker = Asker(model.api, state)
    conform = Conform(model.api)
    for operation in model.api.operations:
        yield _best(
            (
                Outcome(operation, 0, each)
                if isinstance(each, str)
                else _judged(model, conform, state, operation, each)
            )
            for each in asker.requests(operation)
        )


def _best(found: Iterator[Outcome]) -> Outcome:
    """The first without a fault, else the last: some things are guarded from some calls."""
    outcome = next(found)
    while outcome.wrong and (other := next(found, None)) is not None:
        outcome = other
    return outcome


def _judged(
    model: MockModel, conform: Conform, state: State, operation: Operation, request: Request
) -> Outcome:
    _, response, _ = model.step(state, request)
    if not 200 <= response.status < 400:
        said = f"answered {response.status}: {response.body[:200].decode('utf-8', 'replace')}"
        return Outcome(operation, response.status, said)
    return Outcome(operation, response.status, _fault(conform, operation, response))


def _fault(conform: Conform, operation: Operation, response: Response) -> str:
    declared = operation.response(response.status)
    if not any(each.status[0] in "2d3" for each in operation.responses):
        return "no success is declared"
    if declared is None:
        return f"the status {response.status} is not declared"
    if not declared.content or response.status == 204:
        return "" if not response.body else "a body where there can be none"
    if not response.body and all(each.schema is None for each in declared.content):
        return ""
    named = response.header("content-type")
    content = next((each for each in declared.content if each.media_type == named), None)
    if content is None:
        return f"the media type {named} is not declared" if named else "no body can be shown"
    return _violation(conform, content.schema, response) if is_json(named) else ""


def _violation(conform: Conform, schema: Where | None, response: Response) -> str:
    try:
        value = json.loads(response.body)
    except ValueError:
        return "the body is not JSON"
    if schema is None:
        return ""
    return "; ".join(each.message for each in conform.errors(schema, value, "response")[:2])


def _accept(api: Api, operation: Operation) -> str:
    """The types of the successes; a version's own where none is declared."""
    found = [
        content.media_type
        for response in operation.responses
        if response.status.startswith("2")
        for content in response.content
    ]
    version = api.behaviours.version
    known = [version.template.replace("{version}", version.current)] if version else []
    return ", ".join(found or known or ["*/*"])


def _texts(value: Any) -> list[str]:
    return [_text(each) for each in value] if is_array(value) else [_text(value)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def read(path: str, overlays: list[str]) -> Api:
    """The Api of a description; what cannot be used ends the program."""
    diagnostics = Diagnostics()
    resolved = load(
        path, diagnostics, reader=lambda name: Path(name).read_bytes(), overlays=overlays
    )
    api = build(resolved, diagnostics) if resolved is not None else None
    if api is None:
        sys.exit("\n".join(f"{each.where} {each.message}" for each in diagnostics))
    return api


def main() -> int:
    """Count and print."""
    parser = argparse.ArgumentParser(description="Ask a mock every operation once.")
    parser.add_argument("file")
    parser.add_argument("--overlay", action="append", default=[])
    parser.add_argument("--declared-only", action="store_true")
    given = parser.parse_args()
    found = list(outcomes(read(given.file, given.overlay), inferring=not given.declared_only))
    wrong = [each for each in found if each.wrong]
    for each in wrong:
        print(f"{each.operation.label}: {each.wrong}")
    counted = Counter("with state" if each.stateful else "shown" for each in found)
    of = ", ".join(f"{count} {name}" for name, count in sorted(counted.items()))
    print(f"{len(found)} operations ({of}): {len(found) - len(wrong)} valid, {len(wrong)} not")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

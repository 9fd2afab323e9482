"""Every operation through the generated client: recorded calls, made again by its methods.

In: an Api, the planned package, recorded calls that succeeded, a server. Out: for each operation
what became of its calls, once through the synchronous client and once through the asynchronous.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from generator.api import Api, CallRecord, Operation, Parameter, Principal
from generator.api.walk import child, types
from generator.compose.credentials import kind_of
from generator.compose.driver import Call, Credentials, Job, Outcome
from generator.diagnostics import Where
from generator.plan import MethodView, Package

MODES = ("sync", "async")
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Client:
    """A generated client on disk: the folder to import from, and what was planned."""

    directory: Path
    package: Package


def drive(
    api: Api,
    client: Client,
    records: Sequence[CallRecord],
    base_url: str,
    principal: Principal | None,
    mode: str,
) -> dict[str, str]:
    """Make the calls again in a process of their own; by operation, an error or nothing."""
    job = Job(
        directory=str(client.directory),
        package=client.package.name,
        base_url=base_url,
        mode=mode,
        credentials=_credentials(api, principal),
        calls=list(_calls(api, client.package, records)),
    )
    done = subprocess.run(
        [sys.executable, "-m", "generator.compose.driver"],
        input=msgspec.json.encode(job),
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        error = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        return {call.operation: error for call in job.calls}
    return _worst(msgspec.json.decode(done.stdout, type=list[Outcome]))


def _worst(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """By operation, the first error of its calls, or nothing."""
    errors: dict[str, str] = {}
    for outcome in outcomes:
        errors[outcome.operation] = errors.get(outcome.operation) or outcome.error
    return errors


def _credentials(api: Api, principal: Principal | None) -> Credentials | None:
    if principal is None:
        return None
    scheme = api.security_schemes[principal.scheme]
    return Credentials(
        scheme=scheme.name,
        kind=kind_of(scheme),
        user=principal.user,
        secret=principal.secret,
        parameter=scheme.parameter,
        location=scheme.location,
    )


def _calls(api: Api, package: Package, records: Iterable[CallRecord]) -> Iterator[Call]:
    methods = {
        method.id or method.label: (resource.attribute, method)
        for resource in package.resources
        for method in resource.methods
    }
    for record in records:
        operation = api.operation(record.operation)
        if operation is not None and record.operation in methods:
            yield _call(api, operation, record, *methods[record.operation])


def _call(
    api: Api, operation: Operation, record: CallRecord, attribute: str, method: MethodView
) -> Call:
    sent = sent_arguments(api, operation, record.request.target)
    return Call(
        operation=record.operation,
        resource=attribute,
        method=method.name,
        arguments={each.name: sent[each.wire] for each in method.arguments if each.wire in sent},
        body=_json(record.request.body),
        has_body=bool(record.request.body),
        paged=method.paged,
        recorded=_json(record.response.body),
    )


def _json(body: bytes) -> object:
    try:
        return msgspec.json.decode(body) if body else None
    except msgspec.DecodeError:
        return None


def sent_arguments(api: Api, operation: Operation, target: str) -> dict[str, object]:
    """Path and query parameters by name, as values of the types that their schemas say."""
    parts = urlsplit(target)
    path = re.search(_template(operation.path), parts.path)
    texts: dict[str, list[str]] = parse_qs(parts.query, keep_blank_values=True)
    names = re.findall(r"\{([^{}]+)\}", operation.path)
    in_path = dict(zip(names, path.groups(), strict=True)) if path else {}
    found: dict[str, object] = {}
    for parameter in operation.parameters:
        if parameter.location == "path" and parameter.name in in_path:
            found[parameter.name] = _typed(api, parameter, [unquote(in_path[parameter.name])])
        elif parameter.location == "query" and parameter.name in texts:
            found[parameter.name] = _typed(api, parameter, texts[parameter.name])
    return found


def _template(path: str) -> str:
    """A pattern for paths of this template, each parameter a group."""
    parts = re.split(r"\{[^{}]+\}", path)
    return "([^/]+)".join(re.escape(part) for part in parts) + r"\Z"


_READ: Mapping[str, type[int] | type[float]] = {"integer": int, "number": float}


def _typed(api: Api, parameter: Parameter, texts: list[str]) -> object:
    if parameter.schema is None:
        return texts[0]
    if "array" in types(api, parameter.schema):
        items = child(api, parameter.schema, "items")
        return [_scalar(api, items, text) for text in texts]
    return _scalar(api, parameter.schema, texts[0])


def _scalar(api: Api, schema: Where | None, text: str) -> object:
    declared = types(api, schema) if schema else frozenset[str]()
    if "boolean" in declared and text in ("true", "false"):
        return text == "true"
    for name, read in _READ.items():
        if name in declared:
            try:
                return read(text)
            except ValueError:
                continue
    return text

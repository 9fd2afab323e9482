"""A run's calls as a file, to be made again: JSON lines, the first of which says what run it was.

In comes a report with its calls, out goes text, and back. Secrets are not in it: calls are redacted
when they are recorded, and who called is said by name and environment variable.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from generator.api.exchange import CallRecord, Headers, Request, Response
from generator.report.report import Caller, Report

_VERSION = 1


class RecordError(ValueError):
    """A file that is no record of a run; the text says which line."""


@dataclass(frozen=True, slots=True)
class Record:
    """A recorded run."""

    title: str
    target: str
    run: str
    callers: tuple[Caller, ...] = ()
    calls: tuple[CallRecord, ...] = ()
    version: int = field(default=_VERSION)


def record(report: Report) -> str:
    """The calls of a report as JSON lines."""
    head: dict[str, object] = {
        "version": _VERSION,
        "title": report.title,
        "target": report.target,
        "run": report.run,
        "callers": [msgspec.to_builtins(each) for each in report.callers],
    }
    encode = msgspec.json.Encoder().encode
    return "".join(f"{encode(each).decode()}\n" for each in (head, *map(_call, report.records)))


def read_record(text: str) -> Record:
    """The run that a record tells of."""
    lines = text.split("\n")
    lines = lines[:-1] if lines[-1] == "" else lines
    try:
        head: dict[str, Any] = msgspec.json.decode(lines[0])
        if head["version"] != _VERSION:
            raise RecordError(f"line 1: version {head['version']!r} is not known")
        callers = msgspec.convert(head["callers"], tuple[Caller, ...])
        calls = tuple(_read(lines[1:]))
        return Record(head["title"], head["target"], head["run"], callers, calls)
    except RecordError:
        raise
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise RecordError(f"this is no record of a run: {error}") from None


def _read(lines: list[str]) -> Iterator[CallRecord]:
    for number, line in enumerate(lines, 2):
        try:
            data = msgspec.json.decode(line)
            sent, got = data["request"], data["response"]
            yield CallRecord(
                data["operation"],
                data["principal"],
                Request(sent["method"], sent["target"], _headers(sent), _octets(sent)),
                Response(got["status"], _headers(got), _octets(got)),
                data["seconds"],
                data["part"],
                data.get("beside", False),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise RecordError(f"line {number}: {error!r}") from None


def _call(call: CallRecord) -> dict[str, object]:
    sent, got = call.request, call.response
    return {
        "operation": call.operation,
        "principal": call.principal,
        "part": call.part,
        "seconds": round(call.seconds, 6),
        "request": {"method": sent.method, "target": sent.target, **_message(sent)},
        "response": {"status": got.status, **_message(got)},
        **({"beside": True} if call.beside else {}),
    }


def _message(message: Request | Response) -> dict[str, object]:
    headers = [list(pair) for pair in message.headers]
    try:
        return {"headers": headers, "body": message.body.decode()}
    except UnicodeDecodeError:
        return {"headers": headers, "base64": base64.b64encode(message.body).decode()}


def _headers(data: Mapping[str, Any]) -> Headers:
    return tuple((str(name), str(value)) for name, value in data["headers"])


def _octets(data: Mapping[str, Any]) -> bytes:
    return base64.b64decode(data["base64"]) if "base64" in data else str(data["body"]).encode()

"""HTTP Archive 1.2: every call of a run, redacted, for any tool that shows traffic."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from generator.api.exchange import CallRecord, Headers
from generator.report.report import Report

_PHRASES = {200: "OK", 201: "Created", 204: "No Content", 400: "Bad Request", 404: "Not Found"}
_BEGAN = datetime(2000, 1, 1, tzinfo=UTC)


def har(report: Report) -> str:
    """The report's calls as a HAR log; times count from a fixed day, since none is recorded."""
    entries: list[dict[str, object]] = []
    began = _BEGAN
    for call in report.records:
        entries.append(_entry(report, call, began))
        began += timedelta(seconds=call.seconds)
    creator = {"name": "lockstep", "version": "1"}
    log = {"version": "1.2", "creator": creator, "entries": entries}
    return json.dumps({"log": log}, indent=1) + "\n"


def _entry(report: Report, call: CallRecord, began: datetime) -> dict[str, object]:
    taken = round(call.seconds * 1000, 3)
    return {
        "startedDateTime": began.isoformat(),
        "time": taken,
        "request": _request(report, call),
        "response": _response(call),
        "cache": {},
        "timings": {"send": 0, "wait": taken, "receive": 0},
        "comment": f"{call.part} {call.operation} {call.principal}".rstrip(),
    }


def _request(report: Report, call: CallRecord) -> dict[str, object]:
    request = call.request
    base = urlsplit(report.target)
    query = parse_qsl(urlsplit(request.target).query, keep_blank_values=True)
    made: dict[str, object] = {
        "method": request.method,
        "url": f"{base.scheme}://{base.netloc}{request.target}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(request.headers),
        "queryString": [{"name": name, "value": value} for name, value in query],
        "headersSize": -1,
        "bodySize": len(request.body),
    }
    if request.body:
        made["postData"] = {
            "mimeType": request.header("Content-Type") or "",
            "text": request.body.decode("utf-8", "replace"),
        }
    return made


def _response(call: CallRecord) -> dict[str, object]:
    response = call.response
    return {
        "status": response.status,
        "statusText": _PHRASES.get(response.status, ""),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(response.headers),
        "content": {
            "size": len(response.body),
            "mimeType": response.header("Content-Type") or "",
            "text": response.body.decode("utf-8", "replace"),
        },
        "redirectURL": response.header("Location") or "",
        "headersSize": -1,
        "bodySize": len(response.body),
    }


def _headers(headers: Headers) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]

"""HTTP Archive 1.2: every call of a run, redacted, for any tool that shows traffic."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import harfile

from generator.api.exchange import CallRecord, Headers
from generator.report.report import Report

_BEGAN = datetime(2000, 1, 1, tzinfo=UTC)
_PHRASES = {each.value: each.phrase for each in HTTPStatus}


def har(report: Report) -> str:
    """The report's calls as a HAR log; times count from a fixed day, since none is recorded."""
    text = io.StringIO()
    began = _BEGAN
    creator = harfile.Creator(name="lockstep", version="1")
    with harfile.HarFile.open(text, creator=creator) as archive:
        for call in report.records:
            taken = round(call.seconds * 1000, 3)
            archive.add_entry(
                startedDateTime=began,
                time=taken,
                request=_request(report, call),
                response=_response(call),
                timings=harfile.Timings(send=0, wait=taken, receive=0),
                comment=f"{call.part} {call.operation} {call.principal}".rstrip(),
            )
            began += timedelta(seconds=call.seconds)
    return text.getvalue() + "\n"


def _request(report: Report, call: CallRecord) -> harfile.Request:
    request = call.request
    base = urlsplit(report.target)
    query = parse_qsl(urlsplit(request.target).query, keep_blank_values=True)
    body = None
    if request.body:
        kind = request.header("Content-Type") or ""
        body = harfile.PostData(mimeType=kind, text=request.body.decode("utf-8", "replace"))
    return harfile.Request(
        method=request.method,
        url=f"{base.scheme}://{base.netloc}{request.target}",
        httpVersion="HTTP/1.1",
        headers=_headers(request.headers),
        queryString=[harfile.Record(name=name, value=value) for name, value in query],
        postData=body,
        bodySize=len(request.body),
    )


def _response(call: CallRecord) -> harfile.Response:
    response = call.response
    return harfile.Response(
        status=response.status,
        statusText=_PHRASES.get(response.status, ""),
        httpVersion="HTTP/1.1",
        headers=_headers(response.headers),
        content=_content(response.body, response.header("Content-Type") or ""),
        redirectURL=response.header("Location") or "",
        bodySize=len(response.body),
    )


def _content(body: bytes, kind: str) -> harfile.Content:
    try:
        return harfile.Content(size=len(body), mimeType=kind, text=body.decode())
    except UnicodeDecodeError:
        text = base64.b64encode(body).decode()
        return harfile.Content(size=len(body), mimeType=kind, text=text, encoding="base64")


def _headers(headers: Headers) -> list[harfile.Record]:
    return [harfile.Record(name=name, value=value) for name, value in headers]

"""What a caller sees of an answer, held beside what must be seen.

In: an exchange, and what the call returned or raised. Out: what is wrong with it, nothing where
all is as it must be. The client's own means are used only to turn its values into JSON again; what
it is compared with comes from the description.
"""

from __future__ import annotations

import importlib
import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from generator.compose.calling.job import Asked, Exchange, Expected, Fault, Reply
from generator.compose.calling.plain import difference, is_list, is_mapping

_DEEPER = r"[.\[].*"
"""A pattern for the steps that lead on from a place."""


class Changed(Exception):
    """A response is not what was sent."""


class Sight:
    """Looks at the values and errors of one generated package."""

    def __init__(self, package: str) -> None:
        self._texts = importlib.import_module(f"{package}._runtime.json_text")
        self._sending = importlib.import_module(f"{package}._runtime.sending")
        self._errors = importlib.import_module(f"{package}.errors")

    def check_raw(self, reply: Reply, raw: Any) -> None:
        """Raise `Changed` where a response has not the status, headers and body that were sent."""
        if (raw.status, raw.body) != (reply.status, reply.body):
            raise Changed(f"status {raw.status} with {_shown(raw.body)}")
        _check_headers(reply, raw.headers)

    def of_result(self, exchange: Exchange, result: Any) -> str:
        """What is wrong with what a call returned."""
        expected = exchange.expected
        if expected.error:
            return f"returned {_shown(result)} and should raise {expected.error}"
        if exchange.call.paged:
            return self._page(expected, exchange.reply, result)
        return self._value(expected, exchange.reply, result)

    def of_error(self, exchange: Exchange, raised: Exception) -> str:
        """What is wrong with what a call raised."""
        expected, name = exchange.expected, type(raised).__name__
        told = f"{name}: {raised}".splitlines()[0]
        if not expected.error:
            return f"raised {told}"
        if name != expected.error or not isinstance(raised, self._errors.Error):
            return f"raised {told} and not {expected.error}"
        if expected.fault is not None:
            return misplaced(expected.fault, raised)
        return self._status_error(expected, exchange.reply, raised)

    def _status_error(self, expected: Expected, reply: Reply, raised: Any) -> str:
        if raised.status != reply.status:
            return f"says status {raised.status}"
        _check_headers(reply, raised.response.headers)
        told = (raised.code, raised.detail) == (expected.code, expected.detail)
        if expected.worded and not told:
            said = f"code {raised.code!r} and detail {raised.detail!r}"
            return f"says {said}, not {expected.code!r} and {expected.detail!r}"
        return self._value(expected, reply, raised.body)

    def _page(self, expected: Expected, reply: Reply, page: Any) -> str:
        if page.raw.status != reply.status:
            return f"says status {page.raw.status}"
        items = [self._plain(each) for each in page.items]
        wanted = _items(expected.value, expected.items or "")
        wrong = self._value(expected, reply, page.value)
        return wrong or difference(wanted, items, "items", expected.added)

    def _value(self, expected: Expected, reply: Reply, value: Any) -> str:
        match expected.form:
            case "none":
                return "" if value is None else f"returned {_shown(value)} where no body is"
            case "text":
                return difference(reply.body.decode(), value)
            case "bytes":
                return "" if value == reply.body else f"returned {_shown(value)}"
            case _:
                return self._json(expected, value)

    def _json(self, expected: Expected, value: Any) -> str:
        """What came back must be the whole document; what is listed, in fields of the models."""
        wrong = difference(expected.value, self._plain(value), added=expected.added)
        if not wrong and expected.listed:
            plain = self._plain(value, extra=False)
            wrong = difference(expected.value, plain, added=expected.added)
            return wrong and f"{wrong} where only known fields are shown"
        return wrong

    def _plain(self, value: Any, *, extra: bool = True) -> Any:
        plain = self._sending.plain_of(value, extra=extra)
        return msgspec.json.decode(self._texts.json_text(plain))


def _check_headers(reply: Reply, headers: Any) -> None:
    for name, value in reply.headers:
        if value not in headers.get_all(name):
            raise Changed(f"the header {name} is {headers.get_all(name)}")


def asked_otherwise(wanted: Asked, asked: Asked | None, reply: Reply) -> str:
    """How a request differs from the one that was recorded; nothing where it asks the same."""
    if asked is None:
        return "sent nothing"
    if asked.method != wanted.method:
        return f"sent {asked.method}"
    there, here = urlsplit(wanted.target), urlsplit(asked.target)
    if [unquote(e) for e in there.path.split("/")] != [unquote(e) for e in here.path.split("/")]:
        return f"asked for {here.path}"
    queries = [sorted(parse_qsl(e.query, keep_blank_values=True)) for e in (there, here)]
    if queries[0] != queries[1]:
        return f"asked for ?{here.query}"
    if not _admits(asked.accept, reply):
        return f"accepts {asked.accept} alone"
    if wanted.body and _essence(wanted.content_type) != _essence(asked.content_type):
        return f"sent a body of {asked.content_type}"
    if wanted.body == asked.body:
        return ""
    sent = difference(_decoded(wanted.body), _decoded(asked.body), "body")
    return sent and f"sent another body: {sent}"


def _admits(accept: str, reply: Reply) -> bool:
    """Whether what was accepted has the media type of a success that came."""
    kinds = [_essence(value) for name, value in reply.headers if name.lower() == "content-type"]
    offered = {_essence(each) for each in accept.split(",")}
    return reply.status >= 300 or not kinds or not offered.isdisjoint((kinds[0], "*/*"))


def _decoded(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return body


def _essence(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def misplaced(fault: Fault, raised: Any) -> str:
    """What is wrong with an error that names neither a fault nor what holds it and was tried."""
    steps = [_step(each) for each in fault.path]
    named = ["".join(steps[:count]) for count in range(fault.least, len(steps) + 1)]
    if fault.inside:
        named.append("".join(steps) + _DEEPER)
    if any(re.fullmatch(rf"\${each}", raised.path) for each in named):
        return ""
    return f"names {raised.path} as the place of what is wrong at {fault.path}"


def _step(token: str | int) -> str:
    """A pattern for one step of a path as msgspec writes it; entries of a map have no name."""
    member = rf"\[{token}\]" if isinstance(token, int) else rf"\.{re.escape(token)}"
    return rf"({member}|\[\.\.\.\])"


def _items(value: Any, pointer: str) -> list[Any]:
    """The items of a page's JSON; none where they are absent or null."""
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        value = value.get(name) if is_mapping(value) else None
    return value if is_list(value) else []


def _shown(value: Any) -> str:
    return repr(value)[:80]

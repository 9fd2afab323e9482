"""Bodies that are sequences of items, whole and as they come; parts with header fields."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.server import Server
from tests.behaviour.client.test_generated import opened
from tests.behaviour.client.test_headers import asgi_of
from tests.golden.case import CASES

EVENTS = "id: 1\ndata: a\ndata: b\n\nevent: end\nretry: 10\ndata: c\n\ndata: never complete"
TYPED = """\
from typing import assert_type

from {name} import Client, File, Part, models

logs = Client("http://x.test").logs
assert_type(logs.read_logs(), list[models.Line])
assert_type(logs.watch(), list[models.Happening])
with logs.with_streaming_response.watch() as streamed:
    for event in streamed.items():
        assert_type(event, models.Happening)
logs.write_logs([models.Line(text="a")])
logs.write_logs(b"")
logs.upload({{"meta": Part({{}}, {{"X-Part": "1"}}), "file": File("a", b"", headers={{"X-A": "b"}})}})
assert_type(logs.run_batch([models.Line(text="a")]), list[models.Line])
assert_type(logs.list_images(), list[bytes])
logs.write_logs(["a"])
"""


@pytest.fixture(scope="module")
def logs(make: Make) -> Any:
    return make((CASES / "sequences" / "input.yaml").read_text())


def asked(package: Any, media_type: str, body: str) -> tuple[Any, Server]:
    client, server = opened(
        package,
        {
            "GET /logs": (200, media_type, body),
            "GET /events": (200, media_type, body),
            "POST /logs": (204, "", None),
            "POST /files": (204, "", None),
            "POST /batch": (200, media_type, body),
            "GET /images": (200, media_type, body),
        },
    )
    return client.logs, server


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/jsonl", '{"text":"a"}\r\n\n{"text":"b","more":1}'),
        ("application/json-seq", '\x1e{"text":"a"}\n\x1e{"text":"b","more":1}\n'),
    ],
)
def test_an_answer_is_a_list_of_its_items(logs: Any, media_type: str, body: str) -> None:
    resource, _ = asked(logs, media_type, body)
    first, second = resource.read_logs(accept=media_type)
    assert first == logs.models.Line(text="a")
    assert (second.text, second.extra_fields) == ("b", {"more": 1})
    with resource.with_streaming_response.read_logs() as streamed:
        assert [each.text for each in streamed.items()] == ["a", "b"]
    assert [each.text for each in resource.with_raw_response.read_logs().parse()] == ["a", "b"]


def test_events_are_what_they_hold(logs: Any) -> None:
    happening = logs.models.Happening
    wanted = [happening(data="a\nb", id="1"), happening(data="c", event="end", id="1", retry=10)]
    resource, _ = asked(logs, "text/event-stream", EVENTS)
    assert resource.watch() == wanted
    with resource.with_streaming_response.watch() as streamed:
        assert list(streamed.items()) == wanted


def test_an_awaited_stream_gives_the_same_items(logs: Any) -> None:
    async def read() -> list[str]:
        transport = asgi_of(logs).AsyncAsgiTransport(
            Server({"GET /events": (200, "text/event-stream", EVENTS)})
        )
        client = logs.AsyncClient(transport=transport)
        async with client, client.logs.with_streaming_response.watch() as streamed:
            return [each.data async for each in streamed.items()]

    assert asyncio.run(read()) == ["a\nb", "c"]


def test_an_item_that_does_not_fit_is_named(logs: Any) -> None:
    resource, _ = asked(logs, "application/jsonl", '{"text":"a"}\n{"text":1}\n')
    with pytest.raises(logs.errors.DecodeError, match=r"item 1: .*str") as caught:
        resource.read_logs()
    assert caught.value.path == "$.text"
    with resource.with_streaming_response.read_logs() as streamed:
        found = streamed.items()
        assert next(found).text == "a"
        with pytest.raises(logs.errors.DecodeError) as caught:
            next(found)
    assert caught.value.path == "$.text"


def test_a_sequence_is_sent_item_by_item(logs: Any) -> None:
    resource, server = asked(logs, "", "")
    line = logs.models.Line(text="a")
    resource.write_logs([line, {"text": "b"}])
    resource.write_logs([])
    resource.write_logs(b'{"text":"c"}\n')
    resource.write_logs([b'{"text"', b':"d"}\n'])
    assert [each.raw for each in server.asked] == [
        b'{"text":"a"}\n{"text":"b"}\n',
        b"",
        b'{"text":"c"}\n',
        b'{"text":"d"}\n',
    ]
    assert server.asked[0].headers["content-type"] == "application/x-ndjson"


def test_parts_have_the_media_type_that_is_said_and_header_fields_of_their_own(logs: Any) -> None:
    resource, server = asked(logs, "", "")
    file = logs.File("a.png", b"...", headers={"X-Size": "3"})
    resource.upload({"meta": logs.Part({"a": 1}, {"X-Part": "one"}), "file": file})
    body = server.asked[0].raw
    assert (
        b'name="meta"\r\nContent-Type: application/vnd.meta+json\r\nX-Part: one\r\n\r\n{"a":1}\r\n'
    ) in body
    assert b'filename="a.png"\r\nContent-Type: image/png\r\nX-Size: 3\r\n\r\n...' in body
    for name, value in (("X", "a\r\nb"), ("X\r\nY", "a"), ("Content-Type", "a/b")):
        with pytest.raises(ValueError, match=r"line break|is made of"):
            resource.upload({"meta": logs.Part({}, {name: value})})
    told = " ".join(resource.upload.__doc__.split())
    assert "Part `meta` is `application/vnd.meta+json` and has header fields `X-Part`." in told


MIXED = 'multipart/mixed; boundary="=_a b"'
PARTS = (
    "before\r\n--=_a b\r\nContent-Type: application/json\r\n\r\n"
    '{"text":"a"}\r\n--=_a b \r\n'
    'content-type: application/problem+json\r\nX: 1\r\n\r\n{"text":"b\\r\\n--","more":1}'
    "\r\n--=_a b--\r\nafter"
)


def test_parts_without_names_are_items(logs: Any) -> None:
    resource, server = asked(logs, MIXED, PARTS)
    line = logs.models.Line(text="c")
    first, second = resource.run_batch([line, {"text": "d"}, logs.File("e.json", b"{}")])
    assert (first.text, second.text, second.extra_fields) == ("a", "b\r\n--", {"more": 1})
    with resource.with_streaming_response.run_batch([line]) as streamed:
        assert [each.text for each in streamed.items()] == ["a", "b\r\n--"]
    kind = "Content-Type: application/vnd.line+json"
    boundary = server.asked[0].headers["content-type"].removeprefix("multipart/mixed; boundary=")
    assert server.asked[0].raw.decode() == (
        f'--{boundary}\r\n{kind}\r\n\r\n{{"text":"c"}}\r\n'
        f'--{boundary}\r\n{kind}\r\n\r\n{{"text":"d"}}\r\n'
        f'--{boundary}\r\nContent-Disposition: attachment; filename="e.json"\r\n{kind}\r\n\r\n{{}}\r\n'
        f"--{boundary}--\r\n"
    )


def test_parts_that_are_no_text_are_bytes(logs: Any) -> None:
    resource, _ = asked(
        logs, "multipart/mixed; boundary=b", "--b\r\n\r\nx\ny\r\n--b\r\n\r\n\r\n--b--"
    )
    assert resource.list_images() == [b"x\ny", b""]


@pytest.mark.parametrize(
    ("media_type", "body", "said"),
    [
        (MIXED, PARTS.replace("application/json", "text/plain"), "item 0: "),
        (MIXED, PARTS.replace('"b', "b"), "item 1: "),
        (MIXED, PARTS.partition("--\r\nafter")[0], "item 1: the last part does not end"),
        ("multipart/mixed", PARTS, "item 0: multipart/mixed names no boundary"),
    ],
)
def test_parts_that_do_not_fit_are_named(logs: Any, media_type: str, body: str, said: str) -> None:
    resource, _ = asked(logs, media_type, body)
    with pytest.raises(logs.errors.DecodeError, match=said):
        resource.run_batch([])
    with (
        resource.with_streaming_response.run_batch([]) as streamed,
        pytest.raises(logs.errors.DecodeError),
    ):
        list(streamed.items())


def test_type_checkers_know_items(logs: Any, tmp_path: Path) -> None:
    (tmp_path / "calls.py").write_text(TYPED.format(name=logs.__name__))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "calls.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(Path(logs.__file__).parent.parent), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    found = [line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line]
    assert found == ["16"], done.stdout

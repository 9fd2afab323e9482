"""`lockstep test` on a server that is not ours and answers rubbish: a report, no traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree

import pytest

from generator.cli.main import run
from generator.cli.output import well_formed
from tests.described import described
from tests.unit.contract.shelf import SHELF

_BODIES = (
    b"{}",
    b"null",
    b"\xff\xfe\x00",
    b'{"a":' * 2000,
    b'[1e400,"\\ud800"]',
    b"\x1b[31m<html>",
)
_KINDS = ("application/json", "text/html; charset=utf-16", "x", "")
_STATUSES = (200, 201, 299, 301, 404, 418, 500, 599)
_BROKEN = (b"no HTTP at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{", b"")


class _Rubbish(BaseHTTPRequestHandler):
    """Answers in turn with everything that no description allows; the first answer is HTTP."""

    protocol_version = "HTTP/1.1"
    turns = count()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        turn = next(self.turns)
        self.rfile.read(int(self.headers.get("content-length") or 0))
        if turn % 13 == 12:
            self.close_connection = True
            self.wfile.write(_BROKEN[turn % len(_BROKEN)])
            return
        body = _BODIES[turn % len(_BODIES)]
        self.send_response(_STATUSES[turn % len(_STATUSES)])
        self.send_header("Content-Type", _KINDS[turn % len(_KINDS)])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer


@pytest.fixture(name="url")
def _url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Rubbish)
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_half_a_character_does_not_stop_a_report() -> None:
    assert json.loads(well_formed('"\ud800 \u00e9"')) == "\ud800 \u00e9"
    well_formed("\ud800").encode()


def test_rubbish_is_reported(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shelf.yaml").write_text(described(SHELF))
    forms = ("text", "json", "junit", "sarif", "markdown", "html", "har", "record")
    asked = [word for form in forms for word in ("--report", f"{form}=r.{form}")]
    parts = [word for part in ("smoke", "laws", "negatives") for word in ("--only", part)]
    ended = run(["test", "shelf.yaml", "--url", url, "--seed", "1", *parts, *asked])
    assert ended in (1, 2)
    printed = capsys.readouterr()
    assert "findings" in printed.out
    assert "Traceback" not in printed.out + printed.err
    assert "\x1b" not in printed.out
    texts = {form: Path(f"r.{form}").read_text("utf-8") for form in forms}
    assert json.loads(texts["json"])["findings"]
    assert json.loads(texts["sarif"])["runs"]
    assert ElementTree.fromstring(texts["junit"]).findall("testsuite")
    assert all(texts.values())

"""References to other hosts are read when they are allowed, and only what was read before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from generator.cli import generate
from tests.behaviour.commands.conftest import Lockstep

SCHEMAS = b"""
Pet:
  type: object
  required: [owner]
  properties:
    owner: {$ref: 'more/owner.yaml#/Owner'}
    tag: {$ref: '#/Tag'}
Tag: {type: string}
"""
OWNER = b"Owner: {type: object, properties: {name: {type: string}}}\n"


class Host:
    """A server on this machine; what it answers by path, and which paths were asked for."""

    def __init__(self) -> None:
        self.answers = {"/pets.yaml": SCHEMAS, "/more/owner.yaml": OWNER}
        self.asked: list[str] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append(self.path)
                text = host.answers.get(self.path)
                self.send_response(302 if self.path == "/moved" else 200 if text else 404)
                if self.path == "/moved":
                    self.send_header("Location", "/pets.yaml")
                self.send_header("Content-Length", str(len(text or b"")))
                self.end_headers()
                self.wfile.write(text or b"")

            def log_message(self, format: str, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    thread = Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def write(folder: Path, reference: str) -> Path:
    spec = folder / "api.yaml"
    spec.write_text(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /pets:\n    get:\n"
        "      operationId: listPets\n      responses:\n        '200':\n          description: d\n"
        f"          content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}\n"
    )
    return spec


def test_without_the_flag_nothing_is_asked(lockstep: Lockstep, folder: Path, host: Host) -> None:
    ended = lockstep("check", write(folder, f"{host.url}/pets.yaml#/Pet"))
    assert ended.code == 2
    assert "api.yaml:10:49 reference-remote" in ended.err
    assert host.asked == []
    assert not (folder / "lockstep.lock").exists()


def test_what_was_read_is_recorded_and_generated(
    lockstep: Lockstep, folder: Path, host: Host
) -> None:
    spec = write(folder, f"{host.url}/pets.yaml#/Pet")
    out = ("-o", folder / "out", "--name", "pets")
    ended = lockstep("generate", spec, *out, "--allow-remote-refs")
    assert ended.code == 0, ended.err
    assert "owner: Owner" in (folder / "out/pets/models.py").read_text()
    lock = json.loads((folder / "lockstep.lock").read_text())
    assert lock == {
        "documents": {
            f"{host.url}/more/owner.yaml": hashlib.sha256(OWNER).hexdigest(),
            f"{host.url}/pets.yaml": hashlib.sha256(SCHEMAS).hexdigest(),
        }
    }
    again = lockstep("generate", spec, *out, "--allow-remote-refs", "--check")
    assert (again.code, again.out) == (0, f"{folder}/out: up to date\n")


def test_what_is_up_to_date_is_known_by_the_hashes_of_remote_documents(
    lockstep: Lockstep, folder: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = write(folder, f"{host.url}/pets.yaml#/Pet")
    call = ("generate", spec, "-o", folder / "out", "--name", "pets")
    assert lockstep(*call, "--allow-remote-refs").code == 0
    host.asked.clear()
    with monkeypatch.context() as patch:
        patch.setattr(generate, "load", None)
        again = lockstep(*call, "--allow-remote-refs")
    assert (again.code, again.out) == (0, f"{folder}/out: up to date\n")
    assert sorted(host.asked) == ["/more/owner.yaml", "/pets.yaml"]


def test_what_is_up_to_date_may_ask_nobody_without_the_flag(
    lockstep: Lockstep, folder: Path, host: Host
) -> None:
    call = ("generate", write(folder, f"{host.url}/pets.yaml#/Pet"), "-o", "out", "--name", "pets")
    assert lockstep(*call, "--allow-remote-refs").code == 0
    host.asked.clear()
    ended = lockstep(*call)
    assert ended.code == 2
    assert "reference-remote" in ended.err
    assert host.asked == []


def test_what_has_changed_is_refused_where_all_was_up_to_date(
    lockstep: Lockstep, folder: Path, host: Host
) -> None:
    call = ("generate", write(folder, f"{host.url}/pets.yaml#/Pet"), "-o", "out", "--name", "pets")
    assert lockstep(*call, "--allow-remote-refs").code == 0
    host.answers["/more/owner.yaml"] = OWNER + b"# different\n"
    ended = lockstep(*call, "--allow-remote-refs", "--check")
    assert (ended.code, ended.out) == (2, "")
    assert "reference-changed" in ended.err


def test_what_has_changed_is_refused(lockstep: Lockstep, folder: Path, host: Host) -> None:
    spec = write(folder, f"{host.url}/pets.yaml#/Pet")
    assert lockstep("check", spec, "--allow-remote-refs").code == 0
    host.answers["/more/owner.yaml"] = OWNER + b"# different\n"
    lock = (folder / "lockstep.lock").read_bytes()
    ended = lockstep("dump", spec, "--allow-remote-refs")
    assert ended.code == 2
    assert f"{host.url}/pets.yaml:6:13 reference-changed" in ended.err
    assert (folder / "lockstep.lock").read_bytes() == lock
    assert ended.out == ""


@pytest.mark.parametrize(
    ("path", "said"), [("/gone.yaml", "answered 404"), ("/moved", "answered 302")]
)
def test_what_cannot_be_read_points_nowhere(
    path: str, said: str, lockstep: Lockstep, folder: Path, host: Host
) -> None:
    ended = lockstep("check", write(folder, f"{host.url}{path}#/Pet"), "--allow-remote-refs")
    assert ended.code == 2
    assert "reference-nowhere" in ended.err
    assert said in ended.err
    assert not (folder / "lockstep.lock").exists()


@pytest.mark.parametrize(
    "reference",
    ["file:///etc/passwd#/a", "ftp://127.0.0.1/a", "//127.0.0.1/a", "http://me:secret@127.0.0.1/a"],
)
def test_only_http_without_credentials_is_read(
    reference: str, lockstep: Lockstep, folder: Path
) -> None:
    ended = lockstep("check", write(folder, reference), "--allow-remote-refs")
    assert ended.code == 2
    assert "reference-remote" in ended.err


def test_a_document_elsewhere_cannot_lead_back_to_files(
    lockstep: Lockstep, folder: Path, host: Host
) -> None:
    host.answers["/pets.yaml"] = b"Pet: {$ref: '/etc/hostname'}\nB: {$ref: 'file:///etc/hostname'}"
    spec = write(folder, f"{host.url}/pets.yaml#/Pet")
    assert lockstep("check", spec, "--allow-remote-refs").code == 2
    assert "/etc/hostname" in host.asked


def test_a_lock_file_that_cannot_be_read_ends_the_command(
    lockstep: Lockstep, folder: Path, host: Host
) -> None:
    (folder / "lockstep.lock").write_text("{")
    ended = lockstep("check", write(folder, f"{host.url}/pets.yaml#/Pet"), "--allow-remote-refs")
    assert ended.code == 2
    assert "lockstep.lock" in ended.err
    assert host.asked == []

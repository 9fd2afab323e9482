"""`lockstep test`: what is left out, what may be deleted, TLS, proxies, the configuration, Ctrl-C."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from generator.api.exchange import Request, Response
from generator.cli.main import run
from generator.mock import MockApp, app_for, serve
from tests.described import described
from tests.mutants.planted import Of, gets, plant
from tests.unit.contract.servers import Answer, Interrupted, serving
from tests.unit.contract.shelf import SHELF, shelf_api

API = shelf_api()
OWN = ("--only", "smoke", "--only", "laws", "--only", "negatives")


@pytest.fixture(name="spec", autouse=True)
def _spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("shelf.yaml").write_text(described(SHELF))
    return "shelf.yaml"


class Seen:
    """A mock that keeps the lines of what it was asked."""

    def __init__(self, app: MockApp) -> None:
        self.app = app
        self.asked: list[tuple[str, str]] = []

    def __call__(self, request: Request) -> Response:
        """Answer as the mock does."""
        self.asked.append((request.method, request.target.partition("?")[0]))
        return self.app.answer(request)

    def count(self, of: Of) -> int:
        """How many calls were of this kind."""
        return sum(of(Request(method, path)) for method, path in self.asked)


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """The report in JSON."""
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "words",
    [
        ("--exclude-operation", "updateBook"),
        ("--exclude-operation", "PATCH /shelves/{shelf}/books/{book}"),
        ("--exclude-path", "/shelves/*/books/{book}"),
    ],
)
def test_what_is_excluded_is_never_called(
    spec: str, words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    server = Seen(app_for(API))
    with serving(server) as url:
        run(["test", spec, "--url", url, *OWN, *words, "--format", "json"])
    assert server.count(Of("PATCH", "/shelves/*/books/*")) == 0
    assert "updateBook" not in {each["operation"] for each in told(capsys)["operations"]}


def test_schemathesis_leaves_out_what_is_excluded(spec: str) -> None:
    server = Seen(app_for(API))
    with serving(server) as url:
        words = ("--only", "schemathesis", "--exclude-operation", "createShelf")
        assert run(["test", spec, "--url", url, *words]) in (0, 1)
    assert server.asked
    assert server.count(Of("POST", "/shelves")) == 0


def test_laws_and_parts_are_excluded(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = plant(app_for(API), gets(lambda _, response: response.status == 409, 204))
    with serve(wrong) as server:
        call = ["test", spec, "--url", server.url, *OWN, "--exclude-part", "negatives"]
        assert run([*call, "--format", "json"]) == 1
        assert [each["part"] for each in told(capsys)["parts"]] == ["smoke", "laws"]
        run([*call, "--exclude-law", "guard", "--format", "json"])
        assert "guard" not in {each["rule"] for each in told(capsys)["findings"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--exclude-operation", "nothing"), "no operation 'nothing'"),
        (("--exclude-tag", "nothing"), "no tag 'nothing'"),
        (("--exclude-path", "/nothing"), "no path '/nothing'"),
        (("--allow-destructive", "nothing"), "no operation 'nothing'"),
        (("--ca-bundle", "none.pem"), "none.pem"),
        (("--client-certificate", "none.pem"), "none.pem"),
        (("--proxy", "ftp://host"), "http://"),
    ],
)
def test_what_names_nothing_ends_with_two(
    spec: str, words: tuple[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["test", spec, "--mock", *words]) == 2
    assert said in capsys.readouterr().err


def _closed(app: MockApp) -> Answer:
    """The server, on which nothing can be made and shelves can be removed."""

    def answer(request: Request) -> Response:
        return Response(403) if request.method == "POST" else app.answer(request)

    return answer


def test_what_the_run_did_not_make_is_deleted_only_when_allowed(
    spec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    app = app_for(API)
    for delete in (b"", b"again"):
        before = json.loads(app.answer(Request("GET", "/shelves")).body)
        with serving(_closed(app)) as url:
            words = ("--allow-destructive", "deleteBook") if delete else ()
            run(["test", spec, "--url", url, "--only", "smoke", *words, "--format", "json"])
        reached = {each["operation"] for each in told(capsys)["operations"] if each["reached"]}
        assert ("deleteBook" in reached) == bool(delete)
        assert json.loads(app.answer(Request("GET", "/shelves")).body) == before


def test_the_configuration_says_what_the_command_line_does_not(
    spec: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lockstep.toml").write_text("""
        [test]
        only = ["smoke"]
        seed = 7
        report = ["json=out.json"]
        [[api]]
        name = "shelf"
        spec = "shelf.yaml"
        [api.test]
        mock = true
        exclude-operation = ["updateBook"]
    """)
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert run(["test", "--format", "json", "--seed", "8"]) == 0
    report = told(capsys)
    assert report["seed"] == 8
    assert [each["part"] for each in report["parts"]] == ["smoke"]
    assert "updateBook" not in {each["operation"] for each in report["operations"]}
    assert json.loads((tmp_path / "out.json").read_text())["seed"] == 8


@pytest.mark.parametrize(
    ("line", "said"),
    [("nothing = 1", "'nothing' is no option"), ('only = ["nothing"]', "--only: 'nothing'")],
)
def test_a_wrong_configuration_ends_with_two(
    line: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lockstep.toml").write_text(
        f'[test]\nmock = true\n{line}\n[[api]]\nname = "shelf"\nspec = "shelf.yaml"\n'
    )
    assert run(["test"]) == 2
    assert said in capsys.readouterr().err


def _certificate(folder: Path, name: str) -> tuple[str, str]:
    """A certificate for 127.0.0.1, signed by itself, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    words = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN={name} -addext"
    words += f" subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"
    subprocess.run(words.split(), check=True, capture_output=True)
    return str(certificate), str(key)


@contextmanager
def _secure(app: MockApp, certificate: tuple[str, str], trusted: str) -> Generator[str]:
    """The app over TLS; callers must show a certificate that is trusted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(trusted)

    with serving(app.answer, context) as url:
        yield url


@pytest.mark.parametrize("part", ["smoke", "schemathesis"])
def test_tls_with_an_own_authority_and_a_certificate(
    spec: str, part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, mine = _certificate(tmp_path, "server"), _certificate(tmp_path, "client")
    trusting = ("--ca-bundle", own[0])
    showing = ("--client-certificate", mine[0], "--client-key", mine[1])
    with _secure(app_for(API), own, mine[0]) as url:
        others = (each.name for each in API.operations if each.name != "listShelves")
        call = ["test", spec, "--url", url, "--only", part, "--format", "json"]
        call += [word for name in others for word in ("--exclude-operation", name)]
        run([*call, *trusting, *showing])
        report = told(capsys)
        assert report["tested"]
        assert "no-answer" not in {each["rule"] for each in report["findings"]}
        assert run([*call, *showing]) == 2, "the server is not trusted"
        assert run([*call, *trusting]) == 2, "the caller is not trusted"


def test_a_proxy_carries_the_calls(spec: str) -> None:
    app, through = app_for(API), list[str]()

    def proxy(request: Request) -> Response:
        through.append(request.target)
        path = request.target.removeprefix("http://api.invalid")
        return app.answer(Request(request.method, path, request.headers, request.body))

    with serving(proxy) as url:
        call = ["test", spec, "--url", "http://api.invalid", "--proxy", url, "--only", "smoke"]
        assert run(call) == 0
    assert through
    assert all(each.startswith("http://api.invalid/") for each in through)


_INTERRUPTED = """
import signal
import sys
from generator.cli import main
# Whoever started the tests in the background made them deaf to it.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv[1:] = ["test", "shelf.yaml", "--url", sys.argv[1], "--only", "laws"]
main()
"""


def test_ctrl_c_says_what_could_not_be_removed(spec: str, tmp_path: Path) -> None:
    kept = plant(app_for(API), gets(lambda r, _: Of("DELETE", "/shelves/*")(r), 500))
    interrupted = Interrupted(kept.answer, lambda request: request.method == "POST")
    with serving(interrupted) as url:
        code, said = interrupted.run([sys.executable, "-c", _INTERRUPTED, url], tmp_path)
    assert code == 130
    assert "interrupted" in said
    assert "could not be removed: shelf" in said

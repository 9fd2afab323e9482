"""Secrets stand in no report, whatever a server does with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.api.exchange import Request, Response
from generator.cli.main import run
from generator.mock import app_for
from generator.report import FORMATS
from tests.described import api_of, described
from tests.unit.contract.servers import serving
from tests.unit.contract.shelf import SHELF

SECRET = "tr0ub4dor&<3>\"'ü"
SECURED = SHELF + "security: [{Key: []}]\n"


def with_scheme(text: str, scheme: str) -> str:
    """The description with a security scheme."""
    return text.replace("components:\n", f"components:\n  securitySchemes: {{Key: {scheme}}}\n", 1)


SCHEMES = {
    "key": ("{type: apiKey, in: header, name: X-Key}", "key:SHELF_SECRET"),
    "basic": ("{type: http, scheme: basic}", "basic:me:SHELF_SECRET"),
    "bearer": ("{type: http, scheme: bearer}", "bearer:SHELF_SECRET"),
}


@pytest.mark.parametrize("kind", SCHEMES)
def test_a_server_that_repeats_what_it_was_sent_does_not_leak_it(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scheme, auth = SCHEMES[kind]
    secret = SECRET if kind == "basic" else "tr0ub4dor-and-3"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHELF_SECRET", secret)
    text = with_scheme(SECURED, scheme)
    Path("shelf.yaml").write_text(described(text))
    app = app_for(api_of(text))

    def answer(request: Request) -> Response:
        right = app.answer(request)
        sent = request.header("Authorization") or request.header("X-Key") or ""
        body = json.dumps({"code": sent, "message": secret, "id": f"x{secret}x"}).encode()
        told = (*right.headers, ("X-Told", sent), ("Location", f"/{sent}"))
        if right.status < 300 and request.method == "GET":
            return Response(418, told, body)
        return Response(right.status, told, right.body)

    reports = [word for form in FORMATS for word in ("--report", f"{form}=report.{form}")]
    parts = [word for part in ("smoke", "laws", "auth") for word in ("--only", part)]
    with serving(answer) as url:
        code = run(["test", "shelf.yaml", "--url", url, "--auth", auth, *parts, *reports])
    assert code == 1
    printed = capsys.readouterr()
    texts = {form: Path(f"report.{form}").read_text() for form in FORMATS}
    texts |= {"stdout": printed.out, "stderr": printed.err}
    for form, told in texts.items():
        for shape in (
            secret,
            json.dumps(secret)[1:-1],
            json.dumps(secret, ensure_ascii=False)[1:-1],
        ):
            assert shape not in told, form
    assert "SHELF_SECRET" in texts["text"]

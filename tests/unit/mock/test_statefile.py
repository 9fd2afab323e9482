"""A state in a file: what was written stands after a restart; files that do not fit are refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from generator.api import Principal
from generator.api.exchange import Request, Response
from generator.mock import MockApp, StateFileError, app_for
from generator.mock.admitting import nonces
from generator.mock.serving.statefile import changes
from tests.described import api_of
from tests.unit.mock.shop import SHOP, value
from tests.unit.mock.test_auth import API as SECURED

API = api_of(SHOP)
JSON = (("Content-Type", "application/json"),)


def opened(path: Path, text: str = SHOP, seed: int = 0) -> MockApp:
    """The mock of a fragment with its state in a file."""
    return app_for(api_of(text), seed=seed, state=str(path))


def ask(app: MockApp, method: str, target: str, body: bytes = b"") -> Response:
    return app.answer(Request(method, target, JSON if body else (), body))


def test_what_was_written_stands_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "state"
    with closing(opened(file)) as app:
        made = value(ask(app, "POST", "/shelves", b'{"label":"n","note":"\xc3\xa9"}'))
        kept = ask(app, "GET", "/shelves").body
        tables = app.state.tables
    with closing(opened(file)) as again:
        assert ask(again, "GET", "/shelves").body == kept
        assert again.state.tables == {path: each for path, each in tables.items() if each}
        assert ask(again, "DELETE", f"/shelves/{made['id']}?sure=yes").status == 204
    with closing(opened(file)) as last:
        assert ask(last, "GET", f"/shelves/{made['id']}").status == 404
        assert value(ask(last, "GET", "/shelves"))["total"] == 2


def test_the_order_of_creation_stands(tmp_path: Path) -> None:
    file = tmp_path / "state"
    with closing(opened(file)) as app:
        shelf = next(iter(app.state.table(("shelf",))))
        first = value(ask(app, "GET", f"/shelves/{shelf}/books"))["items"][0]
        ask(app, "PATCH", f"/shelves/{shelf}", b'{"note":"changed"}')
    with closing(opened(file)) as again:
        assert next(iter(again.state.table(("shelf",)))) == shelf
        assert value(ask(again, "GET", f"/shelves/{shelf}/books"))["items"][0] == first


def test_no_identifier_comes_twice_across_runs(tmp_path: Path) -> None:
    found = set[str]()
    for _ in range(3):
        with closing(opened(tmp_path / "state")) as app:
            made = value(ask(app, "POST", "/shelves", b'{"label":"n","note":""}'))["id"]
            ask(app, "DELETE", f"/shelves/{made}?sure=yes")
            found.add(made)
    assert len(found) == 3


def test_a_nonce_of_an_earlier_run_is_stale(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "state")) as app:
        _, nonce = nonces.make(app.state)
    with closing(opened(tmp_path / "state")) as again:
        assert nonces.judge(again.state, nonce, 1, 300) is nonces.Verdict.STALE
        _, fresh = nonces.make(again.state)
        assert nonces.judge(again.state, fresh, 1, 300) is nonces.Verdict.FRESH


def test_principals_are_those_of_the_run(tmp_path: Path) -> None:
    who = (Principal("boss", "digest", "me", "secret"),)
    api = api_of(SECURED)
    for principals in ((), who):
        with closing(
            app_for(api, auth=True, principals=principals, state=str(tmp_path / "s"))
        ) as app:
            assert (app.principals == who) is bool(principals)


def test_a_file_of_another_description_is_refused(tmp_path: Path) -> None:
    opened(tmp_path / "state").close()
    for text in (SECURED, SHOP.replace("unique: [label]", "unique: []")):
        with pytest.raises(StateFileError, match=r"state: it holds the state of another desc"):
            opened(tmp_path / "state", text)
    opened(tmp_path / "state", SHOP.replace("description: x", "description: y")).close()


def test_what_is_no_state_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "text", tmp_path / "other"
    text.write_bytes(b"no database at all, however long it may be" * 20)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    for path in (text, other, tmp_path, tmp_path / "no" / "folder"):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(StateFileError, match=str(path)):
            opened(path)
        assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_file_serves_one_process_at_a_time(tmp_path: Path) -> None:
    with (
        closing(opened(tmp_path / "state")),
        pytest.raises(StateFileError, match="another process holds it"),
    ):
        opened(tmp_path / "state")


def test_what_cannot_be_kept_is_not_acknowledged(tmp_path: Path) -> None:
    app = opened(tmp_path / "state")
    before = app.state
    app.close()
    refused = ask(app, "POST", "/shelves", b'{"label":"n","note":""}')
    assert refused.status == 500
    assert app.state is before


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "state")) as app:
        before = app.state
        ask(app, "PUT", "/tags/a", b'{"size":1}')
        assert [path for path, _, _ in changes(before.tables, app.state.tables)] == [("tag",)]

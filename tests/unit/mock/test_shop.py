"""The roles, pages and refusals of the mock, on a small API of our own."""

from __future__ import annotations

import pytest

from generator.wire import link_target
from tests.unit.mock.shop import Caller, caller, value


@pytest.fixture(scope="module")
def fresh() -> Caller:
    """A caller whose model is compiled once; tests take copies of it."""
    return caller()


@pytest.fixture
def call(fresh: Caller) -> Caller:
    """A caller at the start."""
    return Caller(fresh.model)


def shelf(call: Caller, label: str = "b") -> str:
    """The id of a seeded shelf."""
    shelves = value(call("GET", "/shelves"))["items"]
    return str(next(each["id"] for each in shelves if each["label"] == label))


def test_a_list_is_ordered_as_declared(call: Caller) -> None:
    body = value(call("GET", "/shelves"))
    assert [each["label"] for each in body["items"]] == ["a", "b"]
    assert body["total"] == 2


def test_create_fills_what_the_server_writes_and_hides_secrets(call: Caller) -> None:
    made = value(call("POST", "/shelves", {"label": "c", "note": "n", "secret": "s"}))
    assert made.keys() == {"id", "label", "note", "changedAt"}
    assert value(call("GET", f"/shelves/{made['id']}")) == made


def test_a_duplicate_is_refused_and_changes_nothing(call: Caller) -> None:
    before = call.state
    refused = call("POST", "/shelves", {"label": "a", "note": "n"})
    assert (refused.status, value(refused)["code"]) == (409, "TAKEN")
    assert call.state is before


def test_update_tells_absent_null_and_value_apart(call: Caller) -> None:
    path = f"/shelves/{shelf(call)}"
    call("PATCH", path, {"colour": "red", "note": "new"})
    assert value(call("PATCH", path, {"label": "z"}))["colour"] == "red"
    cleared = value(call("PATCH", path, {"colour": None}))
    assert cleared["colour"] is None
    assert cleared["note"] == "new"


def test_null_takes_a_field_away_that_cannot_be_null(call: Caller) -> None:
    path = f"/shelves/{shelf(call)}"
    assert call("PATCH", path, {"note": None}).status == 200
    note = call.state.table(("shelf",))[path.rpartition("/")[2]].fields
    assert "note" not in note


def test_an_update_sets_the_time_of_change(call: Caller) -> None:
    path = f"/shelves/{shelf(call)}"
    before = value(call("GET", path))["changedAt"]
    assert value(call("PATCH", path, {"colour": "red"}))["changedAt"] > before


def test_replace_keeps_what_the_server_writes_and_drops_the_rest(call: Caller) -> None:
    path = f"/shelves/{shelf(call)}"
    before = value(call("PATCH", path, {"colour": "red"}))
    after = value(call("PUT", path, {"label": "q", "note": "n"}))
    assert after["id"] == before["id"]
    assert "colour" not in after


def test_a_field_that_a_replacement_leaves_out_takes_its_default_again(call: Caller) -> None:
    made = value(call("POST", "/shelves", {"label": "z", "note": "mine"}))
    path = f"/shelves/{made['id']}"
    call("PUT", path, {"label": "z"})
    assert call.state.table(("shelf",))[made["id"]].fields["note"] == "-"


def test_delete_wants_its_confirmation_and_takes_children_along(call: Caller) -> None:
    path = f"/shelves/{shelf(call)}"
    book = value(call("GET", f"{path}/books"))["items"][0]["id"]
    assert call("DELETE", path).status == 400
    assert call("DELETE", f"{path}?sure=no").status == 400
    assert call("GET", f"/books/{book}").status == 200
    assert call("DELETE", f"{path}?sure=YES").status == 204
    assert call("GET", path).status == 404
    assert call("GET", f"/books/{book}").status == 404


def test_upsert_creates_under_the_key_of_the_path_then_changes(call: Caller) -> None:
    assert call("PUT", "/tags/new", {"size": 1}).status == 201
    changed = call("PUT", "/tags/new", {"size": 2})
    assert (changed.status, value(changed)) == (200, {"name": "new", "size": 2})


def test_a_flat_path_finds_a_child_and_its_parent_fields_were_copied(call: Caller) -> None:
    book = value(call("GET", f"/shelves/{shelf(call)}/books"))["items"][0]
    host = (("Host", "mock.test:80"),)
    found = value(call("GET", f"/books/{book['id']}", headers=host))
    assert found["shelf"] == "b"
    assert found["links"] == [{"href": f"http://mock.test:80/books/{book['id']}", "rel": "self"}]


def test_pages_by_cursor_concatenate(call: Caller) -> None:
    path = f"/shelves/{shelf(call)}/books"
    first = value(call("GET", path))
    second = value(call("GET", f"{path}?after={first['next']}"))
    titles = [each["title"] for page in (first, second) for each in page["items"]]
    assert titles == ["one", "two", "three"]
    assert "next" not in second


def test_a_cursor_that_was_not_given_is_refused(call: Caller) -> None:
    assert call("GET", f"/shelves/{shelf(call)}/books?after=nonsense").status == 400


def test_pages_by_offset_tell_the_next(call: Caller) -> None:
    first = value(call("GET", "/shelves?limit=1", headers=(("Host", "h"),)))
    assert first["next"] == "http://h/shelves?limit=1&offset=1"
    last = value(call("GET", "/shelves?limit=1&offset=1"))
    assert [each["label"] for each in last["items"]] == ["b"]
    assert "next" not in last


def test_pages_by_link_field_lead_to_the_end(call: Caller) -> None:
    target: str | None = f"http://h/shelves/{shelf(call)}/titles"
    titles: list[str] = []
    for _ in range(5):
        assert target is not None
        page = call("GET", target.removeprefix("http://h"), headers=(("Host", "h"),))
        titles += [each["title"] for each in value(page)]
        target = link_target(page.header("link"), "next")
        if target is None:
            break
    assert titles == ["one", "two", "three"]


def test_a_filter_takes_several_values(call: Caller) -> None:
    path = f"/shelves/{shelf(call)}/books?size=9&title=ONE&title=three"
    assert [each["title"] for each in value(call("GET", path))["items"]] == ["one", "three"]


def test_an_operation_without_a_resource_answers_valid_data(call: Caller) -> None:
    weather = value(call("GET", "/weather"))
    assert weather["sky"] in ("grey", "blue")
    assert weather["wind"] % 5 == 0
    assert weather["wind"] >= 3


def test_errors_hold_what_their_schema_requires(call: Caller) -> None:
    body = value(call("GET", "/shelves/nowhere"))
    assert len(body.pop("trace")) == 36
    assert body == {"code": "MISSING", "status": 404, "message": "no shelf nowhere"}


def test_an_unlisted_fault_is_none_unless_the_schema_refuses(call: Caller) -> None:
    assert call("GET", "/weather?what=ever").status == 200
    made = call("POST", "/shelves", {"label": "r", "note": "n", "id": "12345678"})
    assert made.status == 201
    assert value(made)["id"] != "12345678"


def test_an_unknown_field_of_an_open_schema_is_refused_where_that_is_declared(call: Caller) -> None:
    assert call("POST", "/shelves", {"label": "r", "note": "n", "what": 1}).status == 422
    assert call("PATCH", f"/shelves/{shelf(call)}", {"what": 1}).status == 422


def test_the_same_history_gives_the_same_bytes(fresh: Caller) -> None:
    def history() -> list[bytes]:
        call = Caller(fresh.model)
        made = call("POST", "/shelves", {"label": "n", "note": "n"})
        return [made.body, call("GET", "/shelves").body]

    assert history() == history()


def test_another_seed_gives_other_ids(fresh: Caller) -> None:
    ids = {shelf(Caller(fresh.model, seed=seed)) for seed in range(3)}
    assert len(ids) == 3

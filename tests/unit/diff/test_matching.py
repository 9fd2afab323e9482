"""Which operation, parameter and media type of the one description is which of the other."""

from __future__ import annotations

from typing import Any

import pytest

from generator.api import Api
from generator.diff import matching
from generator.diff.matching import Prefixes
from tests.unit.diff.pairs import document, ids

FINE: dict[str, Any] = {"responses": {"200": {"description": "fine"}}}


def api(*paths: str, server: str = "/") -> Api:
    operations = {path: {"get": FINE} for path in paths}
    return document({"servers": [{"url": server}], "paths": operations})


def met(base: Api, revision: Api, prefixes: Prefixes = matching.NO_PREFIX) -> list[tuple[str, str]]:
    found = matching.operations(base, revision, prefixes)
    return [(old.path, new.path) for old, new in found.both]


def test_names_of_path_parameters_say_nothing() -> None:
    assert met(api("/orgs/{ORG-ID}"), api("/orgs/{orgId}")) == [("/orgs/{ORG-ID}", "/orgs/{orgId}")]


def test_equal_paths_meet_before_alike_ones() -> None:
    found = met(api("/a/{x}", "/a/me"), api("/a/me", "/a/{y}"))
    assert sorted(found) == [("/a/me", "/a/me"), ("/a/{x}", "/a/{y}")]


def test_a_last_slash_is_no_other_path() -> None:
    assert met(api("/a/"), api("/a")) == [("/a/", "/a")]


def test_a_server_path_is_no_part_of_the_path() -> None:
    found = ids(api("/a", server="https://x/v1"), api("/a", server="https://y/v2"))
    assert "api-server-path-changed" in found
    assert "endpoint-added" not in found
    assert not ids(api("/a", server="https://x/v1"), api("/a", server="https://y/v1"))


def test_a_prefix_in_the_paths_is_found() -> None:
    below = ["/orgs", "/orgs/{id}", "/orgs/{id}/users", "/users"]
    base, revision = api(*below, server="/v1"), api(*(f"/api/v2{each}" for each in below))
    assert matching.inferred(base, revision) == Prefixes("", "/api/v2")
    assert "endpoint-added" not in ids(base, revision)


def test_a_prefix_is_not_taken_by_chance() -> None:
    assert matching.inferred(api("/a/b"), api("/c/b")) == matching.NO_PREFIX
    same = api("/v1/a", "/v1/b", "/v1/c", "/v1/d")
    assert matching.inferred(same, same) == matching.NO_PREFIX


@pytest.mark.parametrize(
    ("path", "prefix", "left"),
    [
        ("/v1/a", "/v1", "/a"),
        ("/v1/a", "/v1/", "/a"),
        ("/v10/a", "/v1", "/v10/a"),
        ("/v1", "/v1", "/"),
        ("/a", "", "/a"),
    ],
)
def test_a_prefix_ends_where_a_segment_does(path: str, prefix: str, left: str) -> None:
    assert matching.cut(path, prefix) == left


def parameters(*names: tuple[str, str], path: str) -> Api:
    listed = [
        {"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}}
        for place, name in names
    ]
    return document({"paths": {path: {"get": {**FINE, "parameters": listed}}}})


def test_parameters_of_a_path_are_known_by_position() -> None:
    base = parameters(("path", "a"), ("path", "b"), path="/{a}/{b}")
    swapped = parameters(("path", "b"), ("path", "a"), path="/{b}/{a}")
    pairs = matching.parameters(base.operations[0], swapped.operations[0]).both
    assert [(old.name, new.name) for old, new in pairs] == [("a", "b"), ("b", "a")]


def test_names_of_headers_do_not_depend_on_case() -> None:
    assert not ids(
        parameters(("header", "X-Id"), path="/"), parameters(("header", "x-id"), path="/")
    )
    assert ids(parameters(("query", "Id"), path="/"), parameters(("query", "id"), path="/"))


def answering(**schemas: dict[str, Any]) -> Api:
    content = {name.replace("_", "/"): {"schema": schema} for name, schema in schemas.items()}
    answer = {"200": {"description": "fine", "content": content}}
    return document({"paths": {"/a": {"get": {"responses": answer}}}})


def test_another_version_beside_the_old_one_is_an_alternative() -> None:
    old = {"application_vnd.x.1+json": {"type": "string"}}
    both = {**old, "application_vnd.x.2+json": {"type": "integer"}}
    assert ids(answering(**old), answering(**both)) == {"response-media-type-added"}


def test_another_version_in_place_of_the_old_one_follows_it() -> None:
    old = answering(application_json={"type": "string"})
    new = answering(**{"application_vnd.x.2+json": {"type": "integer"}})
    assert ids(old, new) >= {
        "response-media-type-removed",
        "response-media-type-added",
        "response-body-type-changed",
    }


def test_text_does_not_follow_json() -> None:
    old = answering(application_json={"type": "string"})
    new = answering(text_csv={"type": "integer"})
    assert "response-body-type-changed" not in ids(old, new)

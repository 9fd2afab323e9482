"""Paths lead to templates: literal segments first, no empty parameters."""

from __future__ import annotations

import pytest

from generator.mock.reading.routes import Routes

TEMPLATES = [
    "/orgs",
    "/orgs/",
    "/orgs/{id}",
    "/orgs/pending",
    "/orgs/pending/x",
    "/orgs/{id}/users",
    "/users/{id}:close",
    "/users/{id}",
    "/files/{name}.{suffix}",
    "/a{b}/{c}",
    "/bills/",
    "/orgs/{id}/bills/",
]


@pytest.fixture(scope="module")
def routes() -> Routes[str]:
    """All templates, each leading to itself."""
    made: Routes[str] = Routes()
    for each in TEMPLATES:
        made.add(each, each)
    return made


@pytest.mark.parametrize(
    ("path", "template", "values"),
    [
        ("/orgs", "/orgs", []),
        ("/orgs/", "/orgs/", []),
        ("/bills", "/bills/", []),
        ("/bills/", "/bills/", []),
        ("/orgs/7/bills", "/orgs/{id}/bills/", ["7"]),
        ("/orgs/7", "/orgs/{id}", ["7"]),
        ("/orgs/pending", "/orgs/pending", []),
        ("/orgs/p%65nding", "/orgs/pending", []),
        ("/orgs/pending/users", "/orgs/{id}/users", ["pending"]),
        ("/orgs/a%2Fb", "/orgs/{id}", ["a%2Fb"]),
        ("/users/7:close", "/users/{id}:close", ["7"]),
        ("/users/7:open", "/users/{id}", ["7:open"]),
        ("/files/a.b.txt", "/files/{name}.{suffix}", ["a.b", "txt"]),
        ("/ab/c", "/a{b}/{c}", ["b", "c"]),
    ],
)
def test_a_path_finds_its_template(
    routes: Routes[str], path: str, template: str, values: list[str]
) -> None:
    assert routes.find(path) == (template, values)


@pytest.mark.parametrize(
    "path", ["", "/", "*", "orgs", "/orgs//users", "/orgs/1/", "/files/txt", "//"]
)
def test_other_paths_find_nothing(routes: Routes[str], path: str) -> None:
    assert routes.find(path) is None


def test_the_first_target_of_a_template_stays() -> None:
    made: Routes[dict[str, int]] = Routes()
    first = made.add("/a/{b}", {"GET": 1})
    assert made.add("/a/{c}", {}) is first

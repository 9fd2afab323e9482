"""What methods are called: operationIds without what only repeats the request."""

from __future__ import annotations

import pytest

from tests.unit.plan.planned import planned


def methods(*operations: tuple[str, str, str], tag: str = "t") -> list[str]:
    """The names of methods for operations: a verb, a path and an operationId each."""
    lines = [
        f"  {path}:\n    {verb}: {{operationId: {name}, tags: [{tag}], responses: {{}}}}"
        for verb, path, name in operations
    ]
    package, _ = planned("paths:\n" + "\n".join(lines) + "\n")
    [resource] = package.resources
    return [each.name for each in resource.methods]


@pytest.mark.parametrize(
    ("verb", "path", "name", "called"),
    [
        ("get", "/pets", "list_pets_pets_get", "list_pets"),
        ("delete", "/pets/{pet_id}", "delete_pet_pets__pet_id__delete", "delete_pet"),
        ("get", "/a/b-c.d", "read_a_b_c_d_get", "read"),
        ("get", "/pets", "_pets_get", "pets_get"),
        ("get", "/pets", "list_pets_post", "list_pets_post"),
        ("get", "/pets", "listPets", "list_pets"),
        ("get", "/pets", "PetsController_findAll", "find_all"),
        ("get", "/pets", "PetsController_list", "list_"),
        ("get", "/pets", "Controller_list", "controller_list"),
    ],
)
def test_path_and_method_are_not_said_again(verb: str, path: str, name: str, called: str) -> None:
    assert methods((verb, path, name)) == [called]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("gists/list-forks", "list_forks"),
        ("gists_create", "create"),
        ("GISTS.star", "star"),
        ("gists/list", "list_"),
        ("gists-2nd", "gists2_nd"),
        ("gistsStar", "gists_star"),
        ("gists", "gists"),
        ("gists/", "gists"),
    ],
)
def test_the_resource_is_not_said_again(name: str, called: str) -> None:
    assert methods(("get", "/gists", name), tag="Gists") == [called]


def test_the_resource_is_said_where_names_would_be_the_same() -> None:
    one, other = ("get", "/a", "t/list-a"), ("get", "/b", "list-a")
    assert methods(one, other, ("get", "/c", "t/see")) == ["t_list_a", "list_a", "see"]


def test_classes_are_named_after_the_whole() -> None:
    schema = "{type: object, properties: {x: {}}}"
    answer = f"{{'200': {{content: {{application/json: {{schema: {schema}}}}}}}}}"
    package, _ = planned(
        f"paths: {{/a: {{get: {{operationId: t/see, tags: [t], responses: {answer}}}}}}}"
    )
    assert [each.name for each in package.models.structs] == ["TSeeResponse"]


def test_they_are_where_names_would_be_the_same() -> None:
    one, other = ("get", "/a", "read_a_get"), ("get", "/b", "read_b_get")
    assert methods(one, other, ("get", "/c", "see_c_get")) == ["read_a_get", "read_b_get", "see"]


def test_methods_of_two_controllers_are_told_apart() -> None:
    one, other = ("get", "/a", "AController_see"), ("get", "/b", "BController_see")
    assert methods(one, other) == ["a_controller_see", "b_controller_see"]


def test_a_resource_is_called_without_its_being_a_controllers() -> None:
    lines = [
        f"  /{tag}:\n    get: {{operationId: get, tags: [{tag}], responses: {{}}}}"
        for tag in ("book-controller", "controller", "-controller")
    ]
    package, _ = planned("paths:\n" + "\n".join(lines) + "\n")
    assert [each.class_name for each in package.resources] == ["Book", "Controller", "Controller2"]

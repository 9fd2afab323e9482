"""What is inferred, from what, and where nothing is."""

from __future__ import annotations

import pytest

from generator.api.explain import explanation
from generator.api.infer import infer
from tests.described import api_of

NOTHING = "responses: {'200': {description: x}, '404': {description: x}}"
THING = (
    "{description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}"
)
THINGS = "{description: x, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}"
BODY = "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}"
ID = "[{name: thingId, in: path, required: true, schema: {type: string}}]"
PART = "[{name: thingId, in: path, required: true, schema: {type: string}}, {name: id, in: path, required: true, schema: {type: string}}]"
API = f"""\
components:
  schemas:
    Thing: {{type: object, required: [id], properties: {{id: {{type: string, readOnly: true}}, name: {{type: string}}}}}}
paths:
  /things:
    get: {{operationId: list, responses: {{"200": {THINGS}}}}}
    post: {{operationId: make, {BODY}, responses: {{"201": {THING}}}}}
  /things/{{thingId}}:
    parameters: {ID}
    get: {{operationId: read, responses: {{"200": {THING}, "404": {{description: x}}}}}}
    put: {{operationId: replace, {BODY}, responses: {{"200": {THING}}}}}
    patch: {{operationId: update, {BODY}, responses: {{"200": {THING}}}}}
    delete: {{operationId: remove, responses: {{"204": {{description: x}}}}}}
  /things/{{thingId}}/parts/{{id}}:
    parameters: {PART}
    get: {{operationId: readPart, responses: {{"200": {THING}, "404": {{description: x}}}}}}
    put: {{operationId: putPart, {BODY}, responses: {{"200": {THING}}}}}
"""


def roles(text: str) -> dict[str, str]:
    """By operation the role and resource that were inferred."""
    uses = {each.name: each.behaviours.resource for each in infer(api_of(text)).api.operations}
    return {name: f"{use.role} {use.resource}" for name, use in uses.items() if use is not None}


def test_paths_and_methods_tell_roles() -> None:
    assert roles(API) == {
        "list": "list things",
        "make": "create things",
        "read": "read things",
        "replace": "replace things",
        "update": "update things",
        "remove": "delete things",
        "readPart": "read parts",
        "putPart": "upsert parts",
    }


def test_what_nobody_learns_a_key_of_is_no_resource() -> None:
    read_only = f"""\
components:
  schemas:
    Thing: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}
paths:
  /things/{{thingId}}:
    parameters: {ID}
    get: {{operationId: read, responses: {{"200": {THING}, "404": {{description: x}}}}}}
"""
    assert roles(read_only) == {}


def test_families_follow_from_paths() -> None:
    inferred = infer(api_of(API))
    parts = inferred.api.behaviours.resources["parts"]
    assert (parts.parent, parts.key) == ("things", "id")
    read = inferred.api.operation("readPart")
    assert read is not None
    assert read.behaviours.resource is not None
    assert read.behaviours.resource.parameters == {"thingId": "things", "id": "parts"}
    assert inferred.resources == {"things", "parts"}


@pytest.mark.parametrize(
    "change",
    [
        (
            "properties: {id: {type: string, readOnly: true}, name",
            "properties: {ident: {type: string}, title",
        ),
        ("/things/{thingId}", "/things/{thingId}.json"),
        ("/things", "/{any}"),
    ],
)
def test_what_is_not_plain_is_not_inferred(change: tuple[str, str]) -> None:
    text = API.partition("  /things/{thingId}/parts")[0].replace(*change)
    text = text.replace("required: [id]", "required: []")
    if "any" in change[1]:
        text = text.replace(ID, ID[:-1] + ", {name: any, in: path, required: true, schema: {}}]")
        text = text.replace(
            "  /{any}:\n",
            "  /{any}:\n    parameters: [{name: any, in: path, required: true, schema: {}}]\n",
        )
    assert roles(text) == {}


@pytest.mark.parametrize(
    ("collection", "item"), [("/things/", "/things/{thingId}"), ("/things/", "/things/{thingId}/")]
)
def test_slashes_at_the_end_say_nothing(collection: str, item: str) -> None:
    text = API.replace("  /things:", f"  {collection}:")
    text = text.replace("  /things/{thingId}:", f"  {item}:")
    assert roles(text.replace("parts/{id}:", "parts/{id}/:")) == roles(API)


WITHOUT_404 = API.partition("  /things/{thingId}/parts")[0].replace('"404"', '"422"')
MAKING = f'    post: {{operationId: make, {BODY}, responses: {{"201": {THING}}}}}\n'
REMOVING = '    delete: {operationId: remove, responses: {"204": {description: x}}}\n'


@pytest.mark.parametrize("without", ["", MAKING, REMOVING])
def test_what_comes_or_goes_may_be_missing_though_no_404_says_so(without: str) -> None:
    assert WITHOUT_404.count(without)
    assert roles(WITHOUT_404.replace(without, ""))["read"] == "read things"


def test_what_neither_comes_nor_goes_nor_may_be_missing_is_no_resource() -> None:
    assert roles(WITHOUT_404.replace(MAKING, "").replace(REMOVING, "")) == {}


def test_what_nobody_shows_when_it_is_made_is_no_resource_without_a_404() -> None:
    silent = MAKING.replace(THING, "{description: x}")
    listing = next(line for line in WITHOUT_404.splitlines(True) if "operationId: list," in line)
    assert roles(WITHOUT_404.replace(MAKING, silent).replace(listing, "")) == {}


@pytest.mark.parametrize(("answered", "makes"), [(THING, True), (THINGS, False)])
def test_a_call_that_takes_nothing_makes_what_it_gives(answered: str, makes: bool) -> None:
    making = f'    post: {{operationId: make, responses: {{"200": {answered}}}}}\n'
    assert (roles(API.replace(MAKING, making)).get("make") == "create things") is makes


def test_a_path_that_asks_for_other_keys_is_left_alone() -> None:
    other = PART.replace("{type: string}", "{type: string, pattern: '^[0-9]$'}", 1)
    assert "readPart" not in roles(API.replace(PART, other))


def test_what_is_declared_wins() -> None:
    declared = API.replace(
        "operationId: list,", "operationId: list, x-lockstep-resource: {resource: own, role: list},"
    )
    text = (
        declared + "x-lockstep-resources: {own: {schema: '#/components/schemas/Thing', key: id}}\n"
    )
    assert roles(text)["list"] == "list own"
    assert infer(api_of(text)).resources == {"things", "parts"}


def test_names_do_not_collide() -> None:
    twice = API.replace("parts", "things").replace("readPart", "readInner")
    assert roles(twice)["readInner"] == "read things.things"


def test_nothing_to_infer_leaves_the_api_as_it_is() -> None:
    api = api_of(f"paths: {{/ping: {{get: {{operationId: ping, {NOTHING}}}}}}}")
    assert infer(api).api is api


def test_an_explanation_says_from_what() -> None:
    said = list(explanation(api_of(API)))
    assert "resource things: kept by id (inferred from GET /things/{thingId})" in said
    assert "make: create things (inferred from its path, method and schemas)" in said


def test_a_parameter_that_names_a_field_behind_its_resource_is_that_field() -> None:
    named = API.replace("thingId", "thingName")
    assert infer(api_of(named)).api.behaviours.resources["things"].key == "name"

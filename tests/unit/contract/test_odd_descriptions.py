"""What published descriptions do: their mocks are right, and the suite has nothing to say of them."""

from __future__ import annotations

import pytest

from generator.api import Api
from generator.compose.twin import MockTwin
from generator.contract import Finished, Options, Target, run
from generator.contract.calling.callers import together
from generator.mock import app_for, serve
from generator.report import Finding, Severity
from tests.described import api_of

OWN = ("smoke", "laws", "negatives", "auth", "lockstep")
FINE = "responses: {'200': {description: Fine.}}"
THING = """
components:
  schemas:
    Thing: {type: object, required: [id], properties: {id: %s, name: %s}}
    New: {type: object, required: [name], properties: {name: %s}}
paths:
  /things:
    get:
      operationId: listThings
      responses:
        "200": &many
          description: All
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}
    post:
      operationId: createThing
      requestBody: &new
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/New"}}}
      responses:
        "201": &one
          description: One
          content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getThing, responses: {"200": *one, "404": {description: None.}}}
    delete: {operationId: deleteThing, responses: {"204": {description: Gone.}}}
    patch:
      operationId: updateThing
      parameters: [{name: If-Match, in: header, required: true, schema: {type: string}}]
      requestBody: *new
      responses: {"200": *one, "404": {description: None.}, "412": {description: Changed.}}
"""
TEXT = "{type: string}"
SECURED = """
components:
  securitySchemes:
    Key: {type: apiKey, in: header, name: Authorization}
    Bearer: {type: http, scheme: bearer}
paths:
  /a/{b}:
    parameters: [{name: b, in: path, required: true, schema: {type: string}}]
    get: {operationId: a, security: SECURITY, RESPONSES}
"""
ODD = {
    "what is read takes less than what is written": THING % (TEXT, "{enum: [a, b]}", TEXT),
    "what is read is never null": THING % (TEXT, TEXT, "{type: [string, 'null']}"),
    "identifiers begin alike": THING % ("{type: string, pattern: ^thing}", TEXT, TEXT),
    "texts are short": THING % (TEXT, TEXT, "{type: string, minLength: 3, maxLength: 3}"),
    "what is put where nothing is": THING % (TEXT, TEXT, TEXT)
    + """
    put:
      operationId: putThing
      requestBody: *new
      responses: {"201": {description: Made.}, "204": {description: Changed.}}
""",
    "nobody need sign": SECURED.replace("SECURITY", "[{Key: []}, {}]").replace("RESPONSES", FINE),
    "one field for two schemes": SECURED.replace("SECURITY", "[{Key: [], Bearer: []}]").replace(
        "RESPONSES", "responses: {'200': {description: Fine.}, '401': {description: No.}}"
    ),
    "a path takes a listed value in place of a key": THING % (TEXT, TEXT, TEXT)
    + """
  /things/{thing}/search:
    parameters: [{name: thing, in: path, required: true, schema: {const: "~"}}]
    post: {operationId: search, responses: {"200": {description: Fine.}}}
""",
    "headers that the connection says": """
paths:
  /a:
    put:
      operationId: a
      parameters:
      - {name: Content-Length, in: header, required: true, schema: {type: integer}}
      - {name: Content-Type, in: header, required: true, schema: {type: string}}
      requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
      responses: {"200": {description: Fine.}}
""",
    "a media type that is none": """
paths:
  /a: {get: {operationId: a, responses: {"200": {description: Fine., content: {gzip: {schema:
    {type: string, format: binary}}}}}}}
""",
    "a body that cannot be drawn": """
paths:
  /a:
    post:
      operationId: a
      parameters: [{name: q, in: query, schema: {type: integer}}]
      requestBody: {required: true, content: {application/json: {schema: {type: object,
        required: [b], properties: {b: {type: string, pattern: "(?!)"}}}}}}
      responses: {"200": {description: Fine.}}
""",
    "no success is described": """
paths: {/a: {get: {operationId: a, responses: {"404": {description: None.}}}}}
""",
    "the only success leads elsewhere": """
paths: {/a: {get: {operationId: a, responses: {"302": {description: There.}}}}}
""",
}
UNREACHED = frozenset({"a body that cannot be drawn"})


def findings(api: Api) -> tuple[Finding, ...]:
    """What the suite's own parts say of the mock."""
    app = app_for(api, auth=True)
    with serve(app) as server:
        target = Target(server.url, app.principals, disposable=True)
        options = Options(seed=1, only=OWN, max_sequences=5)
        last = list(run(api, {}, target, options, MockTwin(api)))[-1]
    assert isinstance(last, Finished)
    return last.report.findings


@pytest.mark.parametrize("name", ODD)
def test_the_mock_of_an_odd_description_is_not_accused(name: str) -> None:
    found = findings(api_of(ODD[name]))
    errors = {each.rule for each in found if each.severity is Severity.ERROR}
    assert errors == ({"unreached"} if name in UNREACHED else set())


def test_of_schemes_that_share_a_field_one_is_sent() -> None:
    api = api_of(ODD["one field for two schemes"])
    principals = app_for(api, auth=True).principals
    assert {each.scheme for each in principals} == {"Key", "Bearer"}
    (operation,) = api.operations
    for each in principals:
        assert together(api, operation, each, principals) == (each,)


def test_a_success_where_none_is_described_is_a_warning() -> None:
    (found,) = findings(api_of(ODD["no success is described"]))
    assert (found.rule, found.severity) == ("undocumented-status", Severity.WARNING)

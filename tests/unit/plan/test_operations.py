"""Operations become methods: signatures, facts, pages, answers and what is said of them."""

from __future__ import annotations

import pytest

from generator.plan import Call, Code, MethodView, surface
from tests.unit.plan.planned import planned


def method_of(
    operation: str, *, path: str = "/things/{id}", method: str = "get", more: str = ""
) -> MethodView:
    package, _ = planned(f"paths:\n  {path}:\n    {method}:\n{operation}{more}")
    return package.resources[0].methods[0]


OK = '      responses: {"204": {description: Done.}}\n'


def test_path_and_body_come_by_position_and_the_rest_by_name() -> None:
    view = method_of(
        """\
      operationId: putThing
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, default: 5}}
        - {name: X-Must, in: header, required: true, schema: {type: string}}
      requestBody: {required: true, content: {application/json: {schema: {type: array, items: {type: string}}}}}
""" + OK,
        method="put",
    )
    assert view.signature == (
        "self",
        "id: str",
        "body: list[str]",
        "*",
        "x_must: str",
        "limit: int | UnsetType = UNSET",
        "options: Options | None = None",
    )
    assert view.call == Call(
        "self._caller.call",
        (
            Code("_PUT_THING"),
            {"id": Code("id"), "X-Must": Code("x_must"), "limit": Code("limit")},
            Code("body"),
        ),
        {"options": Code("options")},
    )


def test_one_name_in_two_places_is_sent_under_two_keys() -> None:
    view = method_of("""\
      operationId: getThing
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: id, in: query, schema: {type: string}}
""" + OK)
    assert view.signature[1:4] == ("id: str", "*", "id_query: str | UnsetType = UNSET")
    assert view.fact.keywords["parameters"] == (
        Call("Parameter", ("id", "path"), {"argument": "path:id"}),
        Call("Parameter", ("id", "query"), {"argument": "query:id"}),
    )


def test_a_place_in_the_path_that_nothing_describes_takes_text() -> None:
    assert method_of(f"      operationId: getThing\n{OK}").signature[1] == "id: str"


def test_styles_are_stated_where_they_are_not_the_default() -> None:
    view = method_of(
        """\
      operationId: getThing
      parameters:
        - {name: a, in: query, style: deepObject, explode: true, schema: {type: object}}
        - {name: b, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: c, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: Accept, in: header, schema: {type: string}}
""" + OK,
        path="/things",
    )
    assert view.fact.keywords["parameters"] == (
        Call("Parameter", ("a", "query"), {"style": "deepObject", "explode": True}),
        Call("Parameter", ("b", "query"), {"explode": False}),
        Call("Parameter", ("c", "query"), {"media_type": "application/json"}),
    )


def test_envelope_and_rendering_are_not_exposed() -> None:
    view = method_of(
        """\
      operationId: getThing
      parameters:
        - {name: envelope, in: query, schema: {type: boolean}, x-lockstep-envelope: {}}
        - {name: pretty, in: query, schema: {type: boolean}, x-lockstep-representation: {kind: pretty}}
""" + OK,
        path="/things",
    )
    assert view.signature == ("self", "*", "options: Options | None = None")


def test_answers_say_what_is_accepted_and_what_a_call_returns() -> None:
    view = method_of("""\
      operationId: getThing
      responses:
        "200":
          description: Both.
          content:
            text/csv: {schema: {type: string}}
            application/vnd.acme+json: {schema: {type: array, items: {type: integer}}}
        "204": {description: None.}
        4XX: {description: Bad., content: {application/json: {schema: {type: object}}}}
        default: {description: Worse., content: {application/pdf: {}}}
""")
    assert view.returns == "list[int] | str | None"
    assert view.fact.keywords["accept"] == (
        "application/vnd.acme+json, text/csv, application/json, application/pdf"
    )
    assert view.fact.keywords["responses"] == (
        Call("Answer", ("200", "application/vnd.acme+json", Code("list[int]"))),
        Call("Answer", ("200", "text/csv", Code("str"))),
        Call("Answer", ("204",)),
        Call("Answer", ("4XX", "application/json", Code("dict[str, Any]"))),
        Call("Answer", ("default", "application/pdf", Code("bytes"))),
    )
    assert [answer.error for answer in view.reference.answers] == [
        "",
        "",
        "ClientError",
        "StatusError",
    ]


PAGED = """\
      operationId: listThings
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: size, in: query, schema: {type: integer, default: 20, maximum: 50}}
      x-lockstep-pagination: {style: page-number, page: page, size: size, items: /items, total: /total}
      responses:
        "200":
          description: A page.
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties:
                  items: {type: array, items: {type: string}}
                  total: {type: integer}
"""


def test_a_paged_operation_returns_pages_of_items() -> None:
    view = method_of(PAGED, path="/things")
    assert (view.returns, view.returns_async) == ("Page[str]", "AsyncPage[str]")
    assert view.fact.function == "PagedOperation[models.ListThingsResponse, str]"
    assert view.call.function == "self._caller.page"
    assert view.fact.keywords["page"] == Call(
        "PageNumber",
        keywords={
            "page": "page",
            "size": "size",
            "items": "/items",
            "total": "/total",
            "default_size": 20,
            "maximum": 50,
        },
    )


def test_read_only_fields_of_a_body_are_left_out_when_it_is_sent() -> None:
    view = method_of(
        """\
      operationId: putThing
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                id: {type: string, readOnly: true}
                parts: {type: array, items: {type: object, properties: {at: {type: string, readOnly: true}}}}
""" + OK,
        method="put",
    )
    body = view.fact.keywords["body"]
    said = {"omit": ("/id", "/parts/*/at"), "extra": True}
    assert body == Call("Body", ("application/json",), said)
    assert view.signature[2] == (
        "body: models.PutThingRequest | Mapping[str, Any] | UnsetType = UNSET"
    )


def test_the_docstring_says_limits_default_roles_and_errors() -> None:
    view = method_of("""\
      operationId: getThing
      summary: Get a thing
      x-lockstep-access: {roles: [OWNER, ADMIN]}
      parameters:
        - {name: limit, in: query, description: How many., schema: {type: integer, minimum: 1, maximum: 9, default: 5}}
      responses:
        "200": {description: Fine.}
        "404": {description: It is gone. Long ago.}
""")
    text = "\n".join(view.doc)
    assert view.doc[0] == "Get a thing."
    assert "Needs the role OWNER or ADMIN." in text
    assert "GET /things/{id}" in text
    assert "    limit: How many. 1 to 9. The server's default is `5`." in text
    assert "Raises:\n    NotFound: It is gone." in text


def test_security_is_an_or_of_ands() -> None:
    view = method_of(f"      operationId: getThing\n      security: [{{a: [], b: []}}, {{}}]\n{OK}")
    assert view.fact.keywords["security"] == (("a", "b"), ())


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://other.example/a?x=1", None),
        ("https://other.example/v2", "https://other.example/v2"),
        ("/v2", "https://api.example.com/v2"),
        ("//other.example", "https://other.example"),
        ("https://user:secret@other.example", None),
        ("https://{tenant}.example", None),
        ("file:///etc/passwd", None),
        ("not a URL", None),
    ],
)
def test_a_server_of_its_own_is_stated_where_it_is_a_url(url: str, address: str | None) -> None:
    package, said = planned(f"paths:\n  /a:\n    get:\n      servers: [{{url: '{url}'}}]\n" + OK)
    (method,) = package.resources[0].methods
    assert method.fact.keywords.get("server") == address
    if address is None:
        assert said == ["server-of-its-own /paths/~1a/get/servers/0"]
    else:
        assert said == []
        assert method.fact.keywords["instead_of"] == ("https://api.example.com",)


@pytest.mark.parametrize("example", ["null", "5", "[1]", "{a: 1}"])
def test_any_example_of_a_body_makes_a_call(example: str) -> None:
    body = (
        "      requestBody:\n        content:\n          application/json:\n"
        f"            {{schema: {{}}, example: {example}}}\n"
    )
    planned(f"paths:\n  /a:\n    post:\n{body}{OK}")


def test_operations_without_tag_or_id_are_named_by_their_path() -> None:
    package, _ = planned(f"paths:\n  /api/v2/pets/{{id}}/toys:\n    get:\n{OK}")
    (resource,) = package.resources
    assert (resource.module, resource.class_name) == ("pets", "Pets")
    assert resource.methods[0].name == "get_api_v2_pets_by_id_toys"


def test_a_tag_that_is_a_name_of_the_runtime_gets_another() -> None:
    package, _ = planned(f"paths:\n  /a:\n    get:\n      tags: [Page]\n{OK}")
    assert package.resources[0].class_name == "Page_"


def test_the_surface_has_names_and_signatures_by_pointer() -> None:
    package, _ = planned(f"paths:\n  /a:\n    get:\n      operationId: getA\n{OK}")
    found = surface(package)
    assert found.names["/paths/~1a/get"] == "get_a"
    assert found.signatures["/paths/~1a/get"] == (
        "(self, *, options: Options | None = None) -> None"
    )


def test_errors_in_common_are_stated_once() -> None:
    operation = """\
    get:
      operationId: OPERATION
      responses:
        "200": {description: Fine.}
        "400": {description: Bad., content: {application/json: {schema: {type: object}}}}
        "404": {description: Gone., content: {application/json: {schema: {type: object}}}}
"""
    package, _ = planned(
        "paths:\n  /a:\n"
        + operation.replace("OPERATION", "one")
        + "  /a/b:\n"
        + operation.replace("OPERATION", "two")
    )
    (resource,) = package.resources
    assert [name for name, _ in resource.constants] == ["_COMMON_ERRORS"]
    for method in resource.methods:
        assert method.fact.keywords["responses"] == (
            Call("Answer", ("200",)),
            Code("*_COMMON_ERRORS"),
        )


def test_xml_is_bytes_and_said_to_be() -> None:
    package, said = planned("""
        paths:
          /a:
            put:
              requestBody: {content: {application/xml: {schema: {type: object}}}}
              responses:
                "200": {description: ok, content: {application/atom+xml: {schema: {type: object}}}}
        """)
    (method,) = package.resources[0].methods
    assert method.returns == "bytes"
    assert [each.shown.text for each in method.arguments] == ["Content"]
    assert {each.split()[0] for each in said} == {"body-as-bytes"}
    assert len(said) == 2


def test_a_parameter_in_a_media_type_that_is_not_known_is_text() -> None:
    package, said = planned("""
        paths:
          /a:
            get:
              parameters: [{name: q, in: query, content: {application/x-q: {schema: {type: object}}}}]
              responses: {"204": {description: done}}
        """)
    (method,) = package.resources[0].methods
    assert [each.shown.text for each in method.arguments] == ["str"]
    assert [each.split()[0] for each in said] == ["body-as-text"]

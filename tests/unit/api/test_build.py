"""From a description to the neutral model."""

from __future__ import annotations

import pytest

from generator.api import Api, Operation
from generator.api.openapi import openapi
from generator.api.schema import Schema
from generator.diagnostics import Diagnostics
from tests.described import api_and_diagnostics, api_of, component, described, resolved_of


def schema_of(api: Api, name: str) -> Schema:
    return api.schemas[component(name)]


def operation_of(api: Api) -> Operation:
    (operation,) = api.operations
    return operation


def test_an_operation_inherits_from_path_and_document() -> None:
    api = api_of("""
        security: [{Key: []}]
        components:
          securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}
        paths:
          /things/{id}:
            parameters:
              - {name: id, in: path, required: true, schema: {type: string}}
              - {name: page, in: query, schema: {type: integer}}
            get:
              operationId: getThing
              parameters: [{name: page, in: query, required: true, schema: {type: string}}]
              responses: {"200": {description: fine}}
        """)
    operation = operation_of(api)
    assert [(each.name, each.required) for each in operation.parameters] == [
        ("id", True),
        ("page", True),
    ]
    assert [dict(each.schemes) for each in operation.security] == [{"Key": ()}]
    assert operation.servers[0].url == "https://api.example.com"
    assert operation.label == "GET /things/{id}"


def test_a_method_without_a_field_of_its_own_is_an_operation_too() -> None:
    body = """
        security: [{Key: []}]
        components:
          securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}
        paths:
          /things:
            parameters: [{name: page, in: query, schema: {type: integer}}]
            query: {operationId: queryThings, responses: {"200": {description: fine}}}
            additionalOperations:
              COPY: {operationId: copyThings, responses: {"204": {description: copied}}}
              Link: {responses: {"204": {description: linked}}}
        """
    query, copy, link = api_of(body, version="3.2.0").operations
    assert (query.method, copy.method, link.method) == ("QUERY", "COPY", "Link")
    assert (copy.id, link.label) == ("copyThings", "Link /things")
    assert [each.name for each in copy.parameters] == ["page"]
    assert copy.where.pointer == "/paths/~1things/additionalOperations/COPY"
    document = resolved_of(described(body, version="3.2.0"), Diagnostics())
    assert document is not None
    assert "security" not in str(openapi(document.root, without_security=True))


def test_an_operation_without_security_is_open_only_where_it_says_so() -> None:
    api = api_of("""
        security: [{Key: []}]
        components:
          securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}
        paths:
          /open: {get: {security: [], responses: {"200": {description: fine}}}}
        """)
    assert operation_of(api).security == ()


def test_parameter_styles_have_the_defaults_of_their_place() -> None:
    api = api_of("""
        paths:
          /things/{id}:
            get:
              parameters:
                - {name: id, in: path, required: true, schema: {type: string}}
                - {name: q, in: query, schema: {type: array, items: {type: string}}}
                - {name: h, in: header, schema: {type: string}}
                - {name: d, in: query, style: deepObject, schema: {type: object}}
              responses: {"200": {description: fine}}
        """)
    styles = [(each.style, each.explode) for each in operation_of(api).parameters]
    assert styles == [("simple", False), ("form", True), ("simple", False), ("deepObject", False)]


def test_a_reference_is_an_edge_and_a_cycle_is_one_too() -> None:
    api = api_of("""
        paths: {}
        components:
          schemas:
            Node: {type: object, properties: {next: {$ref: "#/components/schemas/Node"}}}
        """)
    node = schema_of(api, "Node")
    assert node.properties["next"] == node.where
    assert list(api.schemas) == [node.where]


def test_a_reference_with_siblings_is_an_all_of() -> None:
    api = api_of("""
        paths: {}
        components:
          schemas:
            Name: {type: string}
            Thing: {properties: {name: {$ref: "#/components/schemas/Name", maxLength: 3}}}
        """)
    name = api.schemas[schema_of(api, "Thing").properties["name"]]
    assert name.many("allOf") == (component("Name"),)
    assert name.keywords == {"maxLength": 3}


@pytest.mark.parametrize(
    ("version", "kept"),
    [("3.0.3", {"description": "d"}), ("3.1.0", {"description": "d", "minLength": 1})],
)
def test_siblings_of_a_reference_count_since_3_1(version: str, kept: dict[str, object]) -> None:
    api = api_of(
        """
        paths: {}
        components:
          schemas:
            Name: {type: string}
            Own: {$ref: "#/components/schemas/Name", description: d, minLength: 1}
        """,
        version=version,
    )
    assert schema_of(api, "Own").keywords == kept


def test_older_dialects_end_here() -> None:
    api = api_of(
        """
        paths: {}
        components:
          schemas:
            Size: {type: integer, nullable: true, minimum: 1, exclusiveMinimum: true, example: 3}
            Level: {type: string, nullable: true, enum: [low, high]}
        """,
        version="3.0.3",
    )
    size = schema_of(api, "Size")
    assert size.types == {"integer", "null"}
    assert size.keywords == {"exclusiveMinimum": 1, "examples": [3]}
    assert schema_of(api, "Level").enum == ("low", "high", None)


def test_the_enveloped_branch_of_an_answer_is_kept_apart() -> None:
    api = api_of("""
        paths:
          /thing:
            get:
              responses:
                "200":
                  description: fine
                  content:
                    application/json:
                      schema:
                        anyOf:
                          - $ref: "#/components/schemas/Thing"
                          - $ref: "#/components/schemas/Enveloped"
        components:
          schemas:
            Thing: {type: object}
            Enveloped: {type: object, x-lockstep-enveloped: true}
        """)
    (content,) = operation_of(api).responses[0].content
    assert (content.schema, content.enveloped) == (component("Thing"), component("Enveloped"))


def test_a_discriminator_maps_to_schemas() -> None:
    api = api_of("""
        paths: {}
        components:
          schemas:
            Cat: {type: object}
            Pet:
              oneOf: [{$ref: "#/components/schemas/Cat"}]
              discriminator:
                propertyName: kind
                mapping: {cat: Cat, tom: "#/components/schemas/Cat"}
        """)
    found = schema_of(api, "Pet").discriminator
    assert found is not None
    assert found.property == "kind"
    assert dict(found.mapping) == {"cat": component("Cat"), "tom": component("Cat")}


def test_server_variables_take_their_defaults() -> None:
    api, said = api_and_diagnostics("""
        paths:
          /thing:
            servers: [{url: "https://{host}/{stage}", variables: {host: {default: a.example}}}]
            get: {responses: {"200": {description: fine}}}
        """)
    assert not said
    assert api is not None
    assert operation_of(api).servers[0].url == "https://a.example/{stage}"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "paths: {}\nx-lockstep-nothing: 1\n",
            "5:1 extension-unknown no extension is named x-lockstep-nothing",
        ),
        (
            "paths: {}\nx-lockstep-guard: []\n",
            "5:1 extension-unknown x-lockstep-guard may not stand here; it belongs on: operation",
        ),
        (
            "paths: {}\nx-lockstep-version: {template: 1, current: a}\n",
            "5:22 extension-invalid x-lockstep-version: ",
        ),
        (
            "paths: {}\nx-lockstep-resources: {a: {schema: '#/components/schemas/A'}}\n",
            "5:28 extension-mismatch there is no schema '#/components/schemas/A'",
        ),
    ],
)
def test_a_wrong_extension_is_said_at_its_line(body: str, said: str) -> None:
    _, found = api_and_diagnostics(body)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_extensions_name_what_exists() -> None:
    _, said = api_and_diagnostics("""
        paths:
          /things:
            get:
              operationId: listThings
              x-lockstep-resource: {resource: thing, role: list}
              x-lockstep-pagination: {style: page-number, page: page}
              responses: {"200": {description: fine}}
        """)
    assert [each.partition(" ")[2] for each in said] == [
        "extension-mismatch there is no resource 'thing'",
        "extension-mismatch GET /things has no parameter 'page'",
    ]


def test_faults_receipts_and_visibility_name_what_exists() -> None:
    _, said = api_and_diagnostics("""
        x-lockstep-errors:
          formats: {text: {mediaType: text/plain, detail: ""}}
          faults: {not-found: {status: 404, format: text}, duplicate: {status: 409, format: list}}
        x-lockstep-resources:
          thing: {schema: "#/components/schemas/Thing", key: id}
        paths:
          /things:
            get:
              operationId: listThings
              x-lockstep-resource: {resource: thing, role: list}
              x-lockstep-visibility: {public: {shown: true}, ownOnly: mine}
              responses: {"200": {description: fine}}
            post:
              operationId: putThing
              x-lockstep-resource:
                resource: thing
                role: upsert
                receipt: {fields: {id: id, name: label}}
              x-lockstep-errors: {faults: {not-found: {status: 404, format: none}}}
              responses: {"200": {description: fine}}
        components:
          schemas:
            Thing: {type: object, properties: {id: {type: string}}}
          securitySchemes:
            Key:
              type: apiKey
              in: header
              name: Authorization
              x-lockstep-auth: {callersOf: Nobody}
        """)
    assert [each.partition(" ")[2].removeprefix("extension-mismatch ") for each in said] == [
        "there is no security scheme 'Nobody'",
        "there is no error format 'list'",
        "there is no error format 'none'",
        "GET /things has no parameter 'mine'",
        "#/components/schemas/Thing has no property 'shown'",
        "#/components/schemas/Thing has no property 'label'",
    ]


def test_a_scheme_may_have_the_callers_of_another() -> None:
    api = api_of("""
        paths: {}
        components:
          securitySchemes:
            Bearer:
              {type: http, scheme: bearer, x-lockstep-auth: {callersOf: Key, challenge: ""}}
            Key:
              type: apiKey
              in: header
              name: Authorization
              x-lockstep-auth: {implies: {admin: [reader]}, principals: [{name: ada}]}
        """)
    bearer, key = (api.behaviours.auth[name] for name in ("Bearer", "Key"))
    assert [each.name for each in bearer.principals] == ["ada"]
    assert bearer.implies == key.implies == {"admin": ["reader"]}
    assert (bearer.challenge, key.challenge) == ("", None)


def test_data_that_looks_like_an_extension_is_data() -> None:
    api_of("""
        paths: {}
        components:
          schemas:
            Thing: {type: object, examples: [{x-lockstep-nothing: 1}]}
        """)


def test_two_operations_with_one_id_are_reported() -> None:
    _, said = api_and_diagnostics("""
        paths:
          /a: {get: {operationId: same, responses: {"200": {description: fine}}}}
          /b: {get: {operationId: same, responses: {"200": {description: fine}}}}
        """)
    assert said == ["7:14 operation-id-duplicate operationId 'same' is also that of GET /a"]


def test_an_operation_whose_id_is_taken_is_known_by_its_path() -> None:
    api, said = api_and_diagnostics("""
        paths:
          /a: {get: {operationId: same, responses: {"200": {description: fine}}}}
          /b: {get: {operationId: same, responses: {"200": {description: fine}}}}
        """)
    assert api is not None
    assert [each.name for each in api.operations] == ["same", "GET /b"]
    assert [each.split()[1] for each in said] == ["operation-id-duplicate"]


def test_an_operation_that_says_nothing_is_one() -> None:
    assert [each.label for each in api_of("paths: {/a: {get: {}}}").operations] == ["GET /a"]

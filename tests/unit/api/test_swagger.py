"""Swagger 2.0 in the words of the neutral model."""

from __future__ import annotations

import textwrap

from generator.api import Api, Operation, build
from generator.diagnostics import Diagnostics, Where
from generator.document import load


def api_of(text: str) -> Api:
    head = "swagger: '2.0'\ninfo: {title: Old, version: '1'}\n"
    diagnostics = Diagnostics()
    written = (head + textwrap.dedent(text)).encode()
    resolved = load("api.yaml", diagnostics, reader=lambda _: written)
    assert resolved is not None
    api = build(resolved, diagnostics)
    assert api is not None
    assert not list(diagnostics)
    return api


def operation_of(text: str) -> tuple[Api, Operation]:
    api = api_of(text)
    (operation,) = api.operations
    return api, operation


def test_host_base_path_and_schemes_are_servers() -> None:
    api = api_of("""
        host: api.example.com
        basePath: /v1/
        schemes: [http, https, wss]
        paths: {}
        """)
    assert [each.url for each in api.servers] == [
        "https://api.example.com/v1",
        "http://api.example.com/v1",
    ]


def test_a_base_path_alone_is_a_server_without_host() -> None:
    assert [each.url for each in api_of("basePath: /v1\npaths: {}").servers] == ["/v1"]


def test_a_body_has_the_media_types_that_are_consumed() -> None:
    api, operation = operation_of("""
        consumes: [application/json, application/xml]
        parameters: {Pet: {in: body, name: pet, required: true, schema: {$ref: '#/definitions/Pet'}}}
        definitions: {Pet: {type: object, properties: {name: {type: string, x-nullable: true}}}}
        paths:
          /pets: {post: {parameters: [{$ref: '#/parameters/Pet'}], responses: {"200": {description: ok}}}}
        """)
    assert operation.parameters == ()
    assert operation.body is not None
    assert operation.body.required
    assert [each.media_type for each in operation.body.content] == [
        "application/json",
        "application/xml",
    ]
    place = operation.body.content[0].schema
    assert place == Where("api.yaml", "/definitions/Pet")
    assert place is not None
    pet = api.schema(place)
    assert pet.name == "Pet"
    assert api.schema(pet.properties["name"]).types == {"string", "null"}


def test_form_data_is_a_body_with_a_field_each() -> None:
    api, operation = operation_of("""
        paths:
          /files/{id}:
            parameters: [{in: path, name: id, required: true, type: integer}]
            post:
              parameters:
                - {in: formData, name: file, type: file, required: true}
                - {in: formData, name: tags, type: array, items: {type: string}, collectionFormat: multi}
              responses: {"200": {description: ok}}
        """)
    (parameter,) = operation.parameters
    assert parameter.schema is not None
    assert api.schema(parameter.schema).types == {"integer"}
    assert operation.body is not None
    (content,) = operation.body.content
    assert content.media_type == "multipart/form-data"
    assert content.encoding == {"tags": {"style": "form", "explode": True}}
    assert content.schema is not None
    form = api.schema(content.schema)
    assert form.required == ("file",)
    file = api.schema(form.properties["file"])
    assert file.types == {"string"}
    assert file.keywords["format"] == "binary"


def test_collection_formats_are_styles() -> None:
    formats = {
        "csv": ("form", False),
        "ssv": ("spaceDelimited", False),
        "pipes": ("pipeDelimited", False),
        "multi": ("form", True),
    }
    for name, (style, explode) in formats.items():
        _, operation = operation_of(f"""
            paths:
              /a:
                get:
                  parameters:
                    - {{in: query, name: q, type: array, items: {{type: string}}, collectionFormat: {name}}}
                  responses: {{"200": {{description: ok}}}}
            """)
        (parameter,) = operation.parameters
        assert (parameter.style, parameter.explode) == (style, explode)


def test_answers_have_the_media_types_that_are_produced() -> None:
    api, operation = operation_of("""
        produces: [text/plain]
        paths:
          /a:
            get:
              produces: [application/json]
              responses:
                "200":
                  description: ok
                  schema: {type: string}
                  headers: {X-Left: {type: integer, description: left}}
                  examples: {application/json: "x"}
                "204": {description: nothing}
        """)
    whole, empty = operation.responses
    (content,) = whole.content
    assert content.media_type == "application/json"
    assert [each.value for each in content.examples] == ["x"]
    (header,) = whole.headers
    assert header.schema is not None
    assert api.schema(header.schema).types == {"integer"}
    assert empty.content == ()


def test_security_definitions_are_schemes() -> None:
    api = api_of("""
        securityDefinitions:
          Plain: {type: basic}
          Key: {type: apiKey, in: header, name: X-Key}
          Tokens: {type: oauth2, flow: application, tokenUrl: 'https://a/t', scopes: {read: r}}
        paths: {}
        """)
    plain, key, tokens = api.security_schemes.values()
    assert (plain.kind, plain.scheme) == ("http", "basic")
    assert (key.location, key.parameter) == ("header", "X-Key")
    assert tokens.flows == {
        "clientCredentials": {"tokenUrl": "https://a/t", "scopes": {"read": "r"}}
    }


def test_a_discriminator_is_a_name_alone() -> None:
    api = api_of("""
        definitions: {Pet: {type: object, discriminator: kind, properties: {kind: {type: string}}}}
        paths: {}
        """)
    found = api.schema(Where("api.yaml", "/definitions/Pet")).discriminator
    assert found is not None
    assert found.property == "kind"

"""The specification's rules: every fault, at its line, in few words."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostics
from generator.document import Spans
from generator.document.metaschemas import is_pattern, is_url
from generator.document.validate import validate
from tests.unit.document.folder import Folder


def found(text: str, **files: str) -> list[tuple[str, str, str]]:
    """Code, position and message of everything the validator says."""
    folder = Folder(main_yaml=text, **files)
    resolved = folder.load()
    assert [each.code for each in folder.diagnostics] == []
    diagnostics = Diagnostics()
    validate(resolved, diagnostics)
    spans = Spans(resolved.documents.values())
    return [(each.code, str(spans.find(each.where)), each.message) for each in diagnostics]


HEADS = [
    f"openapi: {version}\ninfo: {{title: t, version: '1'}}\n" for version in ("3.0.3", "3.1.0")
]


@pytest.mark.parametrize("head", HEADS)
def test_a_sound_description_has_no_faults(head: str) -> None:
    text = head + (
        "servers: [{url: 'https://{host}/v1', variables: {host: {default: h}}}]\n"
        "paths:\n  /a/{id}:\n    get:\n"
        "      parameters: [{name: id, in: path, required: true, "
        "schema: {$ref: '#/components/schemas/Id'}}]\n"
        "      responses: {'200': {description: d}}\n"
        "components:\n  schemas:\n"
        "    Id: {type: string, pattern: '^[\\p{L}\\p{N}]{1,64}$', default: a}\n"
    )
    assert found(text) == []


@pytest.mark.parametrize("head", HEADS)
def test_all_faults_of_one_schema_are_found(head: str) -> None:
    text = head + (
        "paths: {}\ncomponents:\n  schemas:\n    S:\n      properties:\n"
        "        a: {type: strin}\n        b: {pattern: '['}\n        c: {minLength: x}\n"
    )
    places = {place for _, place, _ in found(text)}
    assert {"main.yaml:8:13", "main.yaml:9:13", "main.yaml:10:13"} <= places


@pytest.mark.parametrize("head", HEADS)
def test_faults_behind_references_are_told_at_their_own_place(head: str) -> None:
    text = head + (
        "paths:\n  /a:\n    post:\n      requestBody: {$ref: '#/components/requestBodies/B'}\n"
        "      parameters: [{$ref: '#/components/parameters/P'}]\n"
        "      responses: {'200': {description: d}}\n"
        "components:\n  requestBodies:\n"
        "    B: {content: {a/b: {schema: {$ref: '#/components/schemas/S'}}}}\n"
        "  parameters:\n    P: {name: p, in: query, schema: {type: integer, default: many}}\n"
        "  schemas:\n    S: {properties: {d: {type: string, default: 5}}}\n"
    )
    assert [(code, place) for code, place, _ in found(text)] == [
        ("invalid-example", "main.yaml:13:53"),
        ("invalid-example", "main.yaml:15:40"),
    ]


def test_other_files_are_served_from_memory() -> None:
    text = HEADS[0] + "paths: {}\ncomponents: {schemas: {S: {$ref: '../x.yaml#/S'}}}\n"
    folder = Folder()
    folder.files = {
        "a/b/main.yaml": text,
        "a/x.yaml": "S: {properties: {y: {default: 1, type: string}}}",
    }
    resolved = folder.load("a/b/main.yaml")
    diagnostics = Diagnostics()
    validate(resolved, diagnostics)
    assert [(each.code, each.where.document) for each in diagnostics] == [  # type: ignore[union-attr]
        ("invalid-example", "a/x.yaml")
    ]
    assert folder.asked == ["a/b/main.yaml", "a/x.yaml"]


def test_alternatives_are_narrowed_to_the_cause() -> None:
    text = HEADS[0] + (
        "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n"
        "          content:\n            application/json:\n              schema:\n"
        "                properties:\n                  deep: {type: 7}\n"
    )
    reported = found(text)
    assert {(code, place) for code, place, _ in reported} == {
        ("invalid-openapi", "main.yaml:13:26")
    }
    assert [message for _, _, message in reported] == [
        '7 is not of type "string"',
        '7 is not one of "array", "boolean" or 4 other candidates',
    ]


def test_strange_keys_are_named_one_by_one() -> None:
    text = HEADS[0] + "paths: {}\nstrange: 1\nodd: 2\n"
    assert [(place, message) for _, place, message in found(text)] == [
        ("main.yaml:4:1", '"strange" is not allowed here'),
        ("main.yaml:5:1", '"odd" is not allowed here'),
    ]


@pytest.mark.parametrize("head", HEADS)
def test_operations(head: str) -> None:
    text = head + (
        "paths:\n  /a/{x}:\n    get: {operationId: o, responses: {'200': {description: d}}}\n"
        "    put: {operationId: o, responses: {'200': {description: d}}}\n"
    )
    reported = [(code, place) for code, place, _ in found(text)]
    assert ("operation-id-duplicate", "main.yaml:6:11") in reported
    assert ("invalid-openapi", "main.yaml:5:5") in reported
    assert ("invalid-openapi", "main.yaml:6:5") in reported


@pytest.mark.parametrize(
    "text",
    [
        "paths: 5\n",
        "paths: {/a: {get: {parameters: [{}], responses: {}}}}\n",
        "paths: {/a: {get: 7, parameters: x}}\n",
        "components: {schemas: {S: 5}}\npaths: {}\n",
        "components: {schemas: {S: {allOf: {}, properties: []}}}\npaths: {}\n",
        "paths: []\ntags: [1]\n",
        "info: x\n",
    ],
)
@pytest.mark.parametrize("version", ["3.0.0", "3.1.0", "3.2.0"])
def test_what_trips_the_validator_is_still_only_reported(version: str, text: str) -> None:
    reported = found(f"openapi: {version}\n{text}")
    assert reported
    assert all("\n" not in message and len(message) <= 200 for _, _, message in reported)


def test_a_message_never_prints_a_whole_value() -> None:
    long = "x" * 5_000
    text = HEADS[0] + (
        f"paths: {{}}\ncomponents:\n  schemas:\n    S: {{type: integer, default: {long}}}\n"
        f"    T: {{type: {long}}}\n    U: {{enum: [a], default: [{long}]}}\n"
    )
    reported = found(text)
    assert len(reported) >= 3
    assert all(len(message) <= 200 and long not in message for _, _, message in reported)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^[\p{L}\p{N}\-_.(),:&@+']{1,64}$", True),
        (r"(?<year>\d{4})", True),
        (r"\Z", True),
        ("[", False),
        ("*a", False),
        ("a{2,1}", False),
    ],
)
def test_patterns(pattern: str, expected: bool) -> None:
    assert is_pattern(pattern) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/a?b=c#d", True),
        ("../relative", True),
        ("https://k\u00e4se.example", True),
        ("https://{tenant}.example.com/a%20b", True),
        ("ht<p://example.com", False),
        ("not a url", False),
        ("https://example.com/100%", False),
        (3, True),
    ],
)
def test_urls(url: object, expected: bool) -> None:
    assert is_url(url) is expected


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_what_is_a_url_by_the_specification_is_held_to_that(version: str) -> None:
    text = f"openapi: {version}\ninfo: {{title: t, version: '1', termsOfService: 'a b'}}\npaths: {{}}\n"
    assert [each[:2] for each in found(text)] == [("invalid-openapi", "main.yaml:2:32")]


def test_fields_of_xml_that_exclude_each_other() -> None:
    text = (
        "openapi: 3.2.0\ninfo: {title: t, version: '1'}\ncomponents:\n  schemas:\n"
        "    A: {xml: {nodeType: attribute}}\n    B: {xml: {attribute: true}}\n"
        "    C: {xml: {nodeType: element, wrapped: true}}\n"
    )
    assert [each[:2] for each in found(text)] == [("invalid-openapi", "main.yaml:7:34")]
    assert found(text.replace("3.2.0", "3.1.0")) == []


def test_a_schema_in_another_file_has_no_fields_of_its_own() -> None:
    text = (
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n"
        "components: {schemas: {A: {$ref: 'b.yaml#/B'}}}\n"
    )
    assert found(text, **{"b.yaml": "B: {type: object, name: B, x-name: B}\n"}) == [
        ("invalid-openapi", "b.yaml:1:19", '"name" is not allowed here')
    ]


@pytest.mark.parametrize(
    ("parameter", "told"),
    [
        ("{in: path, name: n, required: true, type: int}", ['"int" is not one of']),
        ("{in: path, name: n, type: string}", ['"required" is a required property']),
        (
            "{in: header, name: n, schema: {type: string}}",
            ['"type" is a required property', '"schema" is not allowed here'],
        ),
        ("{in: body, name: n}", ['"schema" is a required property']),
        ("{in: formData, name: n, type: flie}", ['"flie" is not one of']),
        ("{in: query, name: n, type: string, style: form}", ['"style" is not allowed here']),
    ],
)
def test_a_parameter_is_judged_as_the_kind_that_it_says_it_is(
    parameter: str, told: list[str]
) -> None:
    text = (
        "swagger: '2.0'\ninfo: {title: t, version: '1'}\npaths:\n  '/a/{n}':\n    post:\n"
        f"      parameters: [{parameter}]\n      responses: {{'200': {{description: d}}}}\n"
    )
    messages = [message for _, _, message in found(text) if "was not resolved" not in message]
    assert len(messages) == len(told)
    assert all(message.startswith(want) for message, want in zip(messages, told, strict=True))

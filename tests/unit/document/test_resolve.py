"""References: where they lead, which are none, and every fault at its line."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostics, Where
from generator.document import Spans, load
from tests.unit.document.folder import HEAD, Folder

MAIN = "main.yaml"


def test_chains_end_in_one_place() -> None:
    text = HEAD + (
        "components:\n  schemas:\n"
        "    A: {$ref: '#/components/schemas/B'}\n"
        "    B: {$ref: '#/components/schemas/C~1d%20e'}\n"
        "    C/d e: {type: string}\n"
    )
    folder = Folder(main_yaml=text)
    resolved = folder.load()
    end = Where(MAIN, "/components/schemas/C~1d e")
    for name in ("A", "B"):
        assert resolved.target(Where(MAIN, f"/components/schemas/{name}")) == end
        assert resolved.deref(Where(MAIN, f"/components/schemas/{name}")) == end
    assert resolved.deref(end) == end
    assert resolved.value(end) == {"type": "string"}
    assert len(folder.diagnostics) == 0


def test_files_are_read_once_each_and_by_names_relative_to_their_holder() -> None:
    folder = Folder()
    folder.files = {
        "api/main.yaml": HEAD + "components:\n  schemas:\n"
        "    A: {$ref: './parts/a%20b.yaml#/X'}\n    B: {$ref: 'parts/a b.yaml#/X/properties/y'}\n",
        "api/parts/a b.yaml": "X:\n  properties:\n    y: {$ref: '../../all.json'}\n"
        "    z: {$ref: '../main.yaml#/components/schemas/A'}\n    w: {$ref: '#/X'}\n"
        "Y: {$ref: nowhere.yaml}\n",
        "all.json": '{"type": "object", "properties": {"up": {"$ref": "api/main.yaml#/info"}}}',
    }
    resolved = folder.load("api/main.yaml")
    assert folder.asked == ["api/main.yaml", "api/parts/a b.yaml", "all.json"]
    assert list(resolved.documents) == folder.asked
    part = "api/parts/a b.yaml"
    assert resolved.target(Where(part, "/X/properties/y")) == Where("all.json")
    assert resolved.target(Where("api/main.yaml", "/components/schemas/B")) == Where("all.json")
    assert resolved.target(Where(part, "/X/properties/z")) == Where(part, "/X")
    assert resolved.target(Where(part, "/X/properties/w")) == Where(part, "/X")
    up = Where("all.json", "/properties/up")
    assert resolved.target(up) == Where("api/main.yaml", "/info")
    # What nothing refers to is not looked at.
    assert len(folder.diagnostics) == 0


def test_the_root_is_itself_however_its_path_is_spelled() -> None:
    folder = Folder()
    folder.files = {"./a/../main.yaml": HEAD + "x: {$ref: 'main.yaml#/info'}\n"}
    resolved = folder.load("./a/../main.yaml")
    assert len(folder.diagnostics) == 0
    assert resolved.target(Where("./a/../main.yaml", "/x")).pointer == "/info"
    assert folder.asked == ["./a/../main.yaml"]


def test_every_fault_is_reported_at_its_reference() -> None:
    text = HEAD + (
        "components:\n"
        "  schemas:\n"
        "    A: {$ref: '#/components/schemas/Gone'}\n"
        "    B: {$ref: 'gone.yaml#/x'}\n"
        "    C: {$ref: 'https://example.com/x.yaml'}\n"
        "    D:\n"
        "      items: {$ref: '#/components/schemas/D/items'}\n"
        "    E: {$ref: '#/components/schemas/F'}\n"
        "    F: {$ref: '#/components/schemas/E'}\n"
        "    G: {$ref: 'bad.yaml'}\n"
        "    H: {$ref: 5}\n"
        "    I: {$ref: '#missing'}\n"
        "    J: {$ref: 'gone.yaml#/y'}\n"
        "    K: {$ref: '//example.com/x'}\n"
        "    L: {$ref: '#/components/schemas/E'}\n"
        "    M: {$ref: '#/info/title/0'}\n"
        "    N: {items: [{$dynamicRef: '#m'}], $id: 'urn:x'}\n"
        "    O: {$ref: '#/components/schemas/Gone'}\n"
    )
    folder = Folder(main_yaml=text, bad_yaml="a: [")
    resolved = folder.load()
    assert folder.reported(resolved) == [
        ("syntax", "bad.yaml:2:1"),
        ("reference-nowhere", "main.yaml:5:9"),
        ("reference-nowhere", "main.yaml:6:9"),
        ("reference-remote", "main.yaml:7:9"),
        ("reference-loop", "main.yaml:9:15"),
        ("reference-loop", "main.yaml:10:9"),
        ("reference-loop", "main.yaml:11:9"),
        ("invalid-openapi", "main.yaml:13:9"),
        ("reference-nowhere", "main.yaml:14:9"),
        ("reference-nowhere", "main.yaml:15:9"),
        ("reference-remote", "main.yaml:16:9"),
        ("reference-nowhere", "main.yaml:18:9"),
        ("type-widened", "main.yaml:19:18"),
        ("base-ignored", "main.yaml:19:39"),
        ("reference-nowhere", "main.yaml:20:9"),
    ]
    assert folder.asked.count("gone.yaml") == 1
    with pytest.raises(LookupError):
        resolved.target(Where(MAIN, "/components/schemas/A"))
    with pytest.raises(LookupError):
        resolved.target(Where(MAIN, "/components/schemas/E"))


def test_recursion_through_a_schema_is_no_loop() -> None:
    text = HEAD + (
        "components:\n  schemas:\n"
        "    Tree: {properties: {child: {$ref: '#/components/schemas/Tree'}}}\n"
    )
    folder = Folder(main_yaml=text)
    resolved = folder.load()
    tree = Where(MAIN, "/components/schemas/Tree")
    assert resolved.deref(tree.at("properties", "child")) == tree
    assert len(folder.diagnostics) == 0


def test_what_is_data_is_no_reference() -> None:
    gone = "{$ref: '#/gone'}"
    text = HEAD + (
        f"x-any: {gone}\n"
        "paths:\n"
        f"  x-path: {gone}\n"
        "  /a:\n"
        "    get:\n"
        "      responses:\n"
        f"        x-response: {gone}\n"
        "        default: {$ref: '#/components/responses/example'}\n"
        "components:\n"
        "  responses:\n"
        f"    example: {{description: d, content: {{a/b: {{example: {gone}}}}}}}\n"
        "  examples:\n"
        f"    default: {{value: {gone}}}\n"
        "  schemas:\n"
        f"    S: {{default: {gone}, const: {gone}, enum: [{gone}], examples: [{gone}]}}\n"
        "    P: {properties: {$ref: {type: string}, $id: {type: string}}}\n"
    )
    folder = Folder(main_yaml=text)
    resolved = folder.load()
    assert folder.reported(resolved) == []


def test_names_that_look_like_keywords_are_no_keywords() -> None:
    gone = "{$ref: '#/gone'}"
    places = [
        f"components: {{schemas: {{example: {gone}}}}}",
        f"components: {{schemas: {{S: {{properties: {{default: {gone}}}}}}}}}",
        f"components: {{schemas: {{S: {{properties: {{x-a: {gone}}}}}}}}}",
        f"components: {{schemas: {{S: {{properties: {{properties: {gone}}}}}}}}}",
        f"components: {{headers: {{x-request-id: {gone}}}}}",
        f"components: {{examples: {{value: {gone}}}}}",
        f"components: {{parameters: {{enum: {gone}}}}}",
        "components: {callbacks: {c: {'{$url}': {post: {responses: "
        f"{{default: {gone}}}}}}}}}}}}}",
        f"components: {{schemas: {{S: {{allOf: [{{not: {gone}}}]}}}}}}",
        f"paths: {{/a: {{parameters: [{gone}]}}}}",
    ]
    for place in places:
        folder = Folder(main_yaml=HEAD + place + "\n")
        folder.load()
        assert [each.code for each in folder.diagnostics] == ["reference-nowhere"], place


def test_references_inside_extensions_count_once_something_refers_there() -> None:
    text = HEAD + (
        "x-shared:\n  A: {items: {$ref: '#/gone'}}\n"
        "components:\n  schemas:\n    B: {$ref: '#/x-shared/A'}\n"
    )
    folder = Folder(main_yaml=text)
    resolved = folder.load()
    assert folder.reported(resolved) == [("reference-nowhere", "main.yaml:4:15")]


def test_anchors() -> None:
    text = HEAD + (
        "components:\n  schemas:\n    A: {properties: {b: {$anchor: here, type: string}}}\n"
        "    C: {$ref: '#here'}\n    D: {$ref: 'other.yaml#there'}\n"
    )
    folder = Folder(main_yaml=text, other_yaml="[{$anchor: there}]")
    resolved = folder.load()
    assert len(folder.diagnostics) == 0
    assert resolved.target(Where(MAIN, "/components/schemas/C")) == Where(
        MAIN, "/components/schemas/A/properties/b"
    )
    assert resolved.target(Where(MAIN, "/components/schemas/D")) == Where("other.yaml", "/0")


def test_a_long_chain_is_followed_without_recursion() -> None:
    schemas = "".join(
        f"    S{i}: {{$ref: '#/components/schemas/S{i + 1}'}}\n" for i in range(5_000)
    )
    text = f"{HEAD}components:\n  schemas:\n{schemas}    S5000: {{}}\n"
    folder = Folder(main_yaml=text)
    resolved = folder.load()
    assert len(folder.diagnostics) == 0
    assert resolved.target(Where(MAIN, "/components/schemas/S0")).pointer.endswith("/S5000")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("- a", "not-a-mapping", "main.yaml:1:1"),
        ("", "not-a-mapping", "main.yaml:1:1"),
        ("info: {}\nswagger: '1.2'", "version-unsupported", "main.yaml:2:1"),
        ("info: {}\nopenapi: 3.9.0", "version-unsupported", "main.yaml:2:1"),
        ("openapi: 3.0", "version-unsupported", "main.yaml:1:1"),
        ("info: {}", "version-unsupported", "main.yaml:1:1"),
        ("a: [", "syntax", "main.yaml:2:1"),
    ],
)
def test_what_is_no_description(text: str, code: str, place: str) -> None:
    folder = Folder(main_yaml=text)
    assert load(MAIN, folder.diagnostics, reader=folder.read) is None
    (only,) = folder.diagnostics
    assert only.code == code
    if code == "version-unsupported":
        document = load(MAIN, Diagnostics(), reader=folder.read)
        assert document is None
    assert str(only.where).startswith(MAIN)


def test_a_missing_file() -> None:
    folder = Folder()
    assert load(MAIN, folder.diagnostics, reader=folder.read) is None
    (only,) = folder.diagnostics
    assert (only.code, str(only.where)) == ("file-unreadable", "main.yaml:1:1")
    assert "no such file" in only.message


def test_aliases_share_data_and_still_resolve() -> None:
    text = HEAD + ("x: &a {$ref: '#/info'}\ny: *a\ncomponents: {schemas: {S: *a}}\n")
    folder = Folder(main_yaml=text)
    resolved = folder.load()
    assert resolved.target(Where(MAIN, "/components/schemas/S")) == Where(MAIN, "/info")
    assert Spans(resolved.documents.values()).find(Where(MAIN, "/components/schemas/S")).line == 5

"""A rendered package is complete, checked, in Black's style, and the same every time."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import black
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.emit import Files
from generator.emit.manifest import read_manifest, sha256
from generator.plan.back_end import BACK_ENDS
from tests.unit.plan.planned import rendered, thing

BODY = thing(
    "        id: {type: string, readOnly: true}\n"
    "        kind: {enum: [a, b]}\n"
    "        veryLongNameOfAFieldThatHasManyWordsInItAndGoesOn: {type: [array, string, 'null'], items: {type: string}}",
    method="put",
)


@pytest.fixture(scope="module")
def files() -> Files:
    return rendered(BODY)


def test_every_file_is_there_and_sealed(files: Files) -> None:
    expected = {"README.md", "pyproject.toml", "docs/models.md", "docs/things.md"}
    expected |= {f"acme/{name}.py" for name in ("__init__", "client", "errors", "models", "things")}
    expected |= {"acme/py.typed", "acme/manifest.json", "acme/_runtime/__init__.py"}
    assert expected <= set(files.texts)
    manifest = read_manifest(files.texts["acme/manifest.json"].encode())
    assert manifest is not None
    assert manifest == files.manifest
    assert manifest.files == {
        path: sha256(text)
        for path, text in files.texts.items()
        if not path.endswith("manifest.json")
    }
    assert manifest.operations == [
        {"operation": "PUT /things", "id": "doThing", "python": "things.do_thing"}
    ]


def test_only_the_chosen_transport_is_vendored(files: Files) -> None:
    names = {path.split("/")[-1] for path in files.texts if "/_runtime/over_" in path}
    assert names >= {"over_httpx2.py", "over_httpx2_async.py"}
    assert all(name.startswith("over_httpx2") for name in names)


def test_only_the_chosen_models_are_vendored() -> None:
    one, other = (_vendored(rendered(BODY, library=library)) for library in BACK_ENDS)
    assert one.keys() - other.keys() == {"fitting.py", "learned.py", "shapes.py"}
    assert other.keys() - one.keys() == {"exact.py"}
    changed = {name for name in other if one.get(name, "") != other[name]} - {"exact.py"}
    assert changed == {"json_values.py", "models.py", "unions.py"}
    assert not any("_pydantic import" in text for text in other.values())


def _vendored(files: Files) -> dict[str, str]:
    runtime = "acme/_runtime/"
    texts = files.texts.items()
    return {path.removeprefix(runtime): text for path, text in texts if path.startswith(runtime)}


def test_examples_in_the_documentation_are_python(files: Files) -> None:
    blocks = [
        block
        for path, text in files.texts.items()
        if path.endswith(".md")
        for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    ]
    assert len(blocks) > 3
    for block in blocks:
        ast.parse(block)


def test_black_changes_nothing(files: Files) -> None:
    for path, text in files.texts.items():
        if path.endswith(".py") and "/_runtime/" not in path:
            assert black.format_str(text, mode=black.Mode()) == text, path


def test_no_line_is_wider_than_its_width_but_for_what_cannot_be_broken(files: Files) -> None:
    for path, text in files.texts.items():
        if path.endswith(".py") and "/_runtime/" not in path:
            assert max(map(len, text.splitlines())) <= 88, path


def test_the_same_description_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import sys, hashlib; sys.path.insert(0, '.')\n"
        "from tests.unit.emit.test_render import BODY\n"
        "from tests.unit.plan.planned import rendered\n"
        "print(hashlib.sha256(repr(sorted(rendered(BODY).texts.items())).encode()).hexdigest())"
    )
    root = Path(__file__).parents[3]
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


HOSTILE = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.text(alphabet="\"'\\`\n{}%#|<>()[] ;x", min_size=1, max_size=12),
    st.sampled_from(
        (
            '"""\nimport os\n"""',
            "{{ 7*7 }}",
            "{% raw %}",
            "x\n    import os",
            "# type: ignore",
            "\\",
        )
    ),
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_text_of_a_description_is_never_code(data: st.DataObject) -> None:
    def text() -> str:
        return data.draw(HOSTILE)

    body: dict[str, object] = {
        "tags": [{"name": (tag := text()), "description": text()}],
        "paths": {
            "/a/{"
            + (place := text().replace("}", "").replace("{", "") or "p")
            + "}": {
                "post": {
                    "operationId": text(),
                    "tags": [tag],
                    "summary": text(),
                    "description": text(),
                    "parameters": [
                        {
                            "name": place,
                            "in": "path",
                            "required": True,
                            "schema": {"type": "string"},
                        },
                        {
                            "name": text(),
                            "in": "query",
                            "description": text(),
                            "schema": {"enum": [text(), text()], "default": text()},
                            "example": text(),
                        },
                    ],
                    "requestBody": {
                        "description": text(),
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/T"}}
                        },
                    },
                    "responses": {
                        "200": {
                            "description": text(),
                            "content": {
                                f"application/{text()}+json": {
                                    "schema": {"$ref": "#/components/schemas/T"}
                                }
                            },
                        }
                    },
                    "security": [{text(): []}],
                }
            }
        },
        "components": {
            "schemas": {
                "T": {
                    "type": "object",
                    "title": text(),
                    "description": text(),
                    "required": ["k"],
                    "properties": {
                        text(): {"description": text(), "pattern": text(), "type": "string"},
                        "k": {"const": text()},
                        "e": {"enum": [text(), text(), "z"], "description": text()},
                    },
                }
            },
            "securitySchemes": {
                text(): {"type": "apiKey", "in": "query", "name": text(), "description": text()}
            },
        },
    }
    files = rendered(yaml.safe_dump(body, allow_unicode=False))
    for path, printed in files.texts.items():
        printed.encode()
        if path.endswith(".py") and "/_runtime/" not in path:
            ast.parse(printed)
        if path.endswith(("/models.py", "/client.py")):
            assert black.format_str(printed, mode=black.Mode()) == printed, path


def test_a_wide_member_of_a_union_needs_no_black(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "VeryLongNameOfAModel" * 3 + "Anew"
    kinds = (
        "string",
        f"array, items: {{type: array, items: {{$ref: '#/components/schemas/{name}'}}}}",
    )
    some = ", ".join(f"{{type: array, items: {{type: {kind}}}}}" for kind in kinds)
    body = thing(f"        some: {{oneOf: [{some}]}}")
    body += f"    {name}: {{type: object, required: [a], properties: {{a: {{}}}}}}\n"
    text = rendered(body).texts["acme/models.py"]
    assert f"        list[\n            list[list[{name}]]\n        ],\n" in text
    monkeypatch.setattr("tests.unit.plan.planned.black_style", lambda _: "")
    assert (
        rendered(body).texts["acme/models.py"] == text == black.format_str(text, mode=black.Mode())
    )


SILENT = "  /ping:\n    get: {operationId: ping, responses: {'204': {description: x}}}\n"
TALKING = (
    "  /words:\n    post: {operationId: talk, responses: {'200': {description: x, content: "
    "{application/json: {schema: {type: string}}}}}}\n"
)


@pytest.mark.parametrize("paths", [SILENT, TALKING, SILENT + TALKING])
def test_examples_of_the_readme_are_python_whatever_a_call_gives(paths: str) -> None:
    readme = rendered(f"paths:\n{paths}").texts["README.md"]
    examples = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert examples
    for each in examples:
        ast.parse(each)
    assert ("talk()" in readme) is ("/words" in paths)

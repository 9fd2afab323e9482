"""What the specification demands in words is found, at its place and nowhere else."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostics
from generator.document import Spans, load
from generator.document.rules import broken
from generator.document.version import declared_version

TWO = "swagger: '2.0'\ninfo: {title: t, version: '1'}\n"
THREE = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
NEW = "openapi: 3.2.0\ninfo: {title: t, version: '1'}\n"
OLD = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n"
OK = "responses: {'200': {description: d}}"
ID = "{name: id, in: path, required: true, type: string}"


def found(text: str) -> list[str]:
    resolved = load("a.yaml", Diagnostics(), reader=lambda _: text.encode())
    assert resolved is not None
    version = declared_version(resolved.root)
    assert version is not None
    spans = Spans(resolved.documents.values())
    return [f"{spans.find(where)} {message}" for where, message in broken(resolved, version)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{THREE}paths:\n  /a/{{id}}/b/{{id}}:\n    get: {{{OK}}}\n",
            "a.yaml:4:3 {id} stands 2 times in the path",
        ),
        (
            f"{TWO}paths:\n  /a: {{$ref: '#/definitions/A'}}\ndefinitions:\n  A:\n    type: object\n",
            "a.yaml:7:5 'type' is no field of a path item",
        ),
        (
            f"{TWO}paths:\n  /a:\n    get:\n      responses:\n        888: {{description: d}}\n",
            "a.yaml:7:9 '888' is no HTTP status",
        ),
        (
            f"{TWO}paths:\n  /a:\n    post:\n      {OK}\n      parameters:\n"
            "      - {name: a, in: body}\n      - {name: b, in: body}\n",
            "a.yaml:5:5 the operation has 2 bodies",
        ),
        (
            f"{TWO}paths:\n  /a:\n    parameters: [{{name: a, in: body}}]\n    post:\n      {OK}\n"
            "      parameters: [{name: b, in: formData}]\n",
            "a.yaml:6:5 the operation has a body and form data",
        ),
        (
            f"{TWO}consumes: [multipart/form-data]\npaths:\n  /a:\n    post:\n      {OK}\n"
            "      consumes: [image/png]\n"
            "      parameters: [{name: f, in: formData, type: file}]\n",
            "a.yaml:6:5 a file is sent, and what is consumed is no form",
        ),
        (
            f"{NEW}paths:\n  /a:\n    additionalOperations:\n      Get: {{{OK}}}\n",
            "a.yaml:6:7 'Get' has a field of its own in a path item",
        ),
        (
            f"{NEW}paths:\n  /a:\n    additionalOperations:\n      'A B': {{{OK}}}\n",
            "a.yaml:6:7 'A B' is no method",
        ),
        (
            f"{THREE}components:\n  parameters:\n    A:\n      in: header\n      name: 'A[b]'\n",
            "a.yaml:7:7 'A[b]' is no name of a header",
        ),
        (
            f"{THREE}paths:\n  /a:\n    get:\n      responses:\n        default:\n"
            "          description: d\n          headers:\n            'A=b': {}\n",
            "a.yaml:10:13 'A=b' is no name of a header",
        ),
        (
            f"{THREE}components:\n  links:\n    A:\n      operationId: a\n      body: {{}}\n",
            "a.yaml:7:7 'body' is no field of a link",
        ),
        (
            f"{OLD}paths:\n  /a:\n    get:\n      {OK}\n"
            "      servers: [{url: 'https://{host}/a'}, {url: 'no such place'}]\n",
            "a.yaml:7:45 the server's url is no URL",
        ),
        (
            f"{OLD}servers: [{{url: '<a>'}}]\n",
            "a.yaml:3:12 the server's url is no URL",
        ),
    ],
)
def test_what_is_broken_is_said_at_its_place(text: str, said: str) -> None:
    assert found(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        f"{TWO}paths:\n  /a/{{id}}:\n    parameters: [{ID}, {{name: a, in: body}}]\n"
        f"    post: {{{OK}, parameters: [{{name: a, in: body}}]}}\n",
        f"{TWO}consumes: [application/vnd.x+form-data]\npaths:\n  /a:\n    post: {{{OK},"
        " parameters: [{name: f, in: formData, type: file}]}\n",
        f"{OLD}servers: [1, {{url: 2}}, {{url: /v1}}]\npaths: {{/a: {{servers: 1}}}}\n",
        f"{THREE}paths: [1]\ncomponents: {{parameters: 1, links: {{A: null, B: {{x-y: 1}}}}}}\n",
        f"{THREE}paths: {{/a: 1, /b: {{get: 2, parameters: {{}}}}, x-c: 3}}\n",
        f"{THREE}paths: {{/b: {{get: {{parameters: [1, {{}}], responses: {{200: 1}}}}}}}}\n",
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert found(text) == []

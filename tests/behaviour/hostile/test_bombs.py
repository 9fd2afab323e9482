"""Documents that are small and expand, or are deep: a diagnostic or a client, soon and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_MAIN = """
import resource, sys
seconds, megabytes = map(int, sys.argv.pop(1).split())
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20,) * 2)
from generator.cli import main
sys.exit(main())
"""
_SECONDS = 20
_MEGABYTES = 600
_HEAD = 'openapi: 3.1.0\ninfo: {title: a, version: "1"}\npaths: {}\n'


def _schemas(schemas: dict[str, Any], start: str = "A0") -> str:
    """A description that answers with one of these schemas."""
    answer = {"description": "", "content": {"application/json": {"schema": _ref(start)}}}
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "a", "version": "1"},
            "paths": {"/a": {"get": {"operationId": "get", "responses": {"200": answer}}}},
            "components": {"schemas": schemas},
        }
    )


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _chain(link: Callable[[dict[str, str]], Any], length: int) -> str:
    """Schemas of which each holds the next."""
    schemas = {f"A{number}": link(_ref(f"A{number + 1}")) for number in range(length)}
    return _schemas({**schemas, f"A{length}": {"type": "string"}})


def _doubling(keyword: str, levels: int) -> str:
    """Schemas of which each names the next two levels twice: 2^levels ways lead to the last."""
    schemas: dict[str, Any] = {}
    for level in range(levels):
        below = [_ref(f"{side}{level + 1}") for side in "AB"]
        schemas |= {f"{side}{level}": {keyword: below} for side in "AB"}
    leaves = {f"A{levels}": {"type": "object", "properties": {"a": {"type": "string"}}}}
    return _schemas({**schemas, **leaves, f"B{levels}": {"type": "array", "items": {}}})


def _laughs() -> str:
    text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in range(1, 12):
        text += f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 9)}]\n"
    return _HEAD + "x-any: " + "{}\n" + text


BOMBS: dict[str, str] = {
    "billion laughs": _laughs(),
    "an alias in itself": _HEAD + "x-any: &a [*a]\n",
    "lists in lists": _HEAD + "x-any: " + "[" * 100_000 + "]" * 100_000,
    "objects in objects": _HEAD + "x-any: " + '{"a":' * 100_000 + "1" + "}" * 100_000,
    "blocks in blocks": _HEAD + "x-any:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 3_000)),
    "a chain of references": _chain(lambda below: below, 3_000),
    "a chain of arrays": _chain(lambda below: {"type": "array", "items": below}, 3_000),
    "a chain of maps": _chain(lambda b: {"type": "object", "additionalProperties": b}, 3_000),
    "a chain of allOf": _chain(lambda below: {"allOf": [below], "description": "x"}, 3_000),
    "a chain of anyOf": _chain(lambda below: {"anyOf": [below, {"type": "integer"}]}, 3_000),
    "a chain of records": _chain(lambda b: {"type": "object", "properties": {"a": b}}, 3_000),
    "allOf that doubles": _doubling("allOf", 40),
    "oneOf that doubles": _doubling("oneOf", 40),
    "anyOf that doubles": _doubling("anyOf", 40),
    "a reference to itself": _schemas({"A0": _ref("A0")}),
    "an allOf of itself": _schemas({"A0": {"allOf": [_ref("A0"), {"type": "object"}]}}),
    "a oneOf of itself": _schemas({"A0": {"oneOf": [_ref("A0"), {"type": "string"}]}}),
    "a number without end": _HEAD + "x-any: 1" + "0" * 1_000_000,
    "a key without end": _HEAD + f"? {'x' * 2_000_000}\n: 1\n",
    "a path of parameters": _HEAD.replace("{}", json.dumps({"/{a}" * 5_000: {"get": {}}})),
}


@pytest.mark.parametrize("name", BOMBS)
def test_it_ends_soon_and_without_a_traceback(name: str, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(BOMBS[name], encoding="utf-8")
    ended = generated(tmp_path, _SECONDS, _MEGABYTES)
    assert "Traceback" not in ended.stderr, ended.stderr[-2_000:]
    assert ended.returncode in (0, 1, 2)
    if ended.returncode:
        assert "api.yaml:" in ended.stderr, ended.stderr[-2_000:]
        assert not (tmp_path / "out").exists()


def generated(
    folder: Path, seconds: int, megabytes: int, name: str = "api.yaml"
) -> subprocess.CompletedProcess[str]:
    """What `generate` does with the description in a folder, held to processor time and memory."""
    words = ("generate", name, "-o", "out", "--name", "a")
    return subprocess.run(
        [sys.executable, "-c", _MAIN, f"{seconds} {megabytes}", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=30 * seconds,
    )


@pytest.mark.skipif("LOCKSTEP_LARGE" not in os.environ, reason="writes 200 MB")
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_a_file_of_200_megabytes(suffix: str, tmp_path: Path) -> None:
    row = '  "/p%d": {"get": {"responses": {"200": {"description": "%s"}}}}'
    with (tmp_path / f"api.{suffix}").open("w", encoding="utf-8") as file:
        file.write('{"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {\n')
        file.write(",\n".join(row % (number, "x" * 200) for number in range(800_000)))
        file.write("\n}}\n")
    assert (tmp_path / f"api.{suffix}").stat().st_size > 200_000_000
    ended = generated(tmp_path, _SECONDS, _MEGABYTES, f"api.{suffix}")
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"api.{suffix}:1:1 too-large ")

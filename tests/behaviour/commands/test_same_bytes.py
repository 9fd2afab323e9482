"""The same description gives the same bytes: in any folder, locale, hash seed or ends of lines."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.behaviour.commands.conftest import ROOT, Lockstep
from tests.described import described

API = described("""
    tags: [{name: käse, description: Gouda & 奶酪}]
    paths:
      /käse/{id}:
        get:
          operationId: kaese-holen
          tags: [käse]
          description: |
            Zwei Zeilen — über Käse.

            Noch eine, 奶酪.
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses:
            "200": {description: d, content: {application/json: {schema: {$ref: "more/käse.yaml#/Käse"}}}}
            default: {description: d, content: {application/json: {schema: {$ref: "more/b.yaml#/Problem"}}}}
    """)
MORE = {
    "more/käse.yaml": "Käse:\n  type: object\n  required: [art]\n  properties:\n"
    "    art: {enum: [jung, älter, 奶酪], default: älter}\n"
    "    teile: {oneOf: [{$ref: 'b.yaml#/Teil'}, {$ref: 'a.yaml#/Teil'}, {type: 'null'}]}\n",
    "more/a.yaml": "Teil: {type: object, required: [a], properties: {a: {type: integer}}}\n",
    "more/b.yaml": "Teil: {type: object, required: [b], properties: {b: {type: integer}}}\n"
    "Problem: {type: object, properties: {code: {type: string}, 'größe': {type: number}}}\n",
}
PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Tokyo"}
GENERATE = [sys.executable, "-c", "from generator.cli.main import main; main()", "generate"]


def write(folder: Path, names: list[str], ends: str = "\n") -> Path:
    """The description in a folder, its files made in this order."""
    for name in names:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text({"api.yaml": API, **MORE}[name], encoding="utf-8", newline=ends)
    return folder


def run(folder: Path, spec: str, out: str, **environment: str) -> dict[str, bytes]:
    """What a process of its own writes, by path."""
    done = subprocess.run(
        [*GENERATE, spec, "-o", out, "--name", "laden", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = folder / out
    return {
        str(each.relative_to(written)): each.read_bytes()
        for each in written.rglob("*")
        if each.is_file()
    }


def test_neither_folder_nor_locale_nor_hash_seed_nor_order_of_files_counts(tmp_path: Path) -> None:
    names = ["api.yaml", *MORE]
    here = write(tmp_path / "here", names)
    there = write(tmp_path / "there" / "läden und mehr", names[::-1])
    first = run(here, "api.yaml", "out", PYTHONHASHSEED="1")
    assert "奶酪" in first["laden/kase.py"].decode()
    spec = f"{there.name}/api.yaml"
    assert run(there.parent, spec, "deep/out", PYTHONHASHSEED="2", **PLAIN) == first


def test_the_description_may_have_other_ends_of_lines(tmp_path: Path) -> None:
    names = ["api.yaml", *MORE]
    plain = run(write(tmp_path / "plain", names), "api.yaml", "out")
    assert run(write(tmp_path / "other", names, ends="\r\n"), "api.yaml", "out") == plain


@pytest.mark.parametrize("command", ["check", "dump"])
def test_a_file_s_name_may_be_no_text(command: str, lockstep: Lockstep, tmp_path: Path) -> None:
    spec = write(tmp_path, ["api.yaml", *MORE]) / "api.yaml"
    odd = spec.rename(tmp_path / os.fsdecode(b"caf\xe9.yaml"))
    ended = lockstep(command, odd)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.encode()


Change = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    ("change", "code"),
    [(lambda text: text.replace(b"\n", b"\r\n"), 0), (lambda text: text + b"# mine\r\n", 1)],
    ids=["ends of lines", "an edit"],
)
def test_a_checkout_with_other_ends_of_lines_holds_no_edit(
    change: Change, code: int, lockstep: Lockstep, tmp_path: Path
) -> None:
    spec = write(tmp_path, ["api.yaml", *MORE]) / "api.yaml"
    call = ("generate", spec, "-o", tmp_path / "out", "--name", "laden")
    assert lockstep(*call).code == 0
    for each in (tmp_path / "out").rglob("*"):
        if each.is_file():
            each.write_bytes(change(each.read_bytes()))
    for cache in ((), ("--no-cache",)):
        assert lockstep(*call, "--check", *cache).code == code

"""Text of a description is never code, in whatever position it stands."""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.api import build
from generator.diagnostics import Diagnostics
from generator.document import load
from generator.emit import Files, render, write
from generator.emit.black_style import black_style
from generator.emit.guard import unsafe
from generator.plan import plan
from generator.plan.back_end import BACK_ENDS, Library
from tests.behaviour.hostile.document import filled, positions

_CANARY = "LOCKSTEP_HOSTILE_TEXT_RAN"
_RUN = f"__import__('os').environ.__setitem__('{_CANARY}', '1')"
ATTACKS = (
    f'"""; {_RUN}; """',
    f"'''\n{_RUN}\n'''",
    f'"\n{_RUN}\n#',
    f"'); {_RUN}; ('",
    f'\\"; {_RUN} #',
    f"x=({_RUN})",
    f"]\n{_RUN}\n[",
    f"\\\n{_RUN}",
    f"\r{_RUN}\r",
    f"\u2028{_RUN}\u2029",
    f"\x0c{_RUN}\x0b\x85",
    "{{ 7 * 7 }}{% raw %}{# x",
    "{__class__}%s%(x)s$x`x`",
    "../../../etc/passwd",
    "..\\..\\x",
    "/etc/passwd",
    "a/../../b",
    "\x00\x01\x1b[31m\x7f",
    "\u202eevil\u2066\u200b\ufeff",
    "\\N{BULLET}\\u0000\\x41",
    "class",
    "__init__",
    "__class__",
    "import os",
    "self",
    "None",
    "print",
    "_runtime",
    "custom",
    "models",
    "ünï \u210c \uff12 \u1d43",
    "1",
    "-",
    " ",
    "",
    "\ud83d\ude00",
    "#",
    "\\",
    '"',
    "'",
    "\t",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "```\n# x\n```",
    "| a |\n---",
    "\n\n[tool.x]\ny = 1",
    "x" * 300,
    "$ref",
    "%2e%2e%2f",
)
_BLOCK = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_CELL = re.compile(r"(?<!\\)\||\n")
_LETTERS = st.characters(exclude_categories=["Cs"])
_TEXTS = st.one_of(
    st.sampled_from(ATTACKS),
    st.text(_LETTERS, max_size=30),
    st.builds("".join, st.lists(st.sampled_from(ATTACKS), max_size=3)),
)
_EXAMPLES = 500 if os.environ.get("LOCKSTEP_LARGE") else 20


def _generated(
    text_of: dict[str, str], name: str = "acme", library: Library = "msgspec"
) -> Files | None:
    """The files of a description with these texts; None where a diagnostic refuses it."""
    diagnostics = Diagnostics()
    text = json.dumps(filled(text_of.__getitem__)).encode()
    resolved = load("api.json", diagnostics, reader=lambda _: text)
    api = None if resolved is None else build(resolved, diagnostics)
    if api is None or diagnostics.fatal:
        return None
    package = plan(api, package=name, library=library, diagnostics=diagnostics)
    files = render(package, diagnostics, black_style)
    assert [each.message for each in diagnostics if each.code == "output-unsafe"] == []
    return files


def _assert_harmless(files: Files) -> None:
    for path, text in files.texts.items():
        parts = PurePosixPath(path).parts
        assert not path.startswith("/")
        assert ".." not in parts
        assert all(part.isprintable() and not re.search(r"[\\/:]", part) for part in parts)
        if path.endswith(".py") and "_runtime" not in parts:
            assert unsafe(text) == [], path
        if path.endswith(".md"):
            # Code ends with its cell or line: what stands in prose opens none for the next one.
            prose = "\n".join(_SPAN.sub("", part) for part in _CELL.split(_BLOCK.sub("", text)))
            assert "<script" not in prose
            assert "](javascript" not in prose
    project = tomllib.loads(files.texts["pyproject.toml"])
    assert project["project"]["name"] == "acme"
    assert project.get("tool", {}).keys() <= {"hatch"}


@settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.fixed_dictionaries(dict.fromkeys(positions(), _TEXTS)),
    library=st.sampled_from(list(BACK_ENDS)),
)
def test_hostile_text_everywhere_is_only_text(texts: dict[str, str], library: Library) -> None:
    files = _generated(texts, library=library)
    if files is not None:
        _assert_harmless(files)


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_one_attack_in_every_position(attack: str) -> None:
    files = _generated({each: f"{attack}{number}" for number, each in enumerate(positions())})
    assert files is not None
    _assert_harmless(files)


@pytest.fixture(name="canary")
def _canary() -> Iterator[None]:
    os.environ.pop(_CANARY, None)
    yield
    os.environ.pop(_CANARY, None)


@pytest.mark.usefixtures("canary")
@pytest.mark.parametrize("library", BACK_ENDS)
def test_importing_runs_nothing_and_files_stay_in_their_folder(
    tmp_path: Path, library: Library
) -> None:
    turns = {each: ATTACKS[n % len(ATTACKS)] + str(n) for n, each in enumerate(positions())}
    package = f"hostile_text_of_{library}"
    files = _generated(turns, package, library)
    assert files is not None
    inside = tmp_path / "out"
    write(inside, files)
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    sys.path.insert(0, str(inside))
    try:
        for path in files.texts:
            if path.endswith(".py") and "/_runtime/" not in path:
                name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                importlib.import_module(name)
        for kind in vars(sys.modules[f"{package}.models"]).values():
            # What pydantic makes of a model, it makes when the model is first used.
            getattr(kind, "model_rebuild", bool)()
    finally:
        sys.path.remove(str(inside))
    assert _CANARY not in os.environ

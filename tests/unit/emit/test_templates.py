"""Templates state facts: few tags, shallow, short, and no text but through a quoting filter."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from generator.emit import templates

TEMPLATES = sorted(templates.folder().rglob("*.jinja"))
NAMES = [path.relative_to(templates.folder()).as_posix() for path in TEMPLATES]
QUOTED = {"doc", "summary", "description", "text", "label", "title", "wire", "value", "base_url"}
DOORS = {
    "literal",
    "docstring",
    "comment",
    "markdown",
    "cell",
    "span",
    "toml",
    "assigned",
    "returned",
}


def test_there_are_templates() -> None:
    assert "models.py.jinja" in NAMES


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_is_short_shallow_and_opens_with_its_view(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) < 80
    depth = deepest = 0
    for word in re.findall(r"{%\s*(\w+)", path.read_text()):
        depth += {"for": 1, "if": 1, "endfor": -1, "endif": -1}.get(word, 0)
        deepest = max(deepest, depth)
    assert deepest <= 2
    assert path.name == "header.jinja" or lines[0].startswith("{# plan.")


def test_at_most_a_quarter_of_the_lines_carries_a_tag() -> None:
    lines = [line for path in TEMPLATES for line in path.read_text().splitlines()]
    tagged = [line for line in lines if "{%" in line]
    assert len(tagged) / len(lines) <= 0.25


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_text_of_the_description_goes_through_a_door(path: Path) -> None:
    tree = templates.environment().parse(path.read_text())
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData):
                assert _is_quoted(node) or not _is_text(node), f"{path.name}:{node.lineno}"


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr in QUOTED


def _is_quoted(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Filter) and node.name in DOORS


def test_a_name_that_plan_did_not_give_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        templates.environment().from_string("{{ nothing }}").render()


def test_compiled_templates_are_kept_and_never_believed_wrongly() -> None:
    kept: dict[str, bytes] = {}
    for _ in range(3):
        templates.environment.cache_clear()
        templates.remember_compiled(kept.get, kept.__setitem__)
        template = templates.environment().get_template("docs/struct.jinja")
        before = dict(kept)
        assert len(kept) == 1
        assert template.name == "docs/struct.jinja"
        kept.update(dict.fromkeys(kept, b"not compiled by anybody"))
    templates.environment.cache_clear()
    assert before != kept

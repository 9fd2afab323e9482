"""`render`: a planned package in, the text of every file out, checked and in Black's style.

A module that holds anything but what templates write is an `output-unsafe` diagnostic. Nothing here
touches the disk of the project.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec import Struct

import generator
import generator.emit.templates as templates
import generator.emit.vendor as vendor
from generator.diagnostics import Diagnostics, Where
from generator.emit.format import Style, formatted, tidied
from generator.emit.guard import unsafe
from generator.emit.manifest import Manifest, Runtime, Source, sha256
from generator.emit.workers import cores, spread
from generator.plan import Package

_STRUCTS = {"msgspec": "struct.jinja", "pydantic": "struct_pydantic.jinja"}
"""The template of a model, by what models are made of."""
_FEW = 200
"""Operations and models that one process prints sooner than a second one is made."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a project by path below it; `manifest` is one of them, as data.

    `seconds` says what making them took, by part, on all cores together.
    """

    package: str
    texts: Mapping[str, str]
    manifest: Manifest
    seconds: Mapping[str, float] = field(default_factory=dict[str, float], compare=False)

    @property
    def manifest_path(self) -> str:
        """Where the manifest is."""
        return f"{self.package}/manifest.json"


class _Sheet(Struct, frozen=True):
    """A file to be printed: its path, its template, and what that prints beside the package."""

    path: str
    template: str
    views: Mapping[str, object] = {}


class _Printed(Struct, frozen=True):
    """The text of a file, what is unsafe in it, and what each part of the work took."""

    text: str
    unsafe: tuple[str, ...]
    seconds: Mapping[str, float]


def render(package: Package, diagnostics: Diagnostics, style: Style) -> Files:
    """All files of a package; `style` is Black, asked where what is printed may not be stable."""
    sheets = _sheets(package)
    many = len(package.operations) + len(package.models.structs) > _FEW
    printed = spread(
        lambda sheet: _printed(sheet, package, style), sheets, processes=cores() if many else 1
    )
    texts = {sheet.path: each.text for sheet, each in zip(sheets, printed, strict=True)}
    for sheet, each in zip(sheets, printed, strict=True):
        for reason in each.unsafe:
            where = Where(package.description)
            diagnostics.report("output-unsafe", f"{sheet.path}: {reason}", where)
    texts |= {
        f"{package.name}/_runtime/{name}": text
        for name, text in vendor.vendored(package.http, package.library).items()
    }
    texts[f"{package.name}/py.typed"] = ""
    manifest = _manifest(package, texts)
    texts[f"{package.name}/manifest.json"] = manifest.text()
    return Files(package.name, dict(sorted(texts.items())), manifest, _summed(printed))


def _sheets(package: Package) -> list[_Sheet]:
    """The files that templates print, the longest first."""
    models = {"module": package.models, "struct_template": _STRUCTS[package.library]}
    sheets = [
        _Sheet(f"{package.name}/models.py", "models.py.jinja", models),
        _Sheet("docs/models.md", "docs/models.md.jinja", models),
    ]
    for module in sorted(package.resources, key=lambda each: -len(each.methods)):
        view = {"module": module}
        sheets.append(_Sheet(f"{package.name}/{module.module}.py", "resource.py.jinja", view))
        if module.methods:
            sheets.append(_Sheet(f"docs/{module.module}.md", "docs/resource.md.jinja", view))
    for incoming in package.webhooks:
        views = {"module": incoming}
        sheets.append(_Sheet(f"{package.name}/{incoming.module}.py", "webhooks.py.jinja", views))
        sheets.append(_Sheet(f"docs/{incoming.module}.md", "docs/webhooks.md.jinja", views))
    if package.former:
        sheets.append(_Sheet("docs/renamed.md", "docs/renamed.md.jinja"))
    client = {"client": package.client}
    return [
        *sheets,
        _Sheet(f"{package.name}/client.py", "client.py.jinja", client),
        _Sheet(f"{package.name}/errors.py", "errors.py.jinja"),
        _Sheet(f"{package.name}/__init__.py", "init.py.jinja"),
        _Sheet("README.md", "README.md.jinja"),
        _Sheet("pyproject.toml", "pyproject.toml.jinja"),
    ]


def _printed(sheet: _Sheet, package: Package, style: Style) -> _Printed:
    seconds: dict[str, float] = {}
    template = templates.environment().get_template(sheet.template)
    text: str = _timed(seconds, "print", lambda: template.render(package=package, **sheet.views))
    reasons: list[str] = []
    if sheet.path.endswith(".md"):
        text = tidied(text)
    elif sheet.path.endswith(".py"):
        reasons = _timed(seconds, "check the syntax trees", lambda: unsafe(text))
        if not reasons:
            text = _timed(seconds, "style", lambda: formatted(text, style))
    return _Printed(text, tuple(reasons), seconds)


_Result = TypeVar("_Result")


def _timed(seconds: dict[str, float], part: str, work: Callable[[], _Result]) -> _Result:
    started = time.perf_counter()
    result = work()
    seconds[part] = time.perf_counter() - started
    return result


def _summed(printed: list[_Printed]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for each in printed:
        total.update(each.seconds)
    return dict(total)


def _manifest(package: Package, texts: Mapping[str, str]) -> Manifest:
    return Manifest(
        tool=generator.__version__,
        description=Source(package.description, package.digest),
        options=package.options,
        runtime=Runtime(vendor.contract(), vendor.digest()),
        templates=templates.digest(),
        operations=[dict(each) for each in package.operations],
        names=dict(package.names),
        former={name: list(each) for name, each in package.former.items()},
        files={path: sha256(text) for path, text in sorted(texts.items())},
    ).sealed()

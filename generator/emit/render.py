"""`render`: a planned package in, the text of every file out, checked and in Black's style.

A module that holds anything but what templates write is an `output-unsafe` diagnostic. Nothing here
touches the disk of the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import generator
import generator.emit.templates as templates
import generator.emit.vendor as vendor
from generator.diagnostics import Diagnostics, Where
from generator.emit.format import formatted, tidied
from generator.emit.guard import unsafe
from generator.emit.manifest import Manifest, Runtime, Source, sha256
from generator.plan import Package


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a project by path below it; `manifest` is one of them, as data."""

    package: str
    texts: Mapping[str, str]
    manifest: Manifest

    @property
    def manifest_path(self) -> str:
        """Where the manifest is."""
        return f"{self.package}/manifest.json"


def render(package: Package, diagnostics: Diagnostics) -> Files:
    """All files of a package."""
    modules: dict[str, str] = {}
    for name, text in _modules(package).items():
        path = f"{package.name}/{name}"
        reasons = unsafe(text)
        modules[path] = text if reasons else formatted(text)
        for reason in reasons:
            message = f"{path}: {reason}"
            diagnostics.report("output-unsafe", message, Where(package.description))
    runtime = {
        f"{package.name}/_runtime/{name}": text
        for name, text in vendor.vendored(package.http).items()
    }
    texts = {**_documents(package), **modules, **runtime, f"{package.name}/py.typed": ""}
    manifest = _manifest(package, texts)
    texts[f"{package.name}/manifest.json"] = manifest.text()
    return Files(package.name, dict(sorted(texts.items())), manifest)


def _modules(package: Package) -> dict[str, str]:
    texts = {
        "__init__.py": _print("init.py.jinja", package),
        "client.py": _print("client.py.jinja", package, client=package.client),
        "errors.py": _print("errors.py.jinja", package),
        "models.py": _print("models.py.jinja", package, module=package.models),
    }
    for module in package.resources:
        texts[f"{module.module}.py"] = _print("resource.py.jinja", package, module=module)
    return texts


def _documents(package: Package) -> dict[str, str]:
    texts = {
        "README.md": tidied(_print("README.md.jinja", package)),
        "pyproject.toml": _print("pyproject.toml.jinja", package),
        "docs/models.md": tidied(_print("docs/models.md.jinja", package, module=package.models)),
    }
    for module in package.resources:
        path = f"docs/{module.module}.md"
        texts[path] = tidied(_print("docs/resource.md.jinja", package, module=module))
    return texts


def _print(template: str, package: Package, **views: object) -> str:
    return templates.environment().get_template(template).render(package=package, **views)


def _manifest(package: Package, texts: Mapping[str, str]) -> Manifest:
    return Manifest(
        tool=generator.__version__,
        description=Source(package.description, package.digest),
        options=package.options,
        runtime=Runtime(vendor.contract(), vendor.digest()),
        templates=templates.digest(),
        operations=[dict(each) for each in package.operations],
        names=dict(package.names),
        files={path: sha256(text) for path, text in sorted(texts.items())},
    ).sealed()

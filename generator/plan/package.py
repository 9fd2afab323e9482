"""A planned package: every Python decision taken, nothing left to the templates but printing."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.plan.code import Call
from generator.plan.version import ProjectVersion
from generator.plan.views.clients import ClientModule, SchemeView
from generator.plan.views.methods import MethodView
from generator.plan.views.models import ModelsModule
from generator.plan.views.resources import ResourceModule
from generator.plan.views.text import Lines
from generator.plan.views.webhooks import WebhooksModule


class Readme(Struct, frozen=True, kw_only=True):
    """What the README of the project tells besides what is the same for all."""

    title: str
    doc: Lines
    imports: Lines
    async_imports: Lines
    reference_imports: Lines
    credentials: Call | None
    client: Call
    async_client: Call
    reference_client: Call
    first_call: MethodView | None
    paged_call: MethodView | None
    missing_call: MethodView | None
    schemes: tuple[SchemeView, ...]


class ExtraView(Struct, frozen=True, kw_only=True):
    """An extra of the project: what it gives and what it installs."""

    name: str
    text: str
    requirements: tuple[str, ...]


class Package(Struct, frozen=True, kw_only=True):
    """A whole project: what `emit.render` prints."""

    name: str
    description: str
    version: ProjectVersion
    digest: str
    license: str
    http: str
    library: str
    part: str
    api_version: str
    requirements: tuple[str, ...]
    extras: tuple[ExtraView, ...]
    models: ModelsModule
    resources: tuple[ResourceModule, ...]
    webhooks: tuple[WebhooksModule, ...]
    client: ClientModule
    readme: Readme
    names: Mapping[str, str]
    former: Mapping[str, tuple[str, ...]]
    signatures: Mapping[str, str]
    operations: tuple[Mapping[str, str], ...]

    @property
    def options(self) -> dict[str, str]:
        """The options that shape the output, as the manifest keeps them."""
        options = {"http": self.http, "license": self.license, "name": self.name}
        options["models"] = self.library
        some = {"api_version": self.api_version, "part": self.part}
        return options | {name: value for name, value in some.items() if value}

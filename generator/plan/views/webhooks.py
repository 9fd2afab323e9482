"""A module of webhooks, or of callbacks: requests that the API makes."""

from __future__ import annotations

from msgspec import Struct

from generator.plan.code import Call
from generator.plan.types import Type
from generator.plan.views.methods import AnswerView
from generator.plan.views.text import ImportView, Lines, TypeView


class WebhookView(Struct, frozen=True, kw_only=True):
    """A request that the API makes: the fact that decodes it, and how it is to be answered.

    `label` is what it is called in messages; `kinds` are the types that the fact mentions.
    """

    name: str
    label: str
    fact: Call
    kinds: tuple[Type, ...]
    shown: TypeView
    method: str
    media_types: tuple[str, ...]
    headers: tuple[str, ...]
    summary: str
    description: str
    doc: Lines
    answers: tuple[AnswerView, ...]


class WebhooksModule(Struct, frozen=True, kw_only=True):
    """A module of webhooks, or of callbacks, sorted by name."""

    module: str
    title: str
    doc: Lines
    imports: tuple[ImportView, ...]
    webhooks: tuple[WebhookView, ...]

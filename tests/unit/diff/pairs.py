"""Pairs of descriptions for tests: one schema at every place where schemas stand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.api import Api, build
from generator.diagnostics import Diagnostics
from generator.diff import Policy, Proofs, Verdict, changes, judge
from tests.described import resolved_of

TODAY = date(2026, 1, 1)
POLICY = Policy(today=TODAY)
Schema = Mapping[str, Any] | bool

EVERYWHERE = (
    "request-body",
    "request-property",
    "request-parameter",
    "request-parameter-property",
    "response-body",
    "response-property",
    "response-header",
    "response-header-property",
)


def everywhere(schema: Schema, components: Mapping[str, Any] | None = None) -> Api:
    """An API with the schema as body, property, parameter and header, in both directions."""
    held = {"type": "object", "properties": {"held": schema}}
    hidden = {
        "type": "object",
        "properties": {
            "quiet": {"allOf": [schema], "readOnly": True},
            "secret": {"allOf": [schema], "writeOnly": True},
        },
    }
    content = {
        "application/json": {"schema": schema},
        "application/vnd.held+json": {"schema": held},
        "application/vnd.hidden+json": {"schema": hidden},
    }
    return operation(
        {
            "parameters": [
                {"name": "plain", "in": "query", "schema": schema},
                {"name": "deep", "in": "query", "content": {"application/json": {"schema": held}}},
            ],
            "requestBody": {"content": content},
            "responses": {
                "200": {
                    "description": "fine",
                    "headers": {"Plain": {"schema": schema}, "Deep": {"schema": held}},
                    "content": content,
                }
            },
        },
        components,
    )


def operation(
    members: Mapping[str, Any], components: Mapping[str, Any] | None = None, method: str = "post"
) -> Api:
    """An API of one operation with these members."""
    whole = {"responses": {"200": {"description": "fine"}}, **members}
    return document(
        {"paths": {"/things": {method: whole}}, "components": {"schemas": components or {}}}
    )


def document(members: Mapping[str, Any]) -> Api:
    """An API of these members of a description."""
    head = {"openapi": "3.1.0", "info": {"title": "Test", "version": "1"}}
    diagnostics = Diagnostics()
    resolved = resolved_of(json.dumps({**head, **members}), diagnostics)
    assert resolved is not None, list(diagnostics)
    api = build(resolved, diagnostics)
    assert api is not None, list(diagnostics)
    return api


def verdicts(base: Api, revision: Api, policy: Policy = POLICY) -> tuple[Verdict, ...]:
    """What is said of two APIs, with proofs."""
    return judge(changes(base, revision), policy, Proofs(base, revision))


def ids(base: Api, revision: Api, policy: Policy = POLICY) -> set[str]:
    """The ids of what is said of two APIs."""
    return {each.rule.id for each in verdicts(base, revision, policy)}

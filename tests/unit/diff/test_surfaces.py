"""What a revision does to those who call through the generated client."""

from __future__ import annotations

import pytest

from generator.api import Surface
from generator.diff import signature_change, surface_verdicts
from generator.diff.matching import Prefixes
from tests.unit.diff.pairs import POLICY, document

FINE = {"responses": {"200": {"description": "fine"}}}


@pytest.mark.parametrize(
    ("old", "new", "kind", "told"),
    [
        ("(self) -> str", "(self, *, a: int = 1) -> str", "extended", "takes a"),
        ("(self, a: int) -> str", "(self, a: int = 1) -> str", "extended", "needs no a"),
        ("(self) -> str", "(self, a: int) -> str", "narrowed", "needs a"),
        ("(self, a: int = 1) -> str", "(self, a: int) -> str", "narrowed", "needs a"),
        ("(self, *, a: int = 1) -> str", "(self) -> str", "narrowed", "lost a"),
        ("(self, a, b)", "(self, b, a)", "narrowed", "takes a, b in another position"),
        ("(self, a)", "(self, *, a)", "narrowed", "takes a in another position"),
        ("(self, *, a, b)", "(self, *, b, a)", "extended", ""),
        ("(self, *, a)", "(self, a)", "extended", ""),
        ("(self, a: A)", "(self, a: B)", "changed", "takes a as B, no longer A"),
        ("(self) -> str", "(self) -> None", "changed", "gives None, no longer str"),
        ("(self", "(self)", "changed", ""),
    ],
)
def test_how_a_signature_changed(old: str, new: str, kind: str, told: str) -> None:
    change = signature_change(old, new)
    assert (change.kind, ", ".join(change.told)) == (kind, told)


def surface(path: str, parameter: str, name: str) -> Surface:
    start = f"/paths/~1{path}~1{{{parameter}}}"
    names = {f"{start}/get": "read", f"{start}/get/parameters/path:{parameter}": name}
    return Surface(names=names, signatures={f"{start}/get": f"(self, {name}: str) -> str"})


def test_an_operation_that_moved_keeps_its_names() -> None:
    base, revision = (
        document(
            {
                "paths": {
                    f"/{path}/{{{name}}}": {
                        "get": {
                            **FINE,
                            "parameters": [
                                {
                                    "name": name,
                                    "in": "path",
                                    "required": True,
                                    "schema": {"type": "string"},
                                }
                            ],
                        }
                    }
                }
            }
        )
        for path, name in (("v1", "ORG-ID"), ("v2", "orgId"))
    )
    old, new = surface("v1", "ORG-ID", "org_id"), surface("v2", "orgId", "org_id")
    prefixes = Prefixes("/v1", "/v2")
    assert not list(surface_verdicts(base, revision, old, new, POLICY, prefixes))
    renamed = surface("v2", "orgId", "id_")
    found = surface_verdicts(base, revision, old, renamed, POLICY, prefixes)
    assert {each.rule.id: each.message for each in found} == {
        "client-name-changed": "read.org_id is now read.id_",
        "client-signature-narrowed": "read refuses calls as they were: lost org_id, needs id_",
    }


def test_what_is_below_something_gone_is_not_told_again() -> None:
    api = document({"paths": {}})
    old = Surface(names={"/a": "A", "/a/b": "b", "/c": "C"}, signatures={})
    new = Surface(names={"/c": "C", "/d": "D", "/d/e": "e"}, signatures={})
    told = [each.message for each in surface_verdicts(api, api, old, new, POLICY)]
    assert told == ["A is gone", "D is new"]


def test_a_class_is_told_whatever_it_stands_below() -> None:
    api = document({"paths": {}})
    old = Surface(names={"/a": "A", "/a/b": "b", "/a/b (class)": "AB"}, signatures={})
    new = Surface(names={}, signatures={})
    told = [each.message for each in surface_verdicts(api, api, old, new, POLICY)]
    assert told == ["A is gone", "AB is gone"]

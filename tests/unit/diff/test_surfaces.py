"""What a revision does to those who call through the generated client."""

from __future__ import annotations

import pytest

from generator.api import Surface
from generator.diff import signature_change, surface_verdicts
from generator.diff.matching import Prefixes
from tests.unit.diff.pairs import POLICY, document

FINE = {"responses": {"200": {"description": "fine"}}}


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("(self) -> str", "(self, *, a: int = 1) -> str", "extended"),
        ("(self, a: int) -> str", "(self, a: int = 1) -> str", "extended"),
        ("(self) -> str", "(self, a: int) -> str", "narrowed"),
        ("(self, a: int = 1) -> str", "(self, a: int) -> str", "narrowed"),
        ("(self, *, a: int = 1) -> str", "(self) -> str", "narrowed"),
        ("(self, a: int) -> str", "(self, a: str) -> str", "changed"),
        ("(self) -> str", "(self) -> None", "changed"),
        ("(self", "(self)", "changed"),
    ],
)
def test_how_a_signature_changed(old: str, new: str, how: str) -> None:
    assert signature_change(old, new) == how


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
        "client-signature-narrowed": "read lost an argument or needs one more",
    }


def test_what_is_below_something_gone_is_not_told_again() -> None:
    api = document({"paths": {}})
    old = Surface(names={"/a": "A", "/a/b": "b", "/c": "C"}, signatures={})
    new = Surface(names={"/c": "C", "/d": "D", "/d/e": "e"}, signatures={})
    told = [each.message for each in surface_verdicts(api, api, old, new, POLICY)]
    assert told == ["A is gone", "D is new"]

"""Changes of what descriptions declare beyond schemas."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from generator.api import behaviours as b
from generator.diff import Change, Fact, Site
from generator.diff.behaviours import document_facts, operation_facts, parameter_facts
from generator.diff.rules import PLAIN, named
from tests.unit.diff.pairs import POLICY, document

PARAMETER: dict[str, tuple[Any, Any]] = {
    "filter": (b.Filter(field="a", match="exact"), b.Filter(field="a", match="prefix-ignore-case")),
    "envelope": (b.Envelope(), b.Envelope(status="code")),
    "representation": (b.Representation(kind="pretty"), None),
    "confirm": (b.Confirm(value="yes"), b.Confirm(value="sure")),
}
OPERATION: dict[str, tuple[Any, Any]] = {
    "resource": (
        b.ResourceUse(resource="a", role="read"),
        b.ResourceUse(resource="a", role="delete"),
    ),
    "pagination": (
        b.Pagination(style="page-number", size="n"),
        b.Pagination(style="page-number", size="m"),
    ),
    "guards": ((b.Guard(has="a", status=409),), (b.Guard(has="b", status=409),)),
    "faults": ({"not-found": b.Fault(status=404)}, {"not-found": b.Fault(status=400)}),
    "access": (b.Access(roles=["OWNER"]), b.Access(roles=["MEMBER"])),
    "visibility": (b.Visibility(see_all=["A"]), b.Visibility(see_all=["B"])),
}
DOCUMENT: dict[str, tuple[Any, Any]] = {
    "errors": (b.Errors(media_type="a/b"), b.Errors(media_type="c/d")),
    "version": (b.Version(template="t", current="1"), b.Version(template="t", current="2")),
    "resources": ({"r": b.Resource(schema="a")}, {"r": b.Resource(schema="b")}),
    "auth": ({"d": b.Auth(realm="a")}, {"d": b.Auth(realm="b")}),
}
WORDS = {"errors": "error", "resources": "resource"}


def facts(name: str, old: Any, new: Any) -> list[Fact]:
    if name in PARAMETER:
        sides = [b.ParameterBehaviours(**({name: each} if each else {})) for each in (old, new)]
        return list(parameter_facts(sides[0], sides[1]))
    if name in OPERATION:
        given = [b.OperationBehaviours(**({name: each} if each else {})) for each in (old, new)]
        return list(operation_facts(given[0], given[1], {}))
    whole = [b.Behaviours(**({name: each} if each else {})) for each in (old, new)]
    api = document({"paths": {}})
    return list(document_facts(*(replace(api, behaviours=each) for each in whole)))


def ids(name: str, old: Any, new: Any) -> set[str]:
    return {
        made
        for fact in facts(name, old, new)
        for made, _ in named(Change(fact=fact, site=Site()), POLICY)
    }


ALL = {**PARAMETER, **OPERATION, **DOCUMENT}


@pytest.mark.parametrize("name", ALL)
def test_a_behaviour_comes_goes_and_changes(name: str) -> None:
    old, new = ALL[name]
    word = WORDS.get(name, name)
    assert ids(name, None, old) == {f"behaviour-{word}-added"}
    assert ids(name, old, None) == {f"behaviour-{word}-removed"}
    if new is not None:
        assert ids(name, old, new) == {f"behaviour-{word}-changed"}
    assert ids(name, old, old) == set()


def test_every_rule_about_behaviours_is_among_those() -> None:
    words = {WORDS.get(name, name) for name in ALL} | {"examples", "wording"}
    known = {rule.id.split("-")[1] for rule in PLAIN if rule.id.startswith("behaviour-")}
    assert known == words


def test_what_only_a_mock_holds_is_told_as_such() -> None:
    old = b.Resource(schema="a", seed=[b.Seed(fields={"id": 1})])
    new = msgspec.structs.replace(old, seed=[])
    assert ids("resources", {"r": old}, {"r": new}) == {"behaviour-examples-changed"}
    fault, other = (b.Fault(status=404, detail=text) for text in ("gone", "away"))
    assert ids("faults", {"not-found": fault}, {"not-found": other}) == {
        "behaviour-wording-changed"
    }


def test_a_renamed_path_parameter_is_no_change_of_behaviour() -> None:
    old = b.ResourceUse(resource="a", role="read", parameters={"ORG-ID": "a"})
    new = b.ResourceUse(resource="a", role="read", parameters={"orgId": "a"})
    sides = (b.OperationBehaviours(resource=old), b.OperationBehaviours(resource=new))
    assert not list(operation_facts(*sides, {"ORG-ID": "orgId"}))
    assert list(operation_facts(*sides, {}))


def test_the_field_that_changed_is_named() -> None:
    (fact,) = facts("filter", *PARAMETER["filter"])
    assert (fact.name, fact.before, fact.after) == ("match", "exact", "prefix-ignore-case")


@pytest.mark.parametrize("name", ["seed", "detail", "principals"])
def test_what_is_only_called_so_is_no_example(name: str) -> None:
    empty, field = b.Resource(schema="a"), b.Resource(schema="a", fields={name: b.FieldSource()})
    assert ids("resources", {}, {name: empty}) == {"behaviour-resource-added"}
    assert ids("resources", {"r": empty}, {"r": field}) == {"behaviour-resource-changed"}
    changed = {"r": b.Resource(schema="a", fields={name: b.FieldSource(opaque=True)})}
    assert ids("resources", {"r": field}, changed) == {"behaviour-resource-changed"}


def test_every_rule_about_behaviours_is_brought() -> None:
    found = {"behaviour-examples-changed", "behaviour-wording-changed"}
    for name, (old, new) in ALL.items():
        found |= ids(name, None, old) | ids(name, old, None)
        found |= ids(name, old, new) if new is not None else set()
    assert {rule.id for rule in PLAIN if rule.id.startswith("behaviour-")} == found

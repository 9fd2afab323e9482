"""Names of before still work, and warn where they are used."""

from __future__ import annotations

import sys
import types
from typing import Any

import pytest

from generator.runtime import deprecated, renamed_arguments, renamed_classes


@renamed_arguments({"orgId": "org_id", "size": "limit"})
def list_things(org_id: str, *, limit: int = 1) -> tuple[str, int]:
    """The things."""
    return org_id, limit


@deprecated("list_all is list_things now")
def list_all(org_id: str) -> tuple[str, int]:
    """All things."""
    return list_things(org_id)


@pytest.mark.filterwarnings("error")
def test_the_names_of_today_do_not_warn() -> None:
    assert list_things("a", limit=2) == ("a", 2)
    assert list_things.__name__, list_things.__doc__ == ("list_things", "The things.")


@pytest.mark.parametrize(
    ("given", "said"),
    [({"orgId": "a"}, "the argument 'orgId' is 'org_id' now"), ({"size": 2}, "'limit' now")],
)
def test_an_argument_of_before(given: Any, said: str) -> None:
    arguments = {"org_id": "a"} if "orgId" not in given else {}
    with pytest.warns(DeprecationWarning, match=said) as caught:
        assert list_things(**arguments, **given) == ("a", given.get("size", 1))
    assert [each.filename for each in caught] == [__file__]


def test_both_names_of_an_argument_are_refused() -> None:
    both: Any = {"orgId": "a", "org_id": "b"}
    with pytest.raises(TypeError, match="'orgId' is 'org_id' now, which is given, too"):
        list_things(**both)


def test_a_method_of_before() -> None:
    with pytest.warns(DeprecationWarning, match="list_all is list_things now") as caught:
        assert list_all("a") == ("a", 1)
    assert [each.filename for each in caught] == [__file__]
    assert (list_all.__name__, list_all.__doc__) == ("list_all", "All things.")
    # Editors strike it through by what PEP 702 says.
    assert list_all.__deprecated__ == "list_all is list_things now"  # type: ignore[attr-defined]


def test_a_class_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    models: Any = types.ModuleType("models_of_a_test")
    models.Organization = type("Organization", (), {})
    models.__getattr__ = renamed_classes("models_of_a_test", {"Org": "Organization"})
    monkeypatch.setitem(sys.modules, "models_of_a_test", models)
    with pytest.warns(DeprecationWarning, match=r"models_of_a_test\.Org is Organization now"):
        assert models.Org is models.Organization
    with pytest.raises(AttributeError, match="'models_of_a_test' has no attribute 'Orx'"):
        _ = models.Orx

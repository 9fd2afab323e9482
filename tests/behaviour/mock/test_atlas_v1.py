"""The mock of the Atlas v1.0 description does what sets it apart from version 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.mock import MockModel, model_for, principals_for, read_api
from tests.unit.mock.shop import Caller, value

SPEC = Path(__file__).parents[3] / "spec" / "atlas-v1.yaml"
BASE = "/api/atlas/v1.0/orgs"


@pytest.fixture(scope="module", name="compiled")
def _compiled() -> MockModel:
    return model_for(read_api(SPEC))


@pytest.fixture(name="call")
def _call(compiled: MockModel) -> Caller:
    return Caller(compiled)


def invoice(call: Caller) -> tuple[str, str]:
    """The keys of an organization and of an invoice in it."""
    return next(
        (path[1], key)
        for path, table in call.state.tables.items()
        for key in table
        if path[0] == "invoice"
    )


def test_names_are_filtered_whole_whatever_their_case(call: Caller) -> None:
    names = [each["name"] for each in value(call("GET", f"{BASE}?name=ORG1"))["results"]]
    assert sorted(names) == ["Org1", "org1"]


def test_the_slash_at_the_end_may_be_left_out_but_not_added(call: Caller) -> None:
    organization, _ = invoice(call)
    assert call("GET", f"{BASE}/{organization}/invoices/").status == 200
    assert call("GET", f"{BASE}/{organization}/invoices").status == 200
    assert call("GET", f"{BASE}/{organization}/users/").status == 404


def test_an_invoice_is_a_table_of_text(call: Caller) -> None:
    organization, key = invoice(call)
    sheet = call("GET", f"{BASE}/{organization}/invoices/{key}/csv")
    assert (sheet.status, sheet.header("content-type")) == (200, "text/csv")
    assert not sheet.body.startswith(b"{")
    assert b"," in sheet.body
    assert call("GET", f"{BASE}/{organization}/invoices/nowhere/csv").status in (400, 404)


def test_the_challenge_has_no_qop(compiled: MockModel) -> None:
    closed = Caller(compiled, principals_for(compiled.api, 0))
    refused = closed("GET", BASE)
    assert refused.status == 401
    challenge = refused.header("www-authenticate") or ""
    assert challenge.startswith("Digest ")
    assert "qop" not in challenge

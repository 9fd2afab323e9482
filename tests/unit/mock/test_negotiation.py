"""Which representation is answered: by quality, and by the version that was asked for."""

from __future__ import annotations

import pytest

from tests.unit.mock.shop import Caller, caller

API = """\
x-lockstep-version: {template: "application/vnd.acme.{version}+json", current: "3", known: ["1", "2", "3", "4"]}
paths:
  /thing:
    get:
      operationId: getThing
      responses:
        "200":
          description: x
          content:
            application/vnd.acme.2+json: {schema: {const: two}}
            application/vnd.acme.3+json: {schema: {const: three}}
            text/csv: {schema: {type: string}}
"""


@pytest.fixture(scope="module", name="call")
def _call() -> Caller:
    return caller(API)


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("*/*", "application/vnd.acme.3+json"),
        ("application/vnd.acme.2+json", "application/vnd.acme.2+json"),
        ("application/vnd.acme.4+json", "application/vnd.acme.3+json"),
        ("application/vnd.acme.1+json", None),
        ("application/vnd.acme.1+json, */*;q=0.1", "application/vnd.acme.3+json"),
        ("application/vnd.acme.3+json;q=0.1, text/csv;q=0.2", "text/csv"),
        ("application/vnd.acme.9+json", None),
        ("application/json", None),
    ],
)
def test_the_latest_version_that_is_not_after_the_asked_one(
    call: Caller, accept: str, answered: str | None
) -> None:
    answer = call("GET", "/thing", headers=(("Accept", accept),))
    assert answer.status == (200 if answered else 406)
    assert answered is None or answer.header("content-type") == answered

"""An API as of a date: the newest version by then, and no operation that came later."""

from __future__ import annotations

import pytest

from generator.api import Api, at_version, later_operations
from tests.described import api_of


def answers(*media_types: str) -> str:
    inside = ", ".join(f"{each}: {{schema: {{type: object}}}}" for each in media_types)
    return f"{{description: x, content: {{{inside}}}}}"


OLD, MIDDLE, NEW = "2023-01-01", "2024-05-30", "2025-03-12"
VND = "application/vnd.x.{}+{}"
BOTH = answers(
    VND.format(OLD, "json"), VND.format(NEW, "json"), VND.format(OLD, "csv"), "text/html"
)
ERROR = answers("application/json")
API = f"""\
x-lockstep-version:
  {{template: 'application/vnd.x.{{version}}+json', current: '{NEW}', known: ['{OLD}', '{NEW}']}}
paths:
  /things:
    get: {{operationId: list, responses: {{"200": {BOTH}, "400": {ERROR}}}}}
    post:
      operationId: make
      requestBody: {{content: {{{VND.format(MIDDLE, "json")}: {{schema: {{type: object}}}}}}}}
      responses: {{"204": {{description: x}}}}
  /plain:
    get: {{operationId: plain, responses: {{"200": {ERROR}}}}}
"""


@pytest.fixture(scope="module")
def api() -> Api:
    return api_of(API)


def seen(api: Api) -> dict[str, list[str]]:
    """Media types of the first answer, or of the body, by operation."""
    return {
        each.id: [c.media_type for c in (each.body or each.responses[0]).content]
        for each in api.operations
    }


def test_the_newest_by_then_stays_and_what_has_no_date(api: Api) -> None:
    found = seen(at_version(api, "2024-12-31"))
    assert found["list"] == [VND.format(OLD, "json"), VND.format(OLD, "csv"), "text/html"]
    assert found["make"] == [VND.format(MIDDLE, "json")]
    assert found["plain"] == ["application/json"]
    newest = seen(at_version(api, NEW))["list"]
    assert newest == [VND.format(NEW, "json"), VND.format(OLD, "csv"), "text/html"]


def test_what_came_later_is_left_out(api: Api) -> None:
    assert [each.id for each in later_operations(api, OLD)] == ["make"]
    assert list(seen(at_version(api, OLD))) == ["list", "plain"]
    assert list(seen(at_version(api, "2000-01-01"))) == ["list", "plain"]


@pytest.mark.parametrize(
    ("date", "current"), [("2024-12-31", OLD), (NEW, NEW), ("2000-01-01", NEW), ("2030-01-01", NEW)]
)
def test_the_version_that_is_asked_for_is_that_of_then(api: Api, date: str, current: str) -> None:
    version = at_version(api, date).behaviours.version
    assert version is not None
    assert version.current == current

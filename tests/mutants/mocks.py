"""Faults in the mocks of three APIs, of every class that the suite knows, each planted by hand.

They stand beside the zoo, which is about single laws of one API: here any part may find a fault.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.api.exchange import Request, Response
from tests.mutants.planted import Fault, Of, Step, answers, asks, gets, not_stored, rightly
from tests.mutants.wrongs import (
    Cached,
    EverySecond,
    above,
    also,
    as_type,
    lacking,
    path,
    renamed,
    sends,
    taken_body,
    unless,
    without_first,
)
from tests.mutants.zoo import ZOO, queried, without

V1, V2, CONCORD = "atlas-v1", "atlas-v2", "concord"

LAWS: Mapping[str, str] = {
    "pages-concatenate": "paging",
    "filter": "filters",
    "read-your-writes": "read your writes",
    "gone-after-delete": "gone after delete",
    "refused-write": "a refused write changes nothing",
    "partial-update": "partial update",
    "lists-apart": "nothing else touched",
    "alternative-keys": "alternative keys",
    "guard": "guards",
    "confirm": "confirmation",
    "auth-required": "auth",
    "tenants-apart": "auth",
    "no-replay": "auth",
    "version-refused": "protocol",
    "safe-methods": "safe methods change nothing",
    "repeatable-read": "repeatable reads",
}
"""The class of a fault by the law of the zoo that finds it; other laws are classes themselves."""


@dataclass(frozen=True, slots=True)
class Case:
    """One fault: its class, the description that the mock is made from, its name, the fault.

    Calls that are `raced` are answered from the state of a moment before.
    """

    about: str
    spec: str
    name: str
    fault: Fault = rightly
    auth: bool = False
    raced: Of | None = None


def of_zoo() -> tuple[Case, ...]:
    """The faults of the zoo by their classes."""
    return tuple(
        Case(LAWS.get(each.law, each.law), V2, each.name, each.fault, each.auth) for each in ZOO
    )


_CREATES, _UPDATES, _DELETES = "parallel creates", "parallel updates", "parallel deletes"
_V1 = "/api/atlas/v1.0/orgs"
_V2 = "/api/atlas/v2/orgs"
_C = "/api/v1/org"
_V2_ORG, _V2_INVITES, _V2_INVITE = f"{_V2}/*", f"{_V2}/*/invites", f"{_V2}/*/invites/*"
_V1_ORG, _V1_INVITES, _V1_INVITE = f"{_V1}/*", f"{_V1}/*/invites", f"{_V1}/*/invites/*"
_ONE = f"{_C}/*"
_LIST_C, _GET_C, _POST_C = Of("GET", _C), Of("GET", _ONE), Of("POST", _C)
_V1_PAGE, _V1_GET = Of("GET", _V1), Of("GET", _V1_ORG)


def _results(change: Callable[[list[Any]], list[Any]]) -> Callable[[Any], Any]:
    return lambda body: {**body, "results": change(body["results"])}


def _irreversible(request: Request, response: Response) -> bool:
    return response.status == 400 and b"irreversible" in response.body


def _confirmed(query: dict[str, str]) -> dict[str, str]:
    return {**query, "confirmation": "yes"}


def _hides(step: Step, state: Any, request: Request, response: Response) -> Any:
    """What is read becomes private."""
    named = path(request).rpartition("/")[2]
    sent = json.dumps({"name": named, "visibility": "PRIVATE"}).encode()
    headers = (*request.headers, ("content-type", "application/json"))
    own = replace(request, method="POST", target=above(request), headers=headers, body=sent)
    return step(state, own)[0]


def _takes_other(step: Step, state: Any, request: Request, response: Response) -> Any:
    """Of what lies beside it the first goes too."""
    listed = replace(request, method="GET", target=above(request), body=b"")
    _, shown = step(state, listed)
    items = json.loads(shown.body)
    items = items if isinstance(items, list) else items["results"]
    if not items:
        return state
    key = items[0]["name"] if above(request) == _C else items[0]["id"]
    query = "?confirmation=yes" if above(request) == _C else ""
    other = replace(request, method="DELETE", target=f"{above(request)}/{key}{query}", body=b"")
    return step(state, other)[0]


def _status(method: str, of: int) -> Callable[[Request, Response], bool]:
    return lambda request, response: request.method == method and response.status == of


MOCKS: tuple[Case, ...] = (
    Case(
        "envelope",
        V2,
        "the envelope has a status that is none",
        answers(Of("GET", _V2_ORG, "envelope=true"), lambda body: {**body, "status": 999}),
    ),
    Case(
        "envelope",
        V1,
        "the envelope of an invitation is left out",
        asks(Of("GET", _V1_INVITE), without("envelope")),
    ),
    Case(
        "envelope",
        V1,
        "the envelope wraps twice",
        answers(
            Of("GET", _V1_ORG, "envelope=true"),
            lambda body: {**body, "content": {"content": body["content"]}},
        ),
    ),
    Case(
        "envelope",
        V1,
        "the envelope lacks its status",
        answers(Of("GET", _V1_ORG, "envelope=true"), lacking("status")),
    ),
    Case(
        "representation",
        V2,
        "pretty adds a field",
        answers(Of("GET", f"{_V2_ORG}/settings", "pretty=true"), lambda body: {**body, "more": 1}),
    ),
    Case(
        "representation",
        V2,
        "pretty is refused",
        gets(lambda request, _: "pretty=true" in request.target, 400),
    ),
    Case(
        "representation",
        V1,
        "pretty turns a list around",
        answers(Of("GET", _V1_INVITES, "pretty=true"), lambda body: body[::-1] or ["none"]),
    ),
    Case(
        "representation",
        V1,
        "pretty drops a name",
        answers(Of("GET", _V1_ORG, "pretty=true"), lacking("name")),
    ),
    Case(
        "representation",
        V1,
        "pretty writes an identifier in capitals",
        answers(Of("GET", _V1_ORG, "pretty=true"), lambda b: {**b, "id": f"X{b['id'].upper()}"}),
    ),
    Case(
        "confirmation",
        CONCORD,
        "a delete needs no confirmation",
        asks(Of("DELETE", _ONE), queried(_confirmed)),
    ),
    Case(
        "confirmation",
        CONCORD,
        "any confirmation will do",
        asks(Of("DELETE", _ONE, "confirmation="), queried(_confirmed)),
    ),
    Case(
        "confirmation",
        CONCORD,
        "what is not confirmed is answered as done",
        gets(_irreversible, 200, b'{"ok": true, "result": "DELETED"}'),
    ),
    Case("confirmation", CONCORD, "what is not confirmed gets 409", gets(_irreversible, 409)),
    Case("confirmation", CONCORD, "what is not confirmed fails", gets(_irreversible, 500)),
    Case(
        "safe methods change nothing",
        V2,
        "a read renames",
        also(sends("PATCH", path, {"name": "readonce"}), Of("GET", _V2_ORG)),
    ),
    Case(
        "safe methods change nothing",
        V2,
        "a read of an invitation takes it away",
        also(sends("DELETE", path), Of("GET", _V2_INVITE)),
    ),
    Case(
        "safe methods change nothing",
        V2,
        "a list makes one more",
        also(sends("POST", path, {"name": "madebyalist"}), Of("GET", _V2)),
    ),
    Case(
        "safe methods change nothing",
        V2,
        "a read of settings changes them",
        also(
            sends("PATCH", path, {"apiAccessListRequired": True}),
            Of("GET", f"{_V2_ORG}/settings"),
        ),
    ),
    Case(
        "safe methods change nothing",
        V1,
        "a read of an invitation takes it away (1.0)",
        also(sends("DELETE", path), Of("GET", _V1_INVITE)),
    ),
    Case("safe methods change nothing", CONCORD, "a read hides", also(_hides, _GET_C)),
    Case(
        "repeatable reads",
        V2,
        "every second read adds a blank",
        EverySecond(Of("GET", _V2_ORG), renamed),
    ),
    Case(
        "repeatable reads",
        V2,
        "every second list lacks one",
        EverySecond(Of("GET", _V2), without_first),
    ),
    Case(
        "repeatable reads",
        V1,
        "every second list lacks one (1.0)",
        EverySecond(_V1_PAGE, without_first),
    ),
    Case("repeatable reads", V2, "a read is kept for ever", Cached(Of("GET", _V2_ORG))),
    Case("repeatable reads", V1, "a list is kept for ever", Cached(Of("GET", _V1_INVITES))),
    Case(
        "repeatable reads",
        CONCORD,
        "every second read adds a blank (Concord)",
        EverySecond(_GET_C, renamed),
    ),
    Case("repeatable reads", CONCORD, "a read is kept for ever (Concord)", Cached(_GET_C)),
    Case(
        "nothing else touched",
        V2,
        "a delete of an invitation takes the first too",
        also(_takes_other, Of("DELETE", _V2_INVITE)),
    ),
    Case(
        "nothing else touched",
        V1,
        "a delete of an invitation takes the first too (1.0)",
        also(_takes_other, Of("DELETE", _V1_INVITE)),
    ),
    Case(
        "nothing else touched",
        V2,
        "an invitation renames its organization",
        also(sends("PATCH", above, {"name": "invited"}), Of("POST", _V2_INVITES)),
    ),
    Case(
        "nothing else touched",
        V1,
        "an invitation renames its organization (1.0)",
        also(sends("PATCH", above, {"name": "invited"}), Of("POST", _V1_INVITES)),
    ),
    Case(
        "nothing else touched",
        CONCORD,
        "a delete takes the first too",
        also(_takes_other, Of("DELETE", _ONE)),
        auth=True,
    ),
    Case(
        "alternative keys",
        V1,
        "a change by username is not stored",
        not_stored(Of("PATCH", _V1_INVITES)),
    ),
    Case(
        "alternative keys",
        V1,
        "a change by username needs none",
        gets(lambda r, a: Of("PATCH", _V1_INVITES)(r) and a.status == 404, 200),
    ),
    Case(
        "alternative keys",
        CONCORD,
        "names mind no case",
        asks(_GET_C, lambda r: replace(r, target=r.target.lower())),
    ),
    Case(
        "guards",
        V2,
        "the guard holds for nobody and deletes",
        gets(lambda _, response: response.status == 409, 200),
    ),
    Case("guards", V1, "a full organization is deleted (1.0)", gets(_status("DELETE", 409), 204)),
    Case("guards", V1, "the guard says 400", gets(_status("DELETE", 409), 400)),
    Case(
        "paging",
        V1,
        "a page leaves out its last item (1.0)",
        answers(_V1_PAGE, _results(lambda items: items[:-1])),
    ),
    Case("paging", V1, "the page number is ignored (1.0)", asks(_V1_PAGE, without("pageNum"))),
    Case("paging", V1, "the page size is ignored (1.0)", asks(_V1_PAGE, without("itemsPerPage"))),
    Case("paging", CONCORD, "the offset is ignored", asks(_LIST_C, without("offset"))),
    Case("paging", CONCORD, "the limit is ignored", asks(_LIST_C, without("limit"))),
    Case(
        "paging",
        CONCORD,
        "the offset counts from one",
        asks(
            Of("GET", _C, "offset="),
            queried(
                lambda q: (
                    {**q, "offset": str(int(q["offset"]) + 1)} if q["offset"].isdecimal() else q
                )
            ),
        ),
    ),
    Case("filters", V1, "the name is ignored (1.0)", asks(_V1_PAGE, without("name"))),
    Case("filters", CONCORD, "the filter is ignored", asks(_LIST_C, without("filter"))),
    Case(
        "filters",
        CONCORD,
        "the filter minds the case",
        asks(
            Of("GET", _C, "filter="),
            queried(lambda q: {**q, "filter": q["filter"] if q["filter"].islower() else "~none~"}),
        ),
    ),
    Case("read your writes", V1, "a rename is not stored (1.0)", not_stored(Of("PATCH", _V1_ORG))),
    Case(
        "read your writes",
        V1,
        "an invitation is not stored (1.0)",
        not_stored(Of("POST", _V1_INVITES)),
    ),
    Case("read your writes", CONCORD, "nothing is stored", not_stored(_POST_C)),
    Case(
        "read your writes",
        CONCORD,
        "metadata are not stored",
        taken_body(_POST_C, lambda body: {k: v for k, v in body.items() if k != "meta"}),
    ),
    Case(
        "gone after delete",
        V1,
        "a deleted organization stays (1.0)",
        not_stored(Of("DELETE", _V1_ORG)),
    ),
    Case(
        "gone after delete",
        V1,
        "a deleted invitation stays (1.0)",
        not_stored(Of("DELETE", _V1_INVITE)),
    ),
    Case(
        "gone after delete",
        CONCORD,
        "a deleted organization stays (Concord)",
        not_stored(Of("DELETE", _ONE)),
    ),
    Case(
        "partial update",
        CONCORD,
        "what is not sent is reset",
        taken_body(_POST_C, lambda body: {"visibility": "PUBLIC", "meta": {}, **body}),
    ),
    Case(
        "partial update",
        V1,
        "roles are given up by a change",
        taken_body(Of("PATCH", _V1_INVITE), lambda body: {**body, "roles": ["ORG_MEMBER"]}),
    ),
    Case(
        "a refused write changes nothing",
        V1,
        "a wrong name is taken",
        gets(lambda r, a: Of("POST", _V1)(r) and a.status == 400, 201, b'{"organization": {}}'),
    ),
    Case(
        "a refused write changes nothing",
        CONCORD,
        "a wrong body is taken",
        gets(
            lambda r, a: _POST_C(r) and a.status == 400, 200, b'{"ok": true, "result": "UPDATED"}'
        ),
    ),
    Case(
        "input",
        V2,
        "a wrong body gets 422",
        gets(lambda r, a: a.status == 400 and r.method == "POST", 422),
    ),
    Case(
        "input",
        V1,
        "a wrong query is taken",
        gets(
            lambda r, a: _V1_PAGE(r) and a.status == 400,
            200,
            b'{"results": [], "links": [], "totalCount": 0}',
        ),
    ),
    Case(
        "input",
        CONCORD,
        "a wrong query fails",
        gets(lambda r, a: _LIST_C(r) and a.status == 404, 500),
    ),
    Case(
        "input",
        V2,
        "a made-up organization is empty",
        gets(lambda r, a: Of("GET", _V2_ORG)(r) and a.status == 404, 200, b"{}"),
    ),
    Case("protocol", V2, "answers have no type", unless("content-type")),
    Case("protocol", V1, "lists are text", as_type(_V1_PAGE, "text/plain")),
    Case("protocol", V2, "a missing method is not found", gets(lambda _, a: a.status == 405, 404)),
    Case("protocol", V1, "a wrong media type fails", gets(lambda _, a: a.status == 415, 500)),
    Case(
        "protocol",
        CONCORD,
        "a method that is not allowed fails",
        gets(lambda _, a: a.status == 405, 500),
    ),
    Case(
        "auth",
        V1,
        "nobody may read everything",
        gets(lambda r, a: r.method == "GET" and a.status == 401, 200),
        auth=True,
    ),
    Case(
        "auth",
        CONCORD,
        "nobody may list",
        gets(lambda r, a: _LIST_C(r) and a.status == 401, 200, b"[]"),
        auth=True,
    ),
    Case(
        "auth",
        CONCORD,
        "a missing permission fails otherwise",
        gets(lambda _, a: a.status == 403, 404),
        auth=True,
    ),
    Case("auth", V1, "a 401 has no challenge (1.0)", unless("www-authenticate"), auth=True),
    Case(_CREATES, V2, "organizations at once are one", raced=Of("POST", _V2)),
    Case(_CREATES, V2, "invitations at once are one", raced=Of("POST", _V2_INVITES)),
    Case(_CREATES, V1, "organizations at once are one (1.0)", raced=Of("POST", _V1)),
    Case(_CREATES, V1, "invitations at once are one (1.0)", raced=Of("POST", _V1_INVITES)),
    Case(_CREATES, CONCORD, "organizations at once are one (Concord)", raced=_POST_C),
    Case(_UPDATES, V2, "of settings at once one is kept", raced=Of("PATCH", f"{_V2_ORG}/settings")),
    Case(_DELETES, V2, "deletes at once all delete", raced=Of("DELETE", _V2_ORG)),
    Case(_DELETES, V2, "withdrawals at once all withdraw", raced=Of("DELETE", _V2_INVITE)),
    Case(_DELETES, V1, "deletes at once all delete (1.0)", raced=Of("DELETE", _V1_ORG)),
    Case(_DELETES, V1, "withdrawals at once all withdraw (1.0)", raced=Of("DELETE", _V1_INVITE)),
    Case(_DELETES, CONCORD, "deletes at once all delete (Concord)", raced=Of("DELETE", _ONE)),
)
"""Every such fault; CONTRIBUTING.md says how to add one."""

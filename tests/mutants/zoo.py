"""The zoo: faults in the mock of Atlas v2, each with the law that must find it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from generator.api.exchange import Request, Response
from tests.mutants.planted import Fault, Of, Step, answers, asks, gets, header, not_stored

_ORGS = "/api/atlas/v2/orgs"
_ORG = f"{_ORGS}/*"
_INVITES = f"{_ORG}/invites"
_INVITE = f"{_INVITES}/*"
_SETTINGS = f"{_ORG}/settings"
_CURRENT = "application/vnd.atlas.2023-01-01+json"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: its name, the law that finds it, and whether the server asks for credentials."""

    name: str
    law: str
    fault: Fault
    auth: bool = False


def queried(change: Callable[[dict[str, str]], dict[str, str]]) -> Callable[[Request], Request]:
    def changed(request: Request) -> Request:
        path, _, query = request.target.partition("?")
        asked = urlencode(change(dict(parse_qsl(query, keep_blank_values=True))))
        return replace(request, target=f"{path}?{asked}" if asked else path)

    return changed


def without(name: str) -> Callable[[Request], Request]:
    return queried(lambda query: {key: value for key, value in query.items() if key != name})


def _sent(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Request], Request]:
    return lambda request: replace(
        request, body=json.dumps(change(json.loads(request.body))).encode()
    )


def _results(change: Callable[[list[Any]], list[Any]]) -> Callable[[Any], Any]:
    return lambda body: {**body, "results": change(body["results"])}


def _total(change: Callable[[dict[str, Any]], int]) -> Callable[[Any], Any]:
    return lambda body: {**body, "totalCount": change(body)} if "totalCount" in body else body


def _says_more(body: Any) -> Any:
    more = {"rel": "next", "href": "http://127.0.0.1/next?pageNum=2&itemsPerPage=500"}
    full = any(link["rel"] == "next" for link in body["links"])
    return body if full else {**body, "links": [*body["links"], more]}


def _page_start(query: dict[str, str]) -> dict[str, str]:
    page = int(query.get("pageNum", "1"))
    return {**query, "pageNum": str(page + 1)} if page > 1 else query


def _prefix_as_contains(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    after, response = step(state, request)
    asked = re.search(r"[?&]name=([^&]+)", request.target)
    if not (Of("GET", _ORGS)(request) and asked and response.status == 200):
        return after, response
    _, whole = step(state, without("name")(request))
    body = json.loads(whole.body)
    word = dict(parse_qsl(asked[0][1:]))["name"].casefold()
    kept = [each for each in body["results"] if word in each["name"].casefold()]
    body |= {"results": kept} | ({"totalCount": len(kept)} if "totalCount" in body else {})
    return after, replace(response, body=json.dumps(body).encode())


def _name_filter(fits: Callable[[str, str], bool]) -> Fault:
    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        query = dict(parse_qsl(request.target.partition("?")[2]))
        if Of("GET", _ORGS)(request) and "name" in query and response.status == 200:
            body = json.loads(response.body)
            kept = [each for each in body["results"] if fits(each["name"], query["name"])]
            response = replace(response, body=json.dumps({**body, "results": kept}).encode())
        return after, response

    return fault


def _other_invitation(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    if Of("PATCH", _INVITES)(request):
        _, listed = step(state, Request("GET", request.target, (("accept", _CURRENT),)))
        last = json.loads(listed.body)[-1]["username"]
        request = _sent(lambda body: {**body, "username": last})(request)
    return step(state, request)


def _resets_settings(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    after, response = step(state, request)
    if not (Of("PATCH", _SETTINGS)(request) and response.status == 200):
        return after, response
    sent = json.loads(request.body)
    flags = [name for name, value in json.loads(response.body).items() if value is True]
    reset = {name: False for name in flags if name not in sent}
    return step(after, _sent(lambda _: reset)(request)) if reset else (after, response)


def _renames_neighbour(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    after, response = step(state, request)
    if not (Of("PATCH", _ORG)(request) and response.status == 200):
        return after, response
    listed = Request("GET", f"{_ORGS}?itemsPerPage=500", (("accept", _CURRENT),))
    ids = [each["id"] for each in json.loads(step(after, listed)[1].body)["results"]]
    others = [each for each in ids if not request.target.endswith(each)]
    for other in others:
        after, _ = step(after, replace(request, target=f"{_ORGS}/{other}"))
    return after, response


def _refused_yet_done(when: Of, body: dict[str, Any]) -> Fault:
    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        if when(request) and response.status == 400:
            after, _ = step(after, _sent(lambda _: body)(_json(request)))
        return after, response

    return fault


def _json(request: Request) -> Request:
    return replace(request, body=b"{}")


def _deletes_neighbour(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    after, response = step(state, request)
    if not (Of("DELETE", _INVITE)(request) and response.status == 204):
        return after, response
    path = request.target.rpartition("/")[0]
    listed = json.loads(step(after, Request("GET", path, (("accept", _CURRENT),)))[1].body)
    for each in listed:
        after, _ = step(after, replace(request, target=f"{path}/{each['id']}"))
    return after, response


def _shown_everywhere(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    after, response = step(state, request)
    if not (Of("GET", _INVITES)(request) and response.status == 200) or "?" in request.target:
        return after, response
    listed = Request("GET", f"{_ORGS}?itemsPerPage=500", (("accept", _CURRENT),))
    ids = [each["id"] for each in json.loads(step(after, listed)[1].body)["results"]]
    asked = [replace(request, target=f"{_ORGS}/{each}/invites") for each in ids]
    invites = [each for one in asked for each in json.loads(step(after, one)[1].body)]
    return after, replace(response, body=json.dumps(invites).encode())


def _version_refused_yet_done(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    after, response = step(state, request)
    if response.status == 406 and request.method == "DELETE":
        after, _ = step(state, header(request, "accept", _CURRENT))
    return after, response


def _accepts(pattern: str) -> Fault:
    def fault(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        if re.fullmatch(pattern, request.header("accept") or ""):
            request = header(request, "accept", _CURRENT)
        return step(state, request)

    return fault


def _counts_not_kept(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    after, response = step(state, request)
    return (state if request.method == "GET" and response.status == 200 else after), response


def _unchallenged(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    after, response = step(state, request)
    kept = tuple(pair for pair in response.headers if pair[0].lower() != "www-authenticate")
    wrong = request.header("authorization") is not None
    return after, replace(response, headers=kept) if wrong else response


def _anonymous(when: Of) -> Callable[[Request, Response], bool]:
    return lambda request, response: when(request) and request.header("authorization") is None


def _refused_signed(when: Of) -> Callable[[Request, Response], bool]:
    return lambda request, response: (
        when(request) and response.status == 401 and "authorization" in _names(request)
    )


def _names(request: Request) -> set[str]:
    return {name.lower() for name, _ in request.headers}


class _Shared:
    """A list that shows everybody what anybody made."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def __call__(self, step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        after, response = step(state, request)
        if Of("POST", _ORGS)(request) and response.status == 201:
            self.made.append(json.loads(response.body)["organization"])
        if Of("GET", _ORGS)(request) and response.status == 200:
            body = json.loads(response.body) | {"results": self.made}
            response = replace(response, body=json.dumps(body).encode())
        return after, response


def _marking(step: Step, state: Any, request: Request) -> tuple[Any, Response]:
    """A GET of an organization renames it."""
    after, response = step(state, request)
    if Of("GET", _ORG)(request) and response.status == 200:
        key = request.target.partition("?")[0].rpartition("/")[2]
        table = dict(after.tables[("organization",)])
        item = table[key]
        table[key] = replace(item, fields={**item.fields, "name": f"{item.fields['name']}-"[-60:]})
        after = replace(after, tables={**after.tables, ("organization",): table})
    return after, response


class _Flickering:
    """Every other answer is one to another question."""

    def __init__(self, when: Of) -> None:
        self._when = when
        self._count = 0

    def __call__(self, step: Step, state: Any, request: Request) -> tuple[Any, Response]:
        """The wrong step."""
        after, response = step(state, request)
        if not self._when(request) or response.status != 200:
            return after, response
        self._count += 1
        return (
            (after, response)
            if self._count % 2
            else answers(self._when, _emptied)(step, state, request)
        )


def _emptied(body: Any) -> Any:
    return {**body, "results": [], "totalCount": 0} if "results" in body else dict.fromkeys(body)


ZOO: tuple[Mutant, ...] = (
    Mutant("a rename is not stored", "read-your-writes", not_stored(Of("PATCH", _ORG))),
    Mutant("an invitation is not stored", "read-your-writes", not_stored(Of("POST", _INVITES))),
    Mutant(
        "a create answers another name",
        "read-your-writes",
        answers(
            Of("POST", _ORGS), lambda body: {"organization": {**body["organization"], "name": "x"}}
        ),
    ),
    Mutant(
        "a list leaves out the newest",
        "read-your-writes",
        answers(Of("GET", _INVITES), lambda body: body[:-1]),
    ),
    Mutant(
        "a deleted organization stays readable", "gone-after-delete", not_stored(Of("DELETE", _ORG))
    ),
    Mutant(
        "a deleted invitation stays readable",
        "gone-after-delete",
        not_stored(Of("DELETE", _INVITE)),
    ),
    Mutant("a delete takes all invitations", "gone-after-delete", _deletes_neighbour),
    Mutant(
        "a deleted organization answers 410",
        "gone-after-delete",
        gets(lambda request, response: Of("GET", _ORG)(request) and response.status == 404, 410),
    ),
    Mutant(
        "a page leaves out its last item",
        "pages-concatenate",
        answers(Of("GET", _ORGS, "itemsPerPage=2"), _results(lambda items: items[:-1])),
    ),
    Mutant(
        "a page repeats its first item",
        "pages-concatenate",
        answers(Of("GET", _ORGS, "pageNum=2"), _results(lambda items: [*items[:1], *items])),
    ),
    Mutant(
        "the page size is ignored",
        "pages-concatenate",
        asks(Of("GET", _ORGS), without("itemsPerPage")),
    ),
    Mutant(
        "the page number is ignored",
        "pages-concatenate",
        asks(Of("GET", _ORGS), without("pageNum")),
    ),
    Mutant(
        "the second page is skipped",
        "pages-concatenate",
        asks(Of("GET", _ORGS), queried(_page_start)),
    ),
    Mutant(
        "the total counts the page",
        "pages-concatenate",
        answers(Of("GET", _ORGS), _total(lambda body: len(body["results"]))),
    ),
    Mutant(
        "the total is one too many",
        "pages-concatenate",
        answers(Of("GET", _ORGS), _total(lambda body: int(body["totalCount"]) + 1)),
    ),
    Mutant(
        "the last page names a next", "pages-concatenate", answers(Of("GET", _ORGS), _says_more)
    ),
    Mutant(
        "the total cannot be switched off",
        "pages-concatenate",
        asks(Of("GET", _ORGS), without("includeCount")),
    ),
    Mutant("a list shows what lies elsewhere", "lists-apart", _shown_everywhere),
    Mutant("a filter is ignored", "filter", asks(Of("GET", _ORGS), without("name"))),
    Mutant("a prefix is a substring", "filter", _prefix_as_contains),
    Mutant(
        "a filter minds the case",
        "filter",
        _name_filter(lambda name, asked: name.startswith(asked)),
    ),
    Mutant(
        "a prefix is the whole", "filter", _name_filter(lambda name, asked: len(name) == len(asked))
    ),
    Mutant(
        "the username filter is ignored", "filter", asks(Of("GET", _INVITES), without("username"))
    ),
    Mutant("an unknown version is served", "version-refused", _accepts(r".*1815.*")),
    Mutant("no version is served", "version-refused", _accepts("application/json")),
    Mutant("a refused version deletes", "version-refused", _version_refused_yet_done),
    Mutant("a username reaches the last invitation", "alternative-keys", _other_invitation),
    Mutant(
        "a change by username is not stored", "alternative-keys", not_stored(Of("PATCH", _INVITES))
    ),
    Mutant("other settings are reset", "partial-update", _resets_settings),
    Mutant("a rename renames all", "partial-update", _renames_neighbour),
    Mutant(
        "null clears nothing",
        "partial-update",
        asks(
            Of("PATCH", _SETTINGS),
            _sent(lambda body: {key: value for key, value in body.items() if value is not None}),
        ),
    ),
    Mutant(
        "a refused rename is done",
        "refused-write",
        _refused_yet_done(Of("PATCH", _ORG), {"name": "refused"}),
    ),
    Mutant(
        "a refused create makes one",
        "refused-write",
        _refused_yet_done(Of("POST", _ORGS), {"name": "refused"}),
    ),
    Mutant(
        "a forbidden body is taken",
        "refused-write",
        gets(
            lambda request, response: Of("PATCH", _SETTINGS)(request) and response.status == 400,
            200,
        ),
    ),
    Mutant(
        "a full organization is deleted",
        "guard",
        gets(lambda request, response: Of("DELETE", _ORG)(request) and response.status == 409, 204),
    ),
    Mutant(
        "the guard says another code",
        "guard",
        gets(
            lambda request, response: response.status == 409,
            409,
            b'{"error": 409, "errorCode": "SOMETHING_ELSE"}',
        ),
    ),
    Mutant(
        "the status in the envelope is 0",
        "envelope",
        answers(Of("GET", _ORG, "envelope=true"), lambda body: {**body, "status": 0}),
    ),
    Mutant("the envelope is left out", "envelope", asks(Of("GET", _SETTINGS), without("envelope"))),
    Mutant(
        "the envelope lacks a field",
        "envelope",
        answers(Of("GET", _ORG, "envelope=true"), lambda body: {**body, "content": {}}),
    ),
    Mutant(
        "pretty drops a field",
        "representation",
        answers(
            Of("GET", _ORG, "pretty=true"),
            lambda body: {key: value for key, value in body.items() if key != "isDeleted"},
        ),
    ),
    Mutant("a read marks what it reads", "safe-methods", _marking),
    Mutant("every other read is older", "repeatable-read", _Flickering(Of("GET", _SETTINGS))),
    Mutant("every other list is empty", "repeatable-read", _Flickering(Of("GET", _ORGS))),
    Mutant(
        "anybody may delete", "auth-required", gets(_anonymous(Of("DELETE", _ORG)), 204), auth=True
    ),
    Mutant(
        "a wrong secret is fine",
        "auth-required",
        gets(_refused_signed(Of("GET", _ORGS)), 200),
        auth=True,
    ),
    Mutant("a 401 has no challenge", "auth-required", _unchallenged, auth=True),
    Mutant(
        "another tenant may read",
        "tenants-apart",
        gets(_refused_signed(Of("GET", _ORG)), 200),
        auth=True,
    ),
    Mutant("a list shows all tenants", "tenants-apart", _Shared(), auth=True),
    Mutant("a nonce count serves twice", "no-replay", _counts_not_kept, auth=True),
)
"""Every mutant; CONTRIBUTING.md says how to add one."""

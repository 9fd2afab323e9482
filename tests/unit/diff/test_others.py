"""Every rule that is not about a facet: a pair of descriptions that brings it, and one that does not."""

from __future__ import annotations

from typing import Any

import pytest

from generator.api import ModelField, Surface
from generator.diff import RULES, Policy, surface_verdicts
from generator.diff.rules import PLAIN
from tests.unit.diff import test_facets
from tests.unit.diff.pairs import POLICY, TODAY, document, everywhere, ids

Members = dict[str, Any]
FINE: Members = {"responses": {"200": {"description": "fine"}}}
TEXT = {"type": "string"}


def paths(**operations: Members) -> Members:
    return {"paths": {f"/{name}": {"get": members} for name, members in operations.items()}}


def one(**members: Any) -> Members:
    """A description of one operation with these members."""
    return {"paths": {"/things": {"post": {**FINE, **members}}}}


def served(*starts: str) -> Members:
    return {"servers": [{"url": f"https://api.example.com{each}"} for each in starts], **one()}


def body(schema: Any, **members: Any) -> Members:
    return one(requestBody={"content": {"application/json": {"schema": schema}}, **members})


def named(start: str, media_type: str) -> Members:
    """A description of a body or an answer of this media type."""
    content = {media_type: {"schema": TEXT}}
    if start == "request-body":
        return one(requestBody={"content": content})
    return one(responses={"200": {"description": "fine", "content": content}})


def text(start: str, kind: str, *, held: bool = False) -> Members:
    """A description of a body or an answer that is no JSON."""
    schema = {"type": kind}
    content = {"text/csv": {"schema": thing(a=schema) if held else schema}}
    if start == "request-body":
        return one(requestBody={"content": content})
    return one(responses={"200": {"description": "fine", "content": content}})


def answer(schema: Any) -> Members:
    content = {"application/json": {"schema": schema}}
    return one(responses={"200": {"description": "fine", "content": content}})


def parameter(place: str = "query", **members: Any) -> Members:
    return one(parameters=[{"name": "p", "in": place, "schema": TEXT, **members}])


def shared(**members: Any) -> Members:
    """A description whose parameter stands at the path."""
    made = one()
    made["paths"]["/things"]["parameters"] = [
        {"name": "p", "in": "query", "schema": TEXT, **members}
    ]
    return made


def deep(schema: Any, place: str = "query") -> Members:
    content = {"application/json": {"schema": schema}}
    return one(parameters=[{"name": "p", "in": place, "content": content}])


def header(**members: Any) -> Members:
    held = {"H": {"schema": TEXT, **members}} if members.get("there", True) else {}
    for each in held.values():
        each.pop("there", None)
    return one(responses={"200": {"description": "fine", "headers": held}})


def thing(*required: str, **properties: Any) -> Members:
    return {"type": "object", "properties": properties, "required": list(required)}


def status(*codes: str) -> Members:
    return one(responses={code: {"description": "fine"} for code in codes})


def life(place: str, **members: Any) -> Members:
    """An element of a kind with these members on its life."""
    if place == "api":
        return one(**members)
    if place == "request-parameter":
        return parameter(**members)
    schema = thing(a={**TEXT, **members})
    return body(schema) if place == "request-property" else answer(schema)


def secured(*schemes: str, scopes: tuple[str, ...] = (), whole: bool = False) -> Members:
    needed = [{name: list(scopes)} for name in schemes]
    return {"security": needed, **one()} if whole else one(security=needed)


def schemes(**found: Members) -> Members:
    return {**one(), "components": {"securitySchemes": found}}


def oauth(**flow: Any) -> Members:
    whole = {
        "authorizationUrl": "https://a/",
        "tokenUrl": "https://t/",
        "scopes": {"s": "x"},
        **flow,
    }
    return schemes(o={"type": "oauth2", "flows": {"authorizationCode": whole}})


def versioned(version: str, **members: Any) -> Members:
    return {"info": {"title": "Test", "version": version}, **body(thing(**members))}


OLD = {"deprecated": True}
PAST, LATER, LATEST = "2020-01-01", "2030-01-01", "2031-01-01"
KEY = {"type": "apiKey", "in": "header", "name": "K"}
PAIRS: dict[str, tuple[Members, Members]] = {
    "endpoint-added": (paths(a=FINE), paths(a=FINE, b=FINE)),
    "api-path-removed-without-deprecation": (paths(a=FINE, b=FINE), paths(a=FINE)),
    "api-path-removed-with-deprecation": (paths(a=FINE, b={**FINE, **OLD}), paths(a=FINE)),
    "api-path-removed-before-sunset": (
        paths(a=FINE, b={**FINE, **OLD, "x-sunset": LATER}),
        paths(a=FINE),
    ),
    "api-path-sunset-parse": (
        paths(a=FINE, b={**FINE, **OLD, "x-sunset": "soon"}),
        paths(a=FINE),
    ),
    **{
        f"api-removed-{how}": (
            {"paths": {"/a": {"get": FINE, "put": {**FINE, **members}}}},
            paths(a=FINE),
        )
        for how, members in (
            ("without-deprecation", {}),
            ("with-deprecation", OLD),
            ("before-sunset", {**OLD, "x-sunset": LATER}),
        )
    },
    "api-operation-id-added": (one(), one(operationId="a")),
    "api-operation-id-removed": (one(operationId="a"), one(operationId="b")),
    "api-tag-added": (one(), one(tags=["a"])),
    "api-tag-removed": (one(tags=["a"]), one()),
    "api-path-trailing-slash-changed": (
        {"paths": {"/a": {"get": FINE}}},
        {"paths": {"/a/": {"get": FINE}}},
    ),
    "api-server-path-changed": (
        {"paths": {f"/v1/{n}": {"get": FINE} for n in "abcd"}},
        {"paths": {f"/v2/{n}": {"get": FINE} for n in "abcd"}},
    ),
    "api-server-path-added": (served("/v1"), served("/v1", "/v2")),
    "api-schema-added": (one(), {**one(), "components": {"schemas": {"A": TEXT}}}),
    "api-schema-removed": ({**one(), "components": {"schemas": {"A": TEXT}}}, one()),
    "api-version-not-bumped": (versioned("1", a=TEXT), versioned("1")),
    "webhook-added": (one(), {**one(), "webhooks": {"w": {"post": FINE}}}),
    "webhook-removed": ({**one(), "webhooks": {"w": {"post": FINE}}}, one()),
    "api-security-added": (one(security=[]), secured("a")),
    "api-security-removed": (secured("a"), one(security=[])),
    "api-credentials-refused": (secured("a", "b"), secured("a")),
    "api-security-scope-added": (secured("a"), secured("a", scopes=("s",))),
    "api-security-scope-removed": (secured("a", scopes=("s",)), secured("a")),
    "api-global-security-added": (one(), secured("a", whole=True)),
    "api-global-security-removed": (secured("a", whole=True), one()),
    "api-global-security-scope-added": (
        secured("a", whole=True),
        secured("a", scopes=("s",), whole=True),
    ),
    "api-global-security-scope-removed": (
        secured("a", scopes=("s",), whole=True),
        secured("a", whole=True),
    ),
    "api-security-component-added": (one(), schemes(k=KEY)),
    "api-security-component-removed": (schemes(k=KEY), one()),
    "api-security-component-type-changed": (schemes(k=KEY), schemes(k={**KEY, "in": "query"})),
    "api-security-component-oauth-scope-added": (oauth(), oauth(scopes={"s": "x", "t": "y"})),
    "api-security-component-oauth-scope-removed": (oauth(), oauth(scopes={})),
    "api-security-component-oauth-scope-changed": (oauth(), oauth(scopes={"s": "other"})),
    "api-security-component-oauth-url-changed": (oauth(), oauth(authorizationUrl="https://b/")),
    "api-security-component-oauth-token-url-changed": (oauth(), oauth(tokenUrl="https://u/")),
    "new-request-path-parameter": (one(), parameter("path", required=True)),
    "new-required-request-parameter": (one(), parameter(required=True)),
    "new-optional-request-parameter": (one(), parameter()),
    "new-required-request-default-parameter-to-existing-path": (one(), shared(required=True)),
    "new-optional-request-default-parameter-to-existing-path": (one(), shared()),
    "request-parameter-removed": (parameter(), one()),
    "request-parameter-removed-with-deprecation": (parameter(deprecated=True), one()),
    "request-parameter-removed-before-sunset": (
        parameter(deprecated=True, **{"x-sunset": LATER}),
        one(),
    ),
    "request-path-parameter-renamed": tuple(  # type: ignore[dict-item]
        {
            "paths": {
                f"/a/{{{name}}}": {
                    "get": {
                        **FINE,
                        "parameters": [
                            {"name": name, "in": "path", "required": True, "schema": TEXT}
                        ],
                    }
                }
            }
        }
        for name in ("old", "new")
    ),
    "request-parameter-style-changed": (
        parameter(schema={"type": "array"}),
        parameter(schema={"type": "array"}, explode=False),
    ),
    "request-body-added-required": (one(), body(TEXT, required=True)),
    "request-body-added-optional": (one(), body(TEXT)),
    "request-body-removed": (body(TEXT), one()),
    "request-body-media-type-added": (
        body(TEXT),
        one(requestBody={"content": {"application/json": {"schema": TEXT}, "text/csv": {}}}),
    ),
    "request-body-media-type-removed": (
        one(requestBody={"content": {"application/json": {"schema": TEXT}, "text/csv": {}}}),
        body(TEXT),
    ),
    "request-body-media-type-schema-added": (
        one(requestBody={"content": {"application/json": {}}}),
        body(TEXT),
    ),
    "request-body-media-type-schema-removed": (
        body(TEXT),
        one(requestBody={"content": {"application/json": {}}}),
    ),
    "new-required-request-property": (body(thing()), body(thing("a", a=TEXT))),
    "new-required-request-property-with-default": (
        body(thing()),
        body(thing("a", a={**TEXT, "default": "x"})),
    ),
    "new-optional-request-property": (body(thing()), body(thing(a=TEXT))),
    "request-property-removed": (body(thing(a=TEXT)), body(thing())),
    "new-required-request-header-property": (
        deep(thing(), "header"),
        deep(thing("a", a=TEXT), "header"),
    ),
    "request-header-property-became-enum": (
        deep(thing(a=TEXT), "header"),
        deep(thing(a={**TEXT, "enum": ["x"]}), "header"),
    ),
    "request-header-property-became-required": (
        deep(thing(a=TEXT), "header"),
        deep(thing("a", a=TEXT), "header"),
    ),
    "new-required-request-parameter-property": (deep(thing()), deep(thing("a", a=TEXT))),
    "new-optional-request-parameter-property": (deep(thing()), deep(thing(a=TEXT))),
    "request-parameter-property-removed": (deep(thing(a=TEXT)), deep(thing())),
    "response-success-status-added": (status("200"), status("200", "201")),
    "response-success-status-removed": (status("200", "201"), status("200")),
    "response-non-success-status-added": (status("200"), status("200", "404")),
    "response-non-success-status-removed": (status("200", "404"), status("200")),
    "response-media-type-added": (
        status("200"),
        one(responses={"200": {"description": "fine", "content": {"text/csv": {}}}}),
    ),
    "response-media-type-removed": (
        one(responses={"200": {"description": "fine", "content": {"text/csv": {}}}}),
        status("200"),
    ),
    "response-body-media-type-schema-added": (
        one(responses={"200": {"description": "fine", "content": {"application/json": {}}}}),
        answer(TEXT),
    ),
    "response-body-media-type-schema-removed": (
        answer(TEXT),
        one(responses={"200": {"description": "fine", "content": {"application/json": {}}}}),
    ),
    "response-header-added": (status("200"), header()),
    "required-response-header-removed": (header(required=True), status("200")),
    "optional-response-header-removed": (header(), status("200")),
    "response-header-became-required": (header(), header(required=True)),
    "response-header-became-optional": (header(required=True), header()),
    "response-header-property-added": (header(schema=thing()), header(schema=thing(a=TEXT))),
    "response-header-property-removed": (header(schema=thing(a=TEXT)), header(schema=thing())),
    "response-header-property-became-required": (
        header(schema=thing(a=TEXT)),
        header(schema=thing("a", a=TEXT)),
    ),
    "response-header-property-became-optional": (
        header(schema=thing("a", a=TEXT)),
        header(schema=thing(a=TEXT)),
    ),
    "request-body-became-required": (body(TEXT), body(TEXT, required=True)),
    "request-body-became-optional": (body(TEXT, required=True), body(TEXT)),
    "request-parameter-became-required": (parameter(), parameter(required=True)),
    "request-parameter-became-optional": (parameter(required=True), parameter()),
    "request-property-became-required": (body(thing(a=TEXT)), body(thing("a", a=TEXT))),
    "request-property-became-optional": (body(thing("a", a=TEXT)), body(thing(a=TEXT))),
    "request-property-became-required-with-default": (
        body(thing(a={**TEXT, "default": "x"})),
        body(thing("a", a={**TEXT, "default": "x"})),
    ),
    "request-parameter-property-became-required": (
        deep(thing(a=TEXT)),
        deep(thing("a", a=TEXT)),
    ),
    "request-parameter-property-became-optional": (
        deep(thing("a", a=TEXT)),
        deep(thing(a=TEXT)),
    ),
    "response-property-became-required": (answer(thing(a=TEXT)), answer(thing("a", a=TEXT))),
    "response-property-became-optional": (answer(thing("a", a=TEXT)), answer(thing(a=TEXT))),
    "api-invalid-stability-level": (one(), one(**{"x-stability-level": "ga"})),
    "sunset-deleted": (one(**OLD, **{"x-sunset": LATER}), one(**OLD)),
    "api-version-decreased": (versioned("2"), versioned("1", a=TEXT)),
    "api-major-version-not-bumped": (
        versioned("1.0", a=TEXT),
        versioned("1.1", a={"type": "integer"}),
    ),
}
for _start in ("request-body", "response"):
    for _action, _before, _after in (
        ("changed", "application/json", "application/json; charset=utf-8"),
        ("generalized", "application/vnd.a+json", "application/json"),
        ("specialized", "application/json", "application/vnd.a+json"),
    ):
        PAIRS[f"{_start}-media-type-name-{_action}"] = (
            named(_start, _before),
            named(_start, _after),
        )
for _place, _hidden, _make in (
    ("request-read-only-property", "readOnly", body),
    ("response-write-only-property", "writeOnly", answer),
):
    _schema = {**TEXT, _hidden: True}
    _loose, _strict = _make(thing(a=_schema)), _make(thing("a", a=_schema))
    PAIRS[f"{_place}-became-required"] = (_loose, _strict)
    PAIRS[f"{_place}-became-optional"] = (_strict, _loose)
for _direction, _make in (("request", body), ("response", answer)):
    for _need, _required in (("required", ("a",)), ("optional", ())):
        for _word, _key in (("read-only", "readOnly"), ("write-only", "writeOnly")):
            _plain = _make(thing(*_required, a=TEXT))
            _flagged = _make(thing(*_required, a={**TEXT, _key: True}))
            PAIRS[f"{_direction}-{_need}-property-became-{_word}"] = (_plain, _flagged)
            PAIRS[f"{_direction}-{_need}-property-became-not-{_word}"] = (_flagged, _plain)
for _need, _required in (("required", ("a",)), ("optional", ())):
    for _middle, _more in (("", {}), ("-write-only", {"writeOnly": True})):
        _there = answer(thing(*_required, a={**TEXT, **_more}))
        _gone = answer(thing())
        PAIRS[f"response-{_need}{_middle}-property-added"] = (_gone, _there)
        PAIRS[f"response-{_need}{_middle}-property-removed"] = (_there, _gone)
for _place in ("api", "request-parameter", "request-property", "response-property"):
    _start = "endpoint" if _place == "api" else _place
    _plain, _old = life(_place), life(_place, deprecated=True)

    def _until(day: str, place: str = _place) -> Members:
        return life(place, deprecated=True, **{"x-sunset": day})

    def _stable(level: str, place: str = _place) -> Members:
        return life(place, **{"x-stability-level": level})

    PAIRS[f"{_start}-deprecated"] = (_plain, _old)
    if _place != "request-parameter":
        PAIRS[f"{_start}-deprecated-with-sunset"] = (_plain, _until(LATER))
    PAIRS[f"{_start}-reactivated"] = (_old, _plain)
    PAIRS[f"{_place}-sunset-date-too-small"] = (_plain, _until(PAST))
    PAIRS[f"{_place}-sunset-date-changed-too-small"] = (_until(LATEST), _until(LATER))
    PAIRS[f"{_place}-stability-decreased"] = (_stable("stable"), _stable("beta"))
    PAIRS[f"{_place}-stability-increased"] = (_stable("beta"), _stable("stable"))
    if _place != "api":
        PAIRS[f"{_place}-sunset-deleted"] = (_until(LATER), _old)
    PAIRS[
        {
            "api": "api-deprecated-sunset-parse",
            "request-parameter": "request-parameter-sunset-parse",
        }.get(_place, f"{_place}-deprecated-sunset-invalid")
    ] = (_plain, _until("soon"))

# What is written as text is written alike, whichever type it is read as.
WRITTEN_ALIKE = {
    "request-body-type-compatible": (
        text("request-body", "integer"),
        text("request-body", "string"),
    ),
    "request-property-type-compatible": (
        text("request-body", "integer", held=True),
        text("request-body", "string", held=True),
    ),
    "response-body-type-compatible": (text("response", "string"), text("response", "integer")),
    "response-property-type-compatible": (
        text("response", "string", held=True),
        text("response", "integer", held=True),
    ),
    "response-header-type-compatible": (
        header(schema={"type": "string"}),
        header(schema={"type": "integer"}),
    ),
}


@pytest.mark.parametrize("made", WRITTEN_ALIKE)
def test_a_type_that_is_written_alike_is_told_as_such(made: str) -> None:
    old, new = WRITTEN_ALIKE[made]
    assert made in ids(document(old), document(new))
    assert ids(document(old), document(old)) == set()


STRICT = Policy(today=TODAY, deprecation_days={"stable": 30})
NEEDS_DAYS = {
    f"{place}-deprecated-sunset-missing": (life(place), life(place, deprecated=True))
    for place in ("api", "request-parameter", "request-property", "response-property")
}
ELSEWHERE = ("behaviour-", "client-")
"""What `test_behaviours` and the tests below bring."""
TOLD = [rule.id for rule in PLAIN if not rule.id.startswith(ELSEWHERE)]


@pytest.mark.parametrize("made", TOLD)
def test_a_rule_has_a_pair_that_brings_it(made: str) -> None:
    old, new = PAIRS.get(made) or NEEDS_DAYS[made]
    policy = STRICT if made in NEEDS_DAYS else POLICY
    assert made in ids(document(old), document(new), policy)


@pytest.mark.parametrize("made", TOLD)
def test_a_rule_is_silent_where_nothing_changed(made: str) -> None:
    for each in PAIRS.get(made) or NEEDS_DAYS[made]:
        assert ids(document(each), document(each), STRICT) == set()


def test_no_pair_is_left_without_a_rule() -> None:
    assert (PAIRS.keys() | NEEDS_DAYS.keys()) <= set(TOLD)


def surface(**signatures: str) -> Surface:
    pointers = {name: f"/paths/~1{name}/get" for name in signatures}
    return Surface(
        names={pointer: name for name, pointer in pointers.items()},
        signatures={pointers[name]: signature for name, signature in signatures.items()},
    )


def with_field(annotation: str, needed: bool) -> Surface:
    pointer = "/components/schemas/Toy/properties/name"
    return Surface({pointer: "name"}, {}, {pointer: ModelField(annotation, needed)})


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        ("client-name-removed", surface(a="(self)", b="(self)"), surface(a="(self)")),
        ("client-name-added", surface(a="(self)"), surface(a="(self)", b="(self)")),
        (
            "client-signature-narrowed",
            surface(a="(self, x: int = 1) -> str"),
            surface(a="(self) -> str"),
        ),
        (
            "client-signature-extended",
            surface(a="(self) -> str"),
            surface(a="(self, *, x: int = 1) -> str"),
        ),
        ("client-signature-changed", surface(a="(self) -> str"), surface(a="(self) -> int")),
        ("client-field-required", with_field("str", False), with_field("str", True)),
        ("client-field-type-changed", with_field("str", True), with_field("int", True)),
    ],
)
def test_a_rule_about_the_client(made: str, old: Surface, new: Surface) -> None:
    api = document(paths(a=FINE, b=FINE))
    assert made in {each.rule.id for each in surface_verdicts(api, api, old, new, POLICY)}
    assert not list(surface_verdicts(api, api, old, old, POLICY))


def test_a_name_that_changed_is_told() -> None:
    api = document(paths(a=FINE))
    old, new = (Surface(names={"/paths/~1a/get": name}, signatures={}) for name in ("get", "fetch"))
    (verdict,) = surface_verdicts(api, api, old, new, POLICY)
    assert (verdict.rule.id, verdict.message) == ("client-name-changed", "get is now fetch")


def test_every_rule_is_brought_by_a_pair_of_these_tests() -> None:
    found = {*WRITTEN_ALIKE}
    for made, (old, new) in {**PAIRS, **NEEDS_DAYS}.items():
        found |= ids(document(old), document(new), STRICT if made in NEEDS_DAYS else POLICY)
    for subject, action in test_facets.CASES:
        old, new = test_facets.PAIRS[subject][action]
        base = everywhere(old, test_facets.COMPONENTS)
        found |= ids(base, everywhere(new, test_facets.COMPONENTS))
    assert {made for made in RULES if not made.startswith(ELSEWHERE)} - found == set()

"""Calls end to end: what is sent, what comes back typed, what raises."""

from __future__ import annotations

import copy
import pickle

import msgspec
import pytest

from generator.runtime import (
    UNSET,
    Answer,
    Body,
    ClientError,
    DecodeError,
    Error,
    ErrorFields,
    File,
    NotFound,
    Options,
    Parameter,
    Request,
    ServerError,
    StatusError,
    UnexpectedStatus,
)
from generator.runtime.status import CLASSES
from tests.unit.runtime.conftest import MakeWorld, caller_of
from tests.unit.runtime.facts import (
    CREATE,
    DELETE,
    ERROR,
    GET,
    GET_BY_ID,
    VND,
    Cat,
    Dog,
    Fault,
    Role,
    Thing,
    UnknownPet,
    get,
)
from tests.unit.runtime.probe import answer


def test_a_typed_answer_over_every_transport(make_any_world: MakeWorld) -> None:
    world = make_any_world(lambda r: answer(200, b'{"name":"x"}', content_type=VND), path="/api/")
    assert world.call(GET) == Thing(name="x")
    sent = world.probe.requests[0]
    assert (sent.method, sent.target) == ("GET", "/api/things")
    assert sent.headers["accept"] == f"{VND}, application/json"
    assert sent.headers["user-agent"] == "probe/1"


def test_a_body_is_sent_with_its_versioned_media_type(make_any_world: MakeWorld) -> None:
    world = make_any_world(lambda r: answer(201, r.body, content_type=f"{VND}; charset=utf-8"))
    made = world.call(CREATE, Thing(name="é", is_deleted=None))
    assert made == Thing(name="é", is_deleted=None)
    sent = world.probe.requests[0]
    assert sent.headers["content-type"] == VND
    assert sent.body == '{"name":"é","isDeleted":null}'.encode()


def test_bytes_of_the_path_and_query_arrive_as_encoded(make_any_world: MakeWorld) -> None:
    world = make_any_world(lambda r: answer(200, b'{"name":"x"}', content_type=VND))
    operation = get("/a/{p}:do", parameters=(Parameter("p", "path"), Parameter("q", "query")))
    world.call(operation, p="a/b é'|\\", q="x&y=[z]+'\"")
    expected = "/a/a%2Fb%20%C3%A9%27%7C%5C:do?q=x%26y%3D%5Bz%5D%2B%27%22"
    assert world.probe.requests[0].target == expected


def test_unset_is_never_sent(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(201, b'{"name":"x"}', content_type=VND))
    operation = msgspec.structs.replace(CREATE, parameters=(Parameter("pretty", "query"),))
    world.call(operation, {"name": "x", "isDeleted": UNSET}, pretty=UNSET)
    assert world.probe.requests[0].target == "/things"
    assert world.probe.requests[0].body == b'{"name":"x"}'


def test_read_only_fields_are_left_out_of_bodies(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(201, b'{"name":"x"}', content_type=VND))
    body = Body(VND, omit=("/isDeleted", "/others/*/name", "/parent/name", "/nothing/there"))
    thing = Thing(name="x", is_deleted=True, others=[Thing(name="y")], parent=None)
    world.call(msgspec.structs.replace(CREATE, body=body), thing)
    sent = msgspec.json.decode(world.probe.requests[0].body)
    assert sent == {"name": "x", "others": [{}], "parent": None}


def test_a_required_body_and_path_parameters_are_demanded(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer())
    with pytest.raises(TypeError, match="createThing needs a body"):
        world.call(CREATE)
    nothings: list[object] = ["", None, UNSET, []]
    for nothing in nothings:
        with pytest.raises(ValueError, match="getThing: path parameter 'thingId' is empty"):
            world.call(GET_BY_ID, thingId=nothing)
    for dots in (".", ".."):
        with pytest.raises(ValueError, match="segment"):
            world.call(GET_BY_ID, thingId=dots)
    assert world.probe.requests == []


def test_no_content_and_head_are_never_parsed(make_any_world: MakeWorld) -> None:
    world = make_any_world(lambda r: answer(204 if r.method == "DELETE" else 200))
    assert world.call(DELETE) is None
    assert world.call(get(method="HEAD")) is None


def test_204_beside_a_typed_200_is_none(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(204))
    responses = (Answer("200", VND, Thing), Answer("204"))
    assert world.call(get(responses=responses)) is None


def test_a_declared_status_without_a_body_is_none(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(200, b"whatever"))
    assert world.call(get(responses=(Answer("200"),))) is None


def test_text_and_bytes_are_left_as_they_came(make_world: MakeWorld) -> None:
    replies = iter(
        [
            answer(200, b"a,b\r\n1,2\r\n", content_type="text/csv"),
            answer(200, "é".encode("latin-1"), content_type='text/csv; charset="iso-8859-1"'),
            answer(200, b"\x00\xff", content_type="application/octet-stream"),
            answer(200, b"\xff", content_type="text/csv"),
        ]
    )
    world = make_world(lambda r: next(replies))
    operation = get(
        responses=(Answer("200", "text/*", str), Answer("200", "application/octet-stream", bytes))
    )
    assert world.call(operation) == "a,b\r\n1,2\r\n"
    assert world.call(operation) == "é"
    assert world.call(operation) == b"\x00\xff"
    with pytest.raises(DecodeError, match="utf-8"):
        world.call(operation)


@pytest.mark.parametrize("status", [*CLASSES, 418, 599])
def test_one_class_a_status(make_world: MakeWorld, status: int) -> None:
    world = make_world(
        lambda r: answer(status, b'{"detail":"so\\u001b[1m","errorCode":"X"}', x_request_id="r-1"),
        options=Options(retries=0),
    )
    with pytest.raises(StatusError) as caught:
        world.call(GET)
    error = caught.value
    fallback = ClientError if status < 500 else ServerError
    assert type(error) is CLASSES.get(status, fallback)
    assert isinstance(error, fallback)
    assert (error.status, error.code, error.detail) == (status, "X", "so\x1b[1m")
    assert error.body == Fault(detail="so\x1b[1m", error_code="X")
    assert error.request_id == "r-1"
    says, curl = str(error).splitlines()
    assert says == f"GET http://probe.test/things: {status} X so [1m (request r-1)"
    assert curl.startswith("  curl -X GET -H 'accept: ")


@pytest.mark.parametrize(
    ("body", "kind", "fields", "said"),
    [
        (b'{"detail":null,"errorCode":null}', "application/json", ERROR, (None, None)),
        (b'{"detail":["no"]}', "application/json", ERROR, (None, None)),
        (b"Not for you.", "text/plain", ErrorFields(detail=""), (None, "Not for you.")),
        (b'"Not for you."', "application/json", ErrorFields(detail=""), (None, "Not for you.")),
        (b"\xff", "text/plain", ErrorFields(detail=""), (None, None)),
        (b"\x00", "image/png", ErrorFields(detail=""), (None, None)),
        (b"", "text/plain", ErrorFields(code="/code"), (None, None)),
    ],
)
def test_what_an_error_says_is_a_word_or_nothing(
    make_world: MakeWorld, body: bytes, kind: str, fields: ErrorFields, said: tuple[object, ...]
) -> None:
    world = make_world(lambda r: answer(404, body, content_type=kind))
    with pytest.raises(StatusError) as caught:
        world.call(get(error=fields))
    assert (caught.value.code, caught.value.detail) == said


def test_undeclared_statuses_raise_with_the_raw_body(make_world: MakeWorld) -> None:
    replies = iter(
        [
            answer(202, b"{}"),
            answer(302, b"", location="http://elsewhere.test/"),
            answer(404, b"<p>gone</p>", content_type="text/html"),
            answer(404, b"{oops"),
            answer(404, b""),
        ]
    )
    world = make_world(lambda r: next(replies))
    bare = get(responses=(Answer("200", VND, Thing),))
    for status in (202, 302):
        with pytest.raises(UnexpectedStatus) as unexpected:
            world.call(bare)
        assert unexpected.value.status == status
    for body in (b"<p>gone</p>", b"{oops", b""):
        with pytest.raises(NotFound) as caught:
            world.call(GET)
        assert (caught.value.body, caught.value.code) == (None, None)
        assert caught.value.response.body == body


def test_a_body_that_does_not_fit_names_the_path(make_world: MakeWorld) -> None:
    replies = iter(
        [
            b'{"name":"x","others":[{"name":1}]}',
            b'{"name":"x","new":1,"others":[{"name":1}]}',
            b'{"name":"x","others":[{"name":1}],',
            b"{",
            b"",
            b'{"name":"\xff"}',
        ]
    )
    world = make_world(lambda r: answer(200, next(replies), content_type=VND))
    for _ in range(2):
        with pytest.raises(DecodeError) as caught:
            world.call(GET)
        assert caught.value.path == "$.others[0].name"
        assert "GET http://probe.test/things" in str(caught.value)
        assert "$.others[0].name" in str(pickle.loads(pickle.dumps(caught.value)))
    for _ in range(4):
        with pytest.raises(DecodeError) as caught:
            world.call(GET)
        assert caught.value.path == "$"


def test_media_types(make_world: MakeWorld) -> None:
    replies = iter(["text/html", "application/json", "", f"{VND.upper()} ; charset=ISO-8859-1"])
    world = make_world(lambda r: answer(200, b'{"name":"x"}', content_type=next(replies)))
    with pytest.raises(DecodeError, match="'text/html' is not described"):
        world.call(GET)
    for _ in range(3):
        assert world.call(GET) == Thing(name="x")


def test_unknown_fields_are_kept_where_they_belong(make_world: MakeWorld) -> None:
    body = (
        b'{"name":"x","new":{"a":[1]},"others":[{"name":"y"},{"name":"z","more":2}],'
        b'"parent":{"name":"p","deep":3},"byName":{"k":{"name":"v","inner":4}}}'
    )
    world = make_world(lambda r: answer(200, body, content_type=VND))
    thing = world.call(GET)
    assert thing.extra_fields == {"new": {"a": [1]}}
    assert [other.extra_fields for other in thing.others] == [{}, {"more": 2}]
    assert thing.parent.extra_fields == {"deep": 3}
    assert thing.by_name["k"].extra_fields == {"inner": 4}
    assert "new" not in repr(thing)


def test_unknown_enum_values_stay_themselves(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(200, b'{"name":"x","role":"NEW"}', content_type=VND))
    role = world.call(GET).role
    assert isinstance(role, Role)
    assert (role, role.value, str(role), role.is_known) == ("NEW", "NEW", "NEW", False)
    assert msgspec.json.encode(role) == b'"NEW"'
    assert len(Role) == 2
    assert "NEW" not in Role.__members__
    assert {role, "NEW", Role("NEW")} == {"NEW"}
    assert Role.OWNER.is_known
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b"5", type=Role)
    assert pickle.loads(pickle.dumps(role)) == copy.deepcopy(role) == role


def test_unknown_union_tags_do_not_break(make_world: MakeWorld) -> None:
    pets = (
        b'[{"kind":"cat","lives":8},{"kind":"fish","fins":2},{"kind":"dog","age":3},'
        b'{"kind":"dog","tricks":["sit"]}]'
    )
    world = make_world(lambda r: answer(200, pets, content_type=VND))
    responses = (Answer("200", VND, list[Cat | Dog | UnknownPet]),)
    cat, fish, dog, other = world.call(get(responses=responses))
    assert cat == Cat(lives=8)
    assert fish == UnknownPet(raw={"kind": "fish", "fins": 2})
    assert dog.extra_fields == {"age": 3}
    assert other == Dog(tricks=["sit"])


def test_raw_responses_raise_only_when_parsed(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(404, b'{"detail":"no"}', x_more="1"))
    raw = world.raw(GET)
    assert (raw.status, raw.body, raw.headers.get("X-More")) == (404, b'{"detail":"no"}', "1")
    assert repr(raw) == "<RawResponse 404 application/json>"
    with pytest.raises(NotFound, match="no"):
        raw.parse()


def test_options_of_the_client_and_of_the_call(make_world: MakeWorld) -> None:
    world = make_world(
        lambda r: answer(200, b'{"name":"x"}', content_type=VND),
        options=Options(headers={"X-A": "client", "X-B": "client"}, query={"q": "1"}),
    )
    options = Options(headers={"x-b": "call"}, query={"r": ["2", "3"]}, accept="text/csv")
    world.call(GET, options=options)
    sent = world.probe.requests[0]
    assert sent.target == "/things?q=1&r=2&r=3"
    wanted = {"x-a": "client", "x-b": "call", "accept": "text/csv"}
    assert {name: sent.headers[name] for name in wanted} == wanted
    other = world.client.with_options(Options(query={"q": "9"}))
    world.run(caller_of(other).call(GET, {}))
    assert world.probe.requests[1].target == "/things?q=9"
    assert "client" not in repr(Options(headers={"X-A": "client"}))


def test_headers_cannot_be_broken_out_of(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer())
    operation = get(parameters=(Parameter("X-P", "header"),))
    with pytest.raises(ValueError, match="line break"):
        world.call(operation, **{"X-P": "a\r\nX-Evil: 1"})
    post = get(method="POST", body=Body(VND), idempotency_key="Idempotency-Key")
    for options in (
        Options(headers={"X-P": "a\nb"}),
        Options(headers={"X-P: a\nX-Evil": "b"}),
        Options(accept="a/b\nX-Evil: 1"),
        Options(content_type="a/b\nX-Evil: 1"),
        Options(idempotency_key="a\nb"),
    ):
        with pytest.raises(ValueError, match="line break"):
            world.call(post, b"x", options=options)
    assert not world.probe.requests


def test_an_idempotency_key_is_refused_where_it_would_be_ignored(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(200, b'{"name":"x"}', content_type=VND))
    with pytest.raises(ValueError, match="getThing takes no idempotency key"):
        world.call(GET, options=Options(idempotency_key="k"))


def test_forms_text_and_files(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(201, b'{"name":"x"}', content_type=VND))

    def sent(media_type: str, body: object) -> Request:
        world.call(msgspec.structs.replace(CREATE, body=Body(media_type)), body)
        return world.probe.requests[-1]

    form = sent("application/x-www-form-urlencoded", {"a": "1 &", "b": [True, 2], "c": UNSET})
    assert form.body == b"a=1%20%26&b=true&b=2"
    named = sent("application/x-www-form-urlencoded", Thing(name="n", is_deleted=False))
    assert named.body == b"name=n&isDeleted=false"
    assert sent("text/plain", "é").body == "é".encode()
    assert sent("application/octet-stream", b"\x00").body == b"\x00"
    upload = File('a"\r\n.txt', b"data", "text/plain")
    multipart = sent("multipart/form-data", {"f": upload, "n": [1, Role.OWNER]})
    boundary = multipart.headers["content-type"].partition("boundary=")[2].encode()
    assert multipart.body.count(b"--" + boundary) == 4
    assert b'name="f"; filename="a%22%0D%0A.txt"\r\nContent-Type: text/plain\r\n\r\ndata\r\n' in (
        multipart.body
    )
    assert b'name="n"\r\n\r\nOWNER\r\n' in multipart.body
    for media_type in ("image/png", "multipart/form-data"):
        with pytest.raises(TypeError):
            sent(media_type, 5)
    with pytest.raises(ValueError, match="media type"):
        sent("multipart/form-data", {"f": File("a", b"", "x\r\ny")})


def test_errors_show_a_curl_line(make_world: MakeWorld) -> None:
    world = make_world(lambda r: answer(404, b"{}"))
    with pytest.raises(Error) as caught:
        world.call(CREATE, Thing(name="it's"), options=Options(headers={"X-Q": "it's"}))
    line = caught.value.curl
    assert line is not None
    assert line.startswith("curl -X POST -H 'accept: ")
    assert "-H 'x-q: it'\"'\"'s' --data-binary @body 'http://probe.test/things'" in line
    assert Error("x").curl is None


def test_a_client_says_where_it_calls(make_world: MakeWorld) -> None:
    client = make_world(lambda r: answer(), path="/v1").client
    assert repr(client) == f"<{type(client).__name__} of http://probe.test/v1>"

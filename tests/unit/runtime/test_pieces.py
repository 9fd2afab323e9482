"""Small pieces by themselves: URLs, headers, challenges, pointers, enumerations, shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Optional, cast

import msgspec
import pytest

from generator.runtime import Headers, OpenIntEnum
from generator.runtime.challenge import parse_challenges
from generator.runtime.links import next_in_header, next_in_links
from generator.runtime.pointer import lookup
from generator.runtime.shapes import shape_of
from generator.runtime.uri import encode, split_base
from tests.unit.runtime.facts import Cat, Dog, Thing


class _Level(OpenIntEnum):
    LOW = 1


def test_open_integers() -> None:
    decoded = msgspec.json.decode(b"[1, 7]", type=list[_Level])
    assert [level.is_known for level in decoded] == [True, False]
    assert msgspec.json.encode(decoded) == b"[1,7]"
    assert {decoded[1], 7} == {7}
    assert len(_Level) == 1
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'["x"]', type=list[_Level])
    with pytest.raises(ValueError, match="not a valid"):
        _Level(cast("int", "x"))


@pytest.mark.parametrize(
    ("url", "origin", "path"),
    [
        ("http://h", "http://h", ""),
        ("HTTPS://H:443/", "https://h", ""),
        ("http://[::1]:80/é/", "http://[::1]", "/%C3%A9"),
        ("http://127.0.0.1:65535", "http://127.0.0.1:65535", ""),
        ("https://h:80/v1/%41", "https://h:80", "/v1/%41"),
    ],
)
def test_base_urls(url: str, origin: str, path: str) -> None:
    base = split_base(url)
    assert (base.origin, base.path) == (origin, path)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "h",
        "ftp://h",
        "http://",
        "http://u:hush@h/",
        "http://h?q",
        "http://h#f",
        "//h",
        "http://h:99999",
        "http://h:x",
        "http://a b",
        "http://[h]",
    ],
)
def test_base_urls_that_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="base URL") as caught:
        split_base(url)
    assert "hush" not in str(caught.value)


def test_every_byte_is_encoded_or_unreserved() -> None:
    text = "".join(map(chr, range(0x250)))
    assert all(c.isalnum() or c in "-._~%" for c in encode(text))
    with pytest.raises(ValueError, match="surrogates"):
        encode("\ud800")


def test_headers_are_found_without_regard_to_case() -> None:
    headers = Headers([("A", "1"), ("a", "2")])
    assert (headers.get("a"), headers.get_all("A"), headers.get("b")) == ("1", ("1", "2"), None)
    assert headers.items() == (("a", "1"), ("a", "2"))
    assert repr(Headers([("Set-Cookie", "hush")])) == "<Headers set-cookie>"


@pytest.mark.parametrize(
    ("value", "schemes"),
    [
        ('Digest realm="a, b", nonce="x\\"y", Basic realm="z"', ["digest", "basic"]),
        ("Negotiate, NTLM TlRM==, Digest nonce=abc", ["negotiate", "ntlm", "digest"]),
        ('MongoDB Digest op="auth"', ["mongodb", "digest"]),
        ('x="y"', []),
        ("", []),
        (", ,", []),
        ('Basic realm="unterminated', ["basic", "realm"]),
        ("@", []),
    ],
)
def test_challenges(value: str, schemes: list[str]) -> None:
    assert [challenge.scheme for challenge in parse_challenges([value])] == schemes


def test_parameters_of_challenges() -> None:
    first, second = parse_challenges(['Digest Realm = "a\\"b, c" ,nonce=n', "Basic"])
    assert first.parameters == {"realm": 'a"b, c', "nonce": "n"}
    assert second.parameters == {}


def test_pointers() -> None:
    body = {"a/b": {"~": [10, {"c": Thing(name="x", is_deleted=True)}]}}
    assert lookup(body, "") is body
    assert lookup(body, "/a~1b/~0/0") == 10
    assert lookup(body, "/a~1b/~0/1/c/isDeleted") is True
    for nowhere in ("/x", "/a~1b/~0/2", "/a~1b/~0/00", "/a~1b/~0/-1", "/a~1b/~0/0/z"):
        assert lookup(body, nowhere) is msgspec.UNSET
    assert lookup(body, "/a~1b/~0/1/c/is_deleted") is msgspec.UNSET


def test_links_of_a_server_that_means_no_good() -> None:
    assert next_in_links("no") is None
    assert next_in_links([1, {"rel": "next"}, {"rel": "next", "href": 5}]) is None
    assert next_in_header(["<" * 100_000, "<x>", "<y>; rel=prev", ""]) is None
    assert next_in_header(['<y>; title="<z>; rel=next"; Rel = NEXT']) == "y"


@pytest.mark.parametrize(
    "wanted",
    [
        list[Thing],
        Sequence[Thing],
        tuple[Thing, ...],
        dict[str, Thing],
        Mapping[str, Thing],
        Optional[Thing],  # noqa: UP045
        Annotated[Thing, "note"],
        Thing | list[Thing] | None,
        dict[str, list[Thing | None]],
    ],
)
def test_shapes_find_models(wanted: Any) -> None:
    for raw in (
        {"name": "x", "new": 1},
        [{"name": "x", "new": 1}],
        {"k": [{"new": 1}]},
        {"k": {"new": 1}},
    ):
        try:
            msgspec.convert(raw, wanted)
        except msgspec.ValidationError as error:
            fits = "unknown field" in str(error) or "`name`" in str(error)
        else:
            fits = False
        if fits:
            settled, unknown = shape_of(wanted).settle(raw)
            assert len(unknown) == 1
            assert "new" in str(raw)
            assert "new" not in str(settled)


@pytest.mark.parametrize("raw", [1, "x", None, [], {}, {"kind": []}])
def test_shapes_take_nothing_from_what_does_not_fit(raw: Any) -> None:
    for wanted in (int, list[int], dict[str, int], list[Cat | Dog], Cat | Dog, list[Cat] | int):
        settled, unknown = shape_of(wanted).settle(raw)
        assert (settled, len(unknown)) == (raw, 0)


def test_a_model_that_stands_alone_keeps_a_tag_that_is_not_its_own() -> None:
    settled, unknown = shape_of(list[Cat]).settle([{"kind": "fish", "lives": 1.0}])
    assert settled == [{"lives": 1}]
    assert unknown.inside[0].fields == {"kind": "fish"}


def test_every_place_of_an_array_of_fixed_length_is_known_by_itself() -> None:
    wanted = tuple[Thing, int, dict[str, int]]
    raw = [{"name": "a", "new": 1}, 2.0, {"x": 3.0}]
    settled, unknown = shape_of(wanted).settle(raw)
    assert settled == [{"name": "a"}, 2, {"x": 3}]
    assert (list(unknown.inside), unknown.inside[0].fields) == ([0], {"new": 1})
    value = msgspec.convert(settled, wanted)
    unknown.give_back(value)
    assert value[0].extra_fields == {"new": 1}
    for misfit in ([], raw[:2], [*raw, 1], "abc"):
        assert shape_of(wanted).settle(misfit)[0] is misfit

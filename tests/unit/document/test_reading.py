"""Reading: what YAML 1.2 and JSON say, by either path, and every refusal at its place."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import Diagnostics
from generator.document import Json, read
from generator.document.fast import NotRead, read_fast
from generator.document.marked import read_marked
from generator.document.refusal import Refusal


def data(text: str | bytes, name: str = "x.yaml") -> Json:
    """The data of a text that has no fault."""
    diagnostics = Diagnostics()
    document = read(name, text.encode() if isinstance(text, str) else text, diagnostics)
    assert [each.message for each in diagnostics] == []
    assert document is not None
    return document.root


def faults(text: str | bytes, name: str = "x.yaml") -> list[tuple[str, str]]:
    """The codes and places of what is reported about a text."""
    diagnostics = Diagnostics()
    read(name, text.encode() if isinstance(text, str) else text, diagnostics)
    assert all("\n" not in each.message and "Traceback" not in each.message for each in diagnostics)
    return [(each.code, str(each.where)) for each in diagnostics]


SCALARS: list[tuple[str, Json]] = [
    ("", None),
    ("~", None),
    ("null", None),
    ("NULL", None),
    ("nULL", "nULL"),
    ("true", True),
    ("False", False),
    ("tRUE", "tRUE"),
    ("yes", "yes"),
    ("off", "off"),
    ("n", "n"),
    ("12", 12),
    ("+12", 12),
    ("-0", 0),
    ("017", 17),
    ("08", 8),
    ("0o17", 15),
    ("0O17", "0O17"),
    ("-0o17", "-0o17"),
    ("0o8", "0o8"),
    ("0x1F", 31),
    ("0X1F", "0X1F"),
    ("-0x1F", "-0x1F"),
    ("0b11", "0b11"),
    ("0B11", "0B11"),
    ("1_000", "1_000"),
    ("+1_0", "+1_0"),
    ("_1", "_1"),
    ("1_", "1_"),
    ("1__0", "1__0"),
    ("1_0.5", "1_0.5"),
    ("1e1_0", "1e1_0"),
    ("1." + "0" * 80 + "_1", "1." + "0" * 80 + "_1"),
    ("0x_1F", "0x_1F"),
    ("1,000", "1,000"),
    ("1:30", "1:30"),
    ("190:20:30", "190:20:30"),
    ("2020-01-01", "2020-01-01"),
    ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
    ("1.0", 1.0),
    ("1.", 1.0),
    (".5", 0.5),
    ("-.5", -0.5),
    ("1e3", 1000.0),
    ("12e03", 12000.0),
    ("1e400", math.inf),
    ("1.2.3", "1.2.3"),
    (".inf", math.inf),
    ("-.INF", -math.inf),
    ("+.Inf", math.inf),
    ("inf", "inf"),
    ("NaN", "NaN"),
    ("99999999999999999999999999", 99999999999999999999999999),
    ("=", "="),
    ("'1_000'", "1_000"),
    ('"null"', "null"),
]


@pytest.mark.parametrize(("source", "expected"), SCALARS)
def test_a_scalar_means_what_the_core_schema_says(source: str, expected: Json) -> None:
    for text in (f"a: {source}\n", f"- {source}\n", f"a:\n  {source}\n"):
        root = data(text)
        found = root["a"] if isinstance(root, dict) else root
        found = found[0] if isinstance(found, list) else found
        assert found == expected
        assert type(found) is type(expected)


@pytest.mark.parametrize(("source", "expected"), SCALARS)
def test_both_readers_agree_on_what_the_fast_one_takes(source: str, expected: Json) -> None:
    text = f"a: {source}\n"
    marked = read_marked("x", text, Diagnostics())
    assert marked == {"a": expected}
    try:
        fast = read_fast(text)
    except NotRead:
        return
    assert fast == marked
    assert repr(fast) == repr(marked)


def test_not_a_number() -> None:
    root = data("a: .nan")
    assert isinstance(root, dict)
    assert isinstance(root["a"], float)
    assert math.isnan(root["a"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("200: a\n404: b", {"200": "a", "404": "b"}),
        ("017: a", {"017": "a"}),
        ("+1: a", {"+1": "a"}),
        ("-0: a", {"-0": "a"}),
        ("-5: a", {"-5": "a"}),
        ("0: a", {"0": "a"}),
        ("0x10: a", {"0x10": "a"}),
        ("1.0: a", {"1.0": "a"}),
        ("1e3: a", {"1e3": "a"}),
        ("true: a\nTrue: b", {"true": "a", "True": "b"}),
        ("~: a\nnull: b", {"~": "a", "null": "b"}),
        ("yes: a", {"yes": "a"}),
        ("? 017\n: a", {"017": "a"}),
        ("{? 017 : a}", {"017": "a"}),
        ("a:\n  200:\n    b: 1\n  '404': 2", {"a": {"200": {"b": 1}, "404": 2}}),
    ],
)
def test_keys_are_strings_as_they_were_written(text: str, expected: Json) -> None:
    assert data(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
        ("a: &x k\n*x : 1", {"a": "k", "k": 1}),
        (
            "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3",
            {"a": {"b": 1, "c": 2}, "d": {"b": 3, "c": 2}},
        ),
        ("<<: [{a: 1}, {a: 2, b: 2}]\nc: 3", {"a": 1, "b": 2, "c": 3}),
        ("'<<': 1", {"<<": 1}),
        (
            "a: !!str 1\nb: !!int 0x10\nc: !!float 1",
            {"a": "1", "b": 16, "c": 1.0},
        ),
        ("a: &x 1\nb: &x 2\nc: *x", {"a": 1, "b": 2, "c": 2}),
        ("%YAML 1.2\n---\na: yes", {"a": "yes"}),
        ("# first\n\n---\na: 1\n", {"a": 1}),
        ("---\na: |\n  x\n   y\nb: >-\n  x\n  y", {"a": "x\n y\n", "b": "x y"}),
        ("", None),
        ("# nothing", None),
        ("- a\n-\n- - b", ["a", None, ["b"]]),
        ("{a: 1, 'b':2, c: [x, y]}", {"a": 1, "b": 2, "c": ["x", "y"]}),
        ('a: "x\\u00e9\\x41\\/\\n"', {"a": "x\u00e9A/\n"}),
        ("a: x\u2028y\u2029z\u0085w\ufeffv", {"a": "x\u2028y\u2029z\u0085w\ufeffv"}),
        ("\u2028a: 1", {"\u2028a": 1}),
        ("a: b !c &d *e", {"a": "b !c &d *e"}),
    ],
)
def test_structure(text: str, expected: Json) -> None:
    assert data(text) == expected


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_encodings(encoding: str) -> None:
    mark = "\ufeff" if encoding.startswith(("utf-16", "utf-32")) else ""
    assert data((mark + "a: \u00e9\U0001f600").encode(encoding)) == {"a": "\u00e9\U0001f600"}
    assert data((mark + '{"a": "\u00e9"}').encode(encoding), "x.json") == {"a": "\u00e9"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b: c", ("syntax", "x.yaml:1:5")),
        ("a:\n\t- b", ("syntax", "x.yaml:2:1")),
        ("a: 'b\n", ("syntax", "x.yaml:2:1")),
        ("a: [1,\n  2\nb: 1", ("syntax", "x.yaml:3:2")),
        ("a: 1\n---\nb: 2", ("syntax", "x.yaml:2:1")),
        ("a: &x [1, *x]", ("syntax", "x.yaml:1:11")),
        ("a: *nowhere", ("syntax", "x.yaml:1:4")),
        ("? [a]\n: b", ("syntax", "x.yaml:1:3")),
        ("<<: 1", ("syntax", "x.yaml:1:5")),
        ("a: \x01", ("syntax", "x.yaml:1:1")),
        ('a: "\\ud83d"', ("syntax", "x.yaml:1:7")),
        ("a: 1\nb: " + "9" * 4301, ("too-large", "x.yaml:2:4")),
        ("a: 0x" + "f" * 4000, ("too-large", "x.yaml:1:4")),
        (b"a: 1\nbc: \xff", ("not-utf8", "x.yaml:2:5")),
        (b"\xff\xfea\x00\x00\xd8:\x00", ("not-utf8", "x.yaml:1:2")),
    ],
)
def test_refused(text: str | bytes, expected: tuple[str, str]) -> None:
    assert faults(text) == [expected]


def test_every_duplicate_key_is_reported_and_the_last_one_counts() -> None:
    text = "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n'a': 4\n200: x\n'200': y\n"
    diagnostics = Diagnostics()
    document = read("x.yaml", text.encode(), diagnostics)
    assert document is not None
    assert document.root == {"a": 4, "b": {"c": 2}, "200": "y"}
    assert [(str(each.where), str(each.related[0])) for each in diagnostics] == [
        ("x.yaml:4:3", "x.yaml:3:3"),
        ("x.yaml:5:1", "x.yaml:1:1"),
        ("x.yaml:6:1", "x.yaml:1:1"),
        ("x.yaml:8:1", "x.yaml:7:1"),
    ]


def test_an_unknown_tag_is_reported_and_its_value_kept() -> None:
    diagnostics = Diagnostics()
    document = read("x.yaml", b"a: !ref b\nc: !point {d: 1}\ne: !!int f", diagnostics)
    assert document is not None
    assert document.root == {"a": "b", "c": {"d": 1}, "e": "f"}
    assert [(each.code, str(each.where)) for each in diagnostics] == [
        ("unsupported", "x.yaml:1:4"),
        ("unsupported", "x.yaml:2:4"),
        ("unsupported", "x.yaml:3:4"),
    ]


DEEP = {
    "flow": "[" * 5_000,
    "closed flow": "a: " + "[" * 1_100 + "]" * 1_100,
    "flow mappings": "{a: " * 1_100 + "}" * 1_100,
    "compact sequences": "- " * 50_000 + "a",
    "indented": "\n".join(" " * level + "a:" for level in range(1_100)),
    "aliases": "".join(
        f"a{level}: &a{level} [{f'*a{level - 1}' if level else 'x'}]\n" for level in range(1_100)
    ),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_too_deep(text: str) -> None:
    assert [code for code, _ in faults(text)] == ["too-deep"]


def test_json_too_deep_is_told_where() -> None:
    assert faults('{"a": ' + "[" * 100_000, "x.json") == [("too-deep", "x.json:1:1006")]


def test_as_deep_as_is_accepted() -> None:
    for text in ("[" * 999 + "]" * 999, "- " * 999 + "a", '{"a":' * 999 + "1" + "}" * 999):
        root, depth = data(text), 0
        while isinstance(root, (dict, list)):
            root = root["a"] if isinstance(root, dict) else root[0] if root else None
            depth += 1
        assert depth == 999


def test_aliases_that_expand_too_far() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for previous, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{','.join(['*' + previous] * 9)}]\n"
    assert [code for code, _ in faults(bomb)] == ["too-deep"]


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.document.decoding.MAX_BYTES", 10)
    assert faults("a: 1234567") == []
    assert faults("a: 12345678") == [("too-large", "x.yaml:1:1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": NaN}', ("syntax", "x.json:1:7")),
        ('{"NaN": "NaN",\n "a": [-Infinity]}', ("syntax", "x.json:2:8")),
        ('{"a": 1,}', ("syntax", "x.json:1:9")),
        ("{\n'a': 1}", ("syntax", "x.json:2:1")),
        ("[1, 2", ("syntax", "x.json:1:6")),
        ('{"a": 1} {}', ("syntax", "x.json:1:10")),
        ('{"a": "\\uD83D"}', ("syntax", "x.json:1:8")),
        ('{"a": "\\\\uD83D", "b": "\\uDE00"}', ("syntax", "x.json:1:24")),
        ('{"a":\r\n\r "\t"}', ("syntax", "x.json:3:3")),
        ('{"a": ' + "1" * 5_000 + "}", ("too-large", "x.json:1:7")),
    ],
)
def test_json_refused(text: str, expected: tuple[str, str]) -> None:
    assert faults(text, "x.json") == [expected]


def test_json_values() -> None:
    text = '\n {"a": "\\uD83D\\uDE00\\\\uD83D", "b": 1e400, "c": 123456789012345678901234567890}'
    assert data(text, "x.json") == {
        "a": "\U0001f600\\uD83D",
        "b": math.inf,
        "c": 123456789012345678901234567890,
    }


def test_json_duplicates_are_reported_at_their_lines() -> None:
    text = '{"a": "\\ud83d\\ude00",\n "b": {"c": 1, "c": 2},\n\t"a": 3}'
    assert faults(text, "x.json") == [
        ("duplicate-key", "x.json:2:16"),
        ("duplicate-key", "x.json:3:2"),
    ]
    document = read("x.json", text.encode(), Diagnostics())
    assert document is not None
    assert document.root == {"a": 3, "b": {"c": 2}}


def test_a_brace_in_a_file_named_yaml_may_be_yaml() -> None:
    assert data("{a: [b,], # c\n}", "x.yml") == {"a": ["b"]}
    assert faults("{a: 1}", "x.json") == [("syntax", "x.json:1:2")]


@pytest.mark.parametrize(
    "text",
    [
        "description: if err != nil { a & b }\npattern: ^[\\p{L}_.(),:&@+]{1,64}$\n",
        "a: 2023-01-01\nb: key_1_2\nc: [x, y]\n# d: of 1_000\n",
        "---\nopenapi: 3.0.0\npaths:\n  /a/{b_0}:\n    get: {responses: {200: {}}}\n",
    ],
)
def test_ordinary_text_takes_the_fast_path(text: str) -> None:
    assert read_fast(text) == read_marked("x", text, Diagnostics())


@pytest.mark.parametrize(
    "text",
    [
        "a: 1_000",
        "a: [1_000]",
        "- -1_0",
        "{a: 1_0}",
        '{"a":1_0}',
        "a:\n  1_000",
        "a: 0b1",
        "a: &x 1",
        "a: !!str 1",
        '{"a":!!str 1}',
        "a: 1\n---\nb",
        "%YAML 1.1\n---\na: 1",
        "<<: {a: 1}",
        "a: 1\na: 2",
        "017: a",
        "a: 1\n+1: a",
        "null: a",
        "- - - - - a",
        "a: \u2028",
        "a: [",
    ],
)
def test_doubtful_text_does_not(text: str) -> None:
    with pytest.raises(NotRead):
        read_fast(text + "\n")


def test_a_text_without_a_last_line_break_keeps_it_out_of_its_value() -> None:
    assert data("a: |\n  b") == {"a": "b"}
    assert data("a: |\n  b\n") == {"a": "b\n"}


PIECES = st.sampled_from(
    [
        *(
            "a",
            "b: ",
            "- ",
            "\n",
            "\n  ",
            ": ",
            "'",
            '"',
            "[",
            "]",
            "{",
            "}",
            ", ",
            " #",
            "&x ",
            "*x",
        ),
        *("!t ", "1_0", "0x1", "-0o7", "0b1", "1.5", "~", "null", "? ", "|\n  ", "> \n  ", "---"),
        *("...", "%", "<<: ", "1e3", "-1", "+1", "017: ", "200: ", " ", "\u2028", "\r\n", "_", "0"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=10).map("".join))
def test_what_the_fast_reader_takes_the_marked_one_reads_alike(text: str) -> None:
    try:
        fast = read_fast(text + "\n")
        marked = read_marked("x", text + "\n", Diagnostics())
    except (NotRead, Refusal):
        return
    assert repr(fast) == repr(marked)


def test_no_name_of_a_file_is_opened(tmp_path: Path) -> None:
    assert read(str(tmp_path / "missing.yaml"), b"a: 1", Diagnostics()) is not None

"""Link fields, read and written."""

from __future__ import annotations

import pytest

from generator.wire import Link, format_links, link_target, parse_links


def test_several_links() -> None:
    text = '<https://h/a?x=1,2&y="3">; rel="next LAST"; title="b, <c>", </p>;rel=prev;rel=first'
    assert parse_links(text) == (
        Link('https://h/a?x=1,2&y="3"', ("next", "last"), (("title", "b, <c>"),)),
        Link("/p", ("prev",)),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("no link", ()),
        ("<open", ()),
        ("<>", (Link("", ()),)),
        ("junk, </a>; rel=next", (Link("/a", ("next",)),)),
        ("</a>; rel=next junk, </b>; rel=prev", (Link("/a", ("next",)), Link("/b", ("prev",)))),
    ],
)
def test_malformed_members_are_skipped(text: str, expected: tuple[Link, ...]) -> None:
    assert parse_links(text) == expected


def test_link_target() -> None:
    text = '</1>; rel="self", </2>; rel="Next", </3>; rel="next"'
    assert link_target(text, "NEXT") == "/2"
    assert link_target(text, "prev") is None
    assert link_target(None, "next") is None


def test_what_is_written_reads_back() -> None:
    links = (Link("/a?b=c", ("self",)), Link("/d", ("next", "last"), (("title", 'e "f"'),)))
    assert parse_links(format_links(links)) == links


@pytest.mark.parametrize("text", ["<" * 50_000, '<a>;"' * 10_000, "," * 50_000, "<a>" * 20_000])
def test_hostile_text_ends(text: str) -> None:
    assert isinstance(parse_links(text), tuple)

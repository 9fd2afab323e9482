"""No secret is told, and none by what is left of it where a text was cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.report import cut, redact_text, spellings

SECRETS = st.text(st.sampled_from('abcß&"% '), min_size=3, max_size=12).filter(str.strip)
TEXTS = st.text(st.sampled_from("xyz{}: "), max_size=20)


@given(before=TEXTS, after=TEXTS, secret=SECRETS, most=st.integers(0, 60))
def test_no_beginning_of_a_secret_is_left_where_a_text_was_cut(
    before: str, after: str, secret: str, most: int
) -> None:
    for spelled in spellings(secret, "me"):
        told = redact_text(
            f"({cut(before + spelled + after, most)})", spellings(secret, "me")
        ).replace("[redacted]", "")
        assert spelled not in told
        assert not any(f"{spelled[:length]}…" in told for length in range(2, len(spelled)))


def test_what_was_not_cut_stays() -> None:
    assert redact_text("se and sec…", ["secret"]) == "se and [redacted]…"
    assert redact_text("s… and sec", ["secret"]) == "s… and sec"


def test_a_text_is_cut_with_a_mark() -> None:
    assert cut("abc", 3) == "abc"
    assert cut("abcd", 3) == "abc…"

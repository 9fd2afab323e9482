"""Places, codes and their collection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import CODES, Diagnostics, Severity, Span, Where
from generator.diagnostics.where import escape, split


@given(st.lists(st.text()))
def test_a_place_gives_back_the_keys_that_lead_to_it(keys: list[str]) -> None:
    assert Where("a.yaml").at(*keys).tokens() == tuple(keys)


def test_pointers_escape_as_the_standard_says() -> None:
    # https://www.rfc-editor.org/rfc/rfc6901#section-3
    assert escape("a/b~c") == "a~1b~0c"
    assert split("/a~1b~0c/0") == ("a/b~c", "0")
    assert split("") == ()


def test_a_span_reads_as_compilers_write_it() -> None:
    assert str(Span("spec/a.yaml", 3, 7)) == "spec/a.yaml:3:7"


def test_the_severity_is_the_code_s_own() -> None:
    diagnostics = Diagnostics()
    diagnostics.report("duplicate-key", "twice", Where("a.yaml", "/info"))
    assert diagnostics.worst is Severity.ERROR
    assert not diagnostics.fatal
    diagnostics.report("reference-nowhere", "gone", Where("a.yaml", "/paths"))
    assert diagnostics.fatal


def test_the_same_thing_is_said_once() -> None:
    diagnostics = Diagnostics()
    for _ in range(2):
        diagnostics.report("duplicate-key", "twice", Where("a.yaml", "/info"))
    assert len(diagnostics) == 1


def test_nothing_said_is_fine() -> None:
    assert Diagnostics().worst is Severity.NOTE


def test_a_code_that_does_not_exist_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        Diagnostics().report("no-such-code", "", Where("a.yaml"))


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_explains_itself_in_a_sentence(code: str) -> None:
    assert CODES[code].meaning.endswith(".")
    assert code == code.lower()

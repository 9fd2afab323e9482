"""A name once given stays, whatever is added to the description beside it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.plan.planned import planned

# Few letters and marks, so that many of them fold to one name.
WIRE = st.text(alphabet="aAbB_-1 ", min_size=1, max_size=4)
PART = st.lists(st.tuples(WIRE, WIRE, WIRE), min_size=1, max_size=5, unique_by=lambda each: each[0])


def description(parts: list[tuple[str, str, str]]) -> str:
    """An operation, a schema, fields, values and arguments for each part, in the order given."""
    lines = ["components:", "  schemas:"]
    for name, inner, value in parts:
        wire = name.replace(" ", ".")
        lines += [
            f"    '{wire}':",
            "      type: object",
            "      properties:",
            f"        '{inner}': {{type: object, properties: {{'{value}': {{type: string}}}}}}",
            f"        'values': {{enum: {sorted({each[2] for each in parts})!r}}}",
            *(f"        'x{each[1]}': {{type: string}}" for each in unique(parts)),
        ]
    lines.append("paths:")
    for name, inner, value in parts:
        lines += [
            f"  '/{name}':",
            "    get:",
            f"      operationId: '{inner}'",
            f"      tags: ['{value}']",
            "      parameters:",
            *(
                f"        - {{name: 'q{each[2]}', in: query, schema: {{type: string}}}}"
                for each in unique(parts)
            ),
            "      responses:",
            "        '200':",
            "          description: ok",
            "          content:",
            "            application/json:",
            f"              schema: {{$ref: '#/components/schemas/{name.replace(' ', '.')}'}}",
        ]
    return "\n".join(lines) + "\n"


def unique(parts: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Parts whose second and third text are met for the first time."""
    kept = {each[1]: each for each in reversed(parts)}
    return list({each[2]: each for each in kept.values()}.values())


@settings(max_examples=40, deadline=None)
@given(before=PART, added=PART, first=st.booleans())
def test_an_addition_renames_nothing(
    before: list[tuple[str, str, str]], added: list[tuple[str, str, str]], first: bool
) -> None:
    new = [each for each in added if each[0] not in {known[0] for known in before}]
    names = planned(description(before))[0].names
    grown = planned(description([*new, *before] if first else [*before, *new]), names=names)[0]
    kept = {key: name for key, name in names.items() if key in grown.names}
    assert {key: grown.names[key] for key in kept} == kept


@settings(max_examples=25, deadline=None)
@given(parts=PART)
def test_the_same_table_gives_the_same_package(parts: list[tuple[str, str, str]]) -> None:
    once, _ = planned(description(parts))
    again, _ = planned(description(parts), names=once.names)
    assert again == once

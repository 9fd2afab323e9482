"""A project has the version of its description, whatever stands there."""

from __future__ import annotations

import pytest

from generator.plan.version import plan_version


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("1.2.3", ("1.2.3", "1.2.3", "1.2.3")),
        (" v2 ", ("2", "2", "2")),
        ("1.0.0-beta.1", ("1.0.0b1", "1.0.0b1", "1.0.0b1")),
        ("1.0+build.5", ("1.0+build.5", "1.0+build.5", "1.0+build.5")),
        ("2023-01-01", ("2023-01-01", "0.1.0", "2023-01-01")),
        ("one (new)", ("one (new)", "0.1.0", "one-new")),
        ("", ("0.1.0", "0.1.0", "0.1.0")),
        ("été", ("été", "0.1.0", "t")),
        ("né\r\nX: y", ("né\r\nX: y", "0.1.0", "n-X-y")),
        ("\x00", ("\x00", "0.1.0", "0.1.0")),
        ("9" * 65, ("9" * 65, "0.1.0", "9" * 64)),
    ],
)
def test_a_version_in_its_three_places(told: str, wanted: tuple[str, str, str]) -> None:
    found = plan_version(told)
    assert (found.told, found.project, found.product) == wanted

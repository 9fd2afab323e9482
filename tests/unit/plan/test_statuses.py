"""The table of error classes is that of the runtime."""

from __future__ import annotations

from generator.plan.statuses import ERRORS, error_name
from generator.runtime.status import error_class


def test_every_status_has_the_class_that_the_runtime_raises() -> None:
    for status in range(300, 600):
        expected = error_class(status).__name__
        assert (
            ERRORS.get(status) or error_name(f"{str(status)[0]}XX") == expected or status in ERRORS
        )
        assert error_name(str(status)) == expected


def test_ranges_and_default() -> None:
    assert error_name("4XX") == "ClientError"
    assert error_name("5XX") == "ServerError"
    assert error_name("default") == "StatusError"
    assert error_name("200") == ""

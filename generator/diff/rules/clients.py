"""Rules about the generated client: names that are gone or new, signatures that differ."""

from __future__ import annotations

from generator.diff.rules.rule import B, I, Row, W

_MORE = "Code that uses the client as it was goes on."

ROWS: tuple[Row, ...] = (
    ("client-name-removed", B, "{before} is gone", "Code that uses the name fails."),
    ("client-name-added", I, "{after} is new", _MORE),
    ("client-name-changed", B, "{before} is now {after}", "Code that uses the old name fails."),
    (
        "client-signature-changed",
        W,
        "{name} takes or gives other types",
        "Calls go on, but may no longer type-check.",
    ),
    (
        "client-signature-narrowed",
        B,
        "{name} refuses calls as they were",
        "Calls as they were fail with a TypeError.",
    ),
    (
        "client-field-required",
        B,
        "{name} has to be given now",
        "Models that are made without it fail with a TypeError.",
    ),
    (
        "client-field-type-changed",
        W,
        "{name} is {after}, no longer {before}",
        "Code goes on, but may no longer type-check.",
    ),
    ("client-signature-extended", I, "{name} takes more than before", _MORE),
)

"""The faults of the second independent server."""

from __future__ import annotations

from pathlib import Path

from tests.mutants.handmade import Handmade

FIRST_RUN = """\
stores was written when the suite was done. Numbers as keys, keys that the caller chooses and
filters by a listed value had to be learned before a run on it meant anything; the first that did found 145
of 195 faults, and 145 of the 171 that change anything described."""
"""What was found before anybody had looked at what was missed."""

_NO_CODE = (
    "swap a code in create_store #1",
    *(f"swap a code in patch_hours #{number}" for number in (1, 2)),
    "swap a code in list_items #1",
    *(f"swap a code in check_store #{number}" for number in range(1, 5)),
    *(f"swap a code in check_item #{number}" for number in range(1, 8)),
    *(f"swap a code in window #{number}" for number in (2, 3, 4)),
    "swap a code in document #2",
)
_ANY_ORDER = (
    "wait to write in patch_hours #1",
    "wait to write in list_items #1",
    "wait to write in replace_item #1",
    "wait to write in replace_item #2",
)


class _Anybody(dict[str, str]):
    """The keys of a shop that asks nobody: whoever calls is one and the same."""

    def get(self, key: str, default: object = None) -> str:  # type: ignore[override]
        return "anybody"


STORES = Handmade(
    name="stores",
    folder=Path(__file__).resolve().parent,
    scheme="Stock",
    keys={"key-of-eva": "eva", "key-of-tom": "tom"},
    start=lambda module, keys: module.App(module.Shop(keys or _Anybody())),
    about={
        "list_stores": "paging",
        "create_store": "read your writes",
        "read_store": "read your writes",
        "patch_store": "partial update",
        "close_store": "guards",
        "read_hours": "read your writes",
        "patch_hours": "partial update",
        "list_items": "filters",
        "create_item": "read your writes",
        "read_item": "read your writes",
        "replace_item": "read your writes",
        "patch_item": "partial update",
        "remove_item": "gone after delete",
        "find_store": "auth",
        "find_item": "gone after delete",
        "name_is_free": "guards",
        "check_store": "input",
        "check_item": "input",
        "window": "input",
        "document": "input",
        "distinct": "input",
        "respond": "protocol",
    },
    equivalent={
        **dict.fromkeys(_NO_CODE, "the description names no code for it"),
        **dict.fromkeys(
            _ANY_ORDER, "whatever comes in between, some order of the calls explains it"
        ),
        "turn a comparison in list_items #1": "an empty last page is no fault: nothing is lost",
    },
)

"""The faults of the second independent server."""

from __future__ import annotations

from pathlib import Path

from tests.mutants.handmade import Handmade

STORES = Handmade(
    name="stores",
    folder=Path(__file__).resolve().parent,
    scheme="Stock",
    keys={"key-of-eva": "eva", "key-of-tom": "tom"},
    start=lambda module, keys: module.App(module.Shop(keys)),
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
    equivalent={},
)

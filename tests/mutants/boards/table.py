"""The faults of boards, the first independent server."""

from __future__ import annotations

from pathlib import Path

from tests.mutants.handmade import Handmade

BOARDS = Handmade(
    name="boards",
    folder=Path(__file__).resolve().parent,
    scheme="Key",
    keys={"key-of-ann": "ann", "key-of-ben": "ben"},
    start=lambda module, keys: module.App(module.Boards(keys)),
    about={
        "routed": "protocol",
        "list_boards": "paging",
        "create_board": "read your writes",
        "get_board": "input",
        "replace_board": "read your writes",
        "delete_board": "guards",
        "list_cards": "filters",
        "create_card": "read your writes",
        "get_card": "input",
        "update_card": "partial update",
        "delete_card": "gone after delete",
        "board": "gone after delete",
        "card": "gone after delete",
        "cards_of": "gone after delete",
        "seen": "gone after delete",
        "unique": "guards",
        "read": "input",
        "pairs": "input",
        "judge_board": "input",
        "judge_card": "input",
        "text": "input",
        "queried": "input",
        "paged": "paging",
        "position": "paging",
    },
    equivalent={
        "drop an operand in routed #1": "every path has GET",
        "turn a comparison in paged #1": "an empty last page is no fault: nothing is lost or twice",
        "swap an error in position #1": "what a made-up cursor gets is left open",
        "swap a code in position #1": "what a made-up cursor gets is left open",
        "swap a code in update_card #1": "the description names no code for 412",
        "skip a write in update_card #1": "a clock may be so coarse that a change shows no new time",
    },
)

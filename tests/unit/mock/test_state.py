"""States are values: writing makes a new one, removal takes what lies under it."""

from __future__ import annotations

from generator.mock.state import Item, State, drop, passed, put, spend

A, B = Item({"n": 1}), Item({"n": 2})


def planted() -> State:
    state = State()
    for path, key in (
        (("org",), "1"),
        (("org",), "2"),
        (("user", "1"), "u"),
        (("user", "2"), "u"),
        (("key", "1", "u"), "k"),
        (("settings", "1"), ""),
        (("other", "1"), "o"),
    ):
        state = put(state, path, key, A)
    return state


def test_writing_leaves_the_state_before_alone() -> None:
    before = planted()
    after = put(before, ("org",), "1", B)
    assert before.find(("org",), "1") == A
    assert after.find(("org",), "1") == B
    assert list(after.table(("org",))) == ["1", "2"]
    assert after.table(("user", "1")) is before.table(("user", "1"))


def test_removal_takes_what_lies_under_it_and_nothing_else() -> None:
    before = planted()
    after = drop(before, ("org",), "1", {"user", "key", "settings"})
    assert set(after.tables) == {("org",), ("user", "2"), ("other", "1")}
    assert list(after.table(("org",))) == ["2"]
    assert before == planted()


def test_what_is_not_there_is_empty() -> None:
    assert State().find(("org",), "1") is None
    assert not State().table(("org",))


def test_events_move_the_clock() -> None:
    state = passed(State())
    assert (state.tick, state.moment) == (1, State().moment + 1)


def test_spent_counts_are_bits() -> None:
    state = spend(spend(State(), "n", 1), "n", 3)
    assert state.counts == {"n": 0b1010}

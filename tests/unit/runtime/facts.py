"""A small API stated as facts, as generated modules state theirs."""

from __future__ import annotations

from typing import Any

from generator.runtime import (
    UNSET,
    Answer,
    Body,
    ErrorFields,
    Model,
    OpenEnum,
    Operation,
    Parameter,
    UnknownVariant,
    UnsetType,
    field,
)

VND = "application/vnd.probe.2023-01-01+json"


class Fault(Model, kw_only=True):
    detail: str | UnsetType = UNSET
    error_code: str | UnsetType = field(default=UNSET, name="errorCode")


class Role(OpenEnum):
    OWNER = "OWNER"
    READER = "READER"


class Thing(Model, kw_only=True):
    name: str
    is_deleted: bool | UnsetType | None = field(default=UNSET, name="isDeleted")
    role: Role | UnsetType = UNSET
    parent: Thing | UnsetType | None = UNSET
    others: list[Thing] | UnsetType = UNSET
    by_name: dict[str, Thing] | UnsetType = field(default=UNSET, name="byName")


class Things(Model, kw_only=True):
    results: list[Thing] | UnsetType = UNSET
    total: int | UnsetType = field(default=UNSET, name="totalCount")
    links: list[dict[str, str]] | UnsetType = UNSET
    next: str | UnsetType | None = UNSET


class Cat(Model, kw_only=True, tag="cat", tag_field="kind"):
    lives: int = 9


class Dog(Model, kw_only=True, tag="dog", tag_field="kind"):
    tricks: list[str] | UnsetType = UNSET


class UnknownPet(UnknownVariant, kw_only=True, tag="", tag_field="kind"):
    """A pet of a kind that came later."""


ERROR = ErrorFields(code="/errorCode", detail="/detail", status="/error")
FAULTS = (Answer("4XX", "application/json", Fault), Answer("default", "application/json", Fault))
ACCEPT = f"{VND}, application/json"


def get(path: str = "/things", /, **changes: Any) -> Operation[Any]:
    """An operation that reads a thing, with some facts changed."""
    facts: dict[str, Any] = {
        "id": "getThing",
        "method": "GET",
        "path": path,
        "accept": ACCEPT,
        "responses": (Answer("200", VND, Thing), *FAULTS),
        "error": ERROR,
        **changes,
    }
    return Operation(**facts)


GET = get()
GET_BY_ID = get("/things/{thingId}", parameters=(Parameter("thingId", "path"),))
CREATE = get(
    id="createThing",
    method="POST",
    body=Body(VND, required=True),
    responses=(Answer("201", VND, Thing), *FAULTS),
)
DELETE = get(id="deleteThing", method="DELETE", responses=(Answer("204"), *FAULTS))

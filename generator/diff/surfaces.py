"""What a revision does to those who call through the generated client.

In come the surfaces of both clients and which pointers of the base became which of the revision,
out go verdicts: names that are gone, new or changed, signatures that take less, more or other, and
fields of another type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import generator.diff.matching as matching
from generator.api import Api, Surface
from generator.diagnostics import Where
from generator.diff.change import Fact, Site
from generator.diff.containment import STATED
from generator.diff.judging import Verdict, verdict_on
from generator.diff.matching import Prefixes
from generator.diff.rules import RULES, Policy
from generator.diff.signatures import signature_change

_CLASS = " (class)"
"""How the pointer of a class ends that has no pointer of its own; its name belongs to nothing."""


def surface_verdicts(
    base: Api,
    revision: Api,
    old: Surface,
    new: Surface,
    policy: Policy,
    prefixes: Prefixes | None = None,
) -> Iterator[Verdict]:
    """Verdicts on what differs between two surfaces."""
    aliases = matching.aliases(base, revision, prefixes or matching.inferred(base, revision))
    known = {_translated(pointer, aliases): pointer for pointer in old.names}
    gone = {pointer for pointer in known if pointer not in new.names}
    came = {pointer for pointer in new.names if pointer not in known}
    for pointer in sorted(gone):
        if not _within(pointer, gone):
            name = qualified(known[pointer], old.names)
            where = Where(base.where.document, known[pointer])
            yield _verdict("client-name-removed", policy, name=name, before=name, base=where)
    for pointer in sorted(came):
        if not _within(pointer, came):
            name = qualified(pointer, new.names)
            where = Where(revision.where.document, pointer)
            yield _verdict("client-name-added", policy, name=name, after=name, revision=where)
    for pointer in sorted(known.keys() & new.names.keys()):
        yield from _kept(pointer, known[pointer], old, new, policy, base, revision)


def _kept(
    pointer: str,
    formerly: str,
    old: Surface,
    new: Surface,
    policy: Policy,
    base: Api,
    revision: Api,
) -> Iterator[Verdict]:
    """What changed of a name that both surfaces have."""
    places = (Where(base.where.document, formerly), Where(revision.where.document, pointer))
    before, after = qualified(formerly, old.names), qualified(pointer, new.names)
    if old.names[formerly] != new.names[pointer]:
        yield _verdict("client-name-changed", policy, before, before, after, *places)
    one, other = old.signatures.get(formerly), new.signatures.get(pointer)
    if one is not None and other is not None and one != other:
        change = signature_change(one, other)
        verdict = _verdict(f"client-signature-{change.kind}", policy, after, one, other, *places)
        said = f"{verdict.message}: {', '.join(change.told)}" if change.told else verdict.message
        yield replace(verdict, message=said)
    field, now = old.fields.get(formerly), new.fields.get(pointer)
    if field is not None and now is not None:
        types = (field.annotation, now.annotation)
        if now.needed and not field.needed:
            yield _verdict("client-field-required", policy, after, *types, *places)
        elif field.annotation != now.annotation:
            yield _verdict("client-field-type-changed", policy, after, *types, *places)


def _verdict(
    made: str,
    policy: Policy,
    name: str = "",
    before: object = None,
    after: object = None,
    base: Where | None = None,
    revision: Where | None = None,
) -> Verdict:
    fact = Fact(
        subject="client",
        action="",
        before=before,
        after=after,
        base=base,
        revision=revision,
        name=name,
    )
    return replace(verdict_on(RULES[made], Site(), fact, policy), proof=STATED)


def _translated(pointer: str, aliases: Mapping[str, str]) -> str:
    """The pointer of the base as it is in the revision, as far as the longest alias says."""
    start = pointer
    while start and start not in aliases:
        start = start.rpartition("/")[0]
    return aliases[start] + pointer[len(start) :] if start else pointer


def _within(pointer: str, others: set[str]) -> bool:
    """Whether something above the pointer is among the others; a class stands for itself."""
    if pointer.endswith(_CLASS):
        return False
    start = pointer.rpartition("/")[0]
    while start:
        if start in others:
            return True
        start = start.rpartition("/")[0]
    return False


def qualified(pointer: str, names: Mapping[str, str]) -> str:
    """The name with the names of what it belongs to before it."""
    found = [names[pointer]]
    start = "" if pointer.endswith(_CLASS) else pointer.rpartition("/")[0]
    while start:
        if start in names:
            found.insert(0, names[start])
        start = start.rpartition("/")[0]
    return ".".join(found)

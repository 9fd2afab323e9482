"""Which representation is answered, which version was asked for, which bodies are taken.

Compiled for an operation from the media types of its bodies and the declared version scheme.
"""

from __future__ import annotations

from functools import lru_cache

from generator.api.behaviours import Version
from generator.api.model import Operation
from generator.mock.blueprint import Blueprint, success
from generator.mock.calls import Call, Check, Refused
from generator.wire import MediaType, negotiate, parse_accept


def check_accept(blueprint: Blueprint, operation: Operation) -> Check | None:
    """Chooses the media type of the answer; refuses what none satisfies, and unknown versions."""
    found = success(operation)
    answers = tuple(each.media_type for each in found[1].content) if found else ()
    version = blueprint.api.behaviours.version
    answered = _answered(version, answers)
    if not answered:
        return None
    offers = tuple(answered)

    @lru_cache(maxsize=256)
    def chosen(accept: str | None) -> str | None:
        if version is not None and not version.wildcard:
            accept = _without_wildcards(accept)
            if not accept:
                return None
        offer = negotiate(accept, offers)
        return answered[offer] if offer is not None else None

    def check(call: Call) -> None:
        accept = call.headers.get("accept")
        accepted = chosen(accept)
        if accepted is None:
            raise Refused("not-acceptable", "Accept", accept or "")
        call.accepted = accepted

    return check


def check_content_type(blueprint: Blueprint, operation: Operation) -> Check | None:
    """Refuses a body of a media type that is not declared, or coded (RFC 9110, section 15.5.16)."""
    if operation.body is None or not operation.body.content:
        return None
    version = blueprint.api.behaviours.version
    names = [each.media_type for each in operation.body.content]
    if version is not None and any(_versioned(version, name) for name in names):
        names += version.also_accepted
    taken = [each for each in map(MediaType.parse, names) if each is not None]

    @lru_cache(maxsize=256)
    def takes(text: str) -> bool:
        sent = MediaType.parse(text)
        return sent is not None and _utf8(sent) and any(each.matches(sent) for each in taken)

    def check(call: Call) -> None:
        text = call.headers.get("content-type")
        if text is None and not call.request.body:
            return
        coding = call.headers.get("content-encoding", "identity")
        if coding.lower() != "identity":
            raise Refused("unsupported-media-type", "Content-Encoding", coding)
        if text is None or not takes(text):
            raise Refused("unsupported-media-type", "Content-Type", text or "")

    return check


def _answered(version: Version | None, answers: tuple[str, ...]) -> dict[str, str]:
    """What may be asked for with what is answered then, the current version first."""
    plain = {each: each for each in answers}
    if version is None or (answers and not any(_versioned(version, each) for each in answers)):
        return plain
    known = [version.template.replace("{version}", each) for each in version.known]
    current = version.template.replace("{version}", version.current)
    others = {each: _latest(known, answers, each) for each in (current, *known)}
    found = {asked: answer for asked, answer in others.items() if answer is not None}
    first = {current: current} if current in plain else {}
    return {**first, **plain, **found, **plain}


def _latest(known: list[str], answers: tuple[str, ...], asked: str) -> str | None:
    """The answer of the latest version that is not after the one asked for, if there is one."""
    if not answers:
        return asked
    if not any(each in answers for each in known):
        return answers[0]
    before = known[: known.index(asked) + 1] if asked in known else known
    return next((each for each in reversed(before) if each in answers), None)


def _versioned(version: Version, media_type: str) -> bool:
    before, _, after = version.template.partition("{version}")
    return media_type.startswith(before) and media_type.endswith(after)


def _without_wildcards(accept: str | None) -> str:
    ranges = (each for each in parse_accept(accept or "") if each.range.subtype != "*")
    return ", ".join(f"{each.range};q={each.quality:.3f}" for each in ranges)


def _utf8(media_type: MediaType) -> bool:
    charset = media_type.parameter("charset")
    return charset is None or charset.lower() in ("utf-8", "utf8", "us-ascii")

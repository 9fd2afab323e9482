"""Every rule that a finding may name beside laws, and what it says: for people who ask by id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "unreached": "Every operation answers with a success at least once.",
        "left-behind": "What a run made can be removed again.",
        "no-answer": "Every call gets an answer.",
        "undocumented-status": "Every status that a server answers is documented.",
        "undocumented-media-type": "Every answer comes as a media type that is documented for it.",
        "answer-schema": "The body of every answer fits the schema of its status.",
        "negative": "A call with one fault gets the status and code that are declared for it.",
        "boundary": "What stands just inside the limits is not refused as wrong.",
        "auth-first": "Who proves nothing is refused before anything else is told.",
        "auth-role": "Who lacks the role is refused as declared.",
        "auth-proof": "Credentials that are malformed, made up or for another call are refused.",
        "lockstep-status": "The status is what the model of the description answers.",
        "lockstep-error-code": "The error code is the one of the model.",
        "lockstep-challenge": "A 401 carries a challenge.",
        "lockstep-media-type": "The media type is the one of the model.",
        "lockstep-field": "A field that the description decides has the value that it decides.",
        "lockstep-chosen-value": "A value that the server chose stays what it was.",
        "lockstep-items": "A list shows what the model's list shows.",
        "lockstep-list": "A list stands where the model has one.",
        "baseline": "What is accepted still happens.",
        "replay": "A call made again is answered as it was.",
    }
)

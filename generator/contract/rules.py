"""Every rule that a finding may name beside laws, and what it says: for people who ask by id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.contract.laws import LAWS

RULES: Mapping[str, str] = MappingProxyType(
    {
        "unreached": "Every operation answers with a success at least once.",
        "left-behind": "What a run made can be removed again.",
        "no-answer": "Every call gets an answer that can be read.",
        "no-credentials": "The target lets the run in, with the credentials that it was given.",
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
        # The checks of schemathesis, by its names.
        "not_a_server_error": "No call makes the server fail.",
        "status_code_conformance": "Every status that a server answers is documented.",
        "content_type_conformance": "Every answer comes as a documented media type.",
        "response_headers_conformance": "The headers of an answer are as documented.",
        "response_schema_conformance": "The body of every answer fits the schema of its status.",
        "negative_data_rejection": "Data that break the schema are refused.",
        "positive_data_acceptance": "Data that fit the schema are taken.",
        "missing_required_header": "A call without a required header is refused.",
        "unsupported_method": "A method that is not documented is refused.",
        "allow_header_conformance": "Allow names the methods that a path has.",
        "use_after_free": "What was deleted is not found any more.",
        "ensure_resource_availability": "What was created is found.",
        "ignored_auth": "Without the right credentials a call is refused.",
        "object_level_authorization": "Nobody reaches what belongs to somebody else.",
    }
)

_WFC: Mapping[str, int] = MappingProxyType(
    {
        "undocumented-status": 200,
        "undocumented-media-type": 200,
        "answer-schema": 200,
        "negative": 206,
        "auth-first": 304,
        "auth-role": 306,
        "auth-proof": 307,
        "lockstep-challenge": 109,
        "not_a_server_error": 100,
        "status_code_conformance": 200,
        "content_type_conformance": 200,
        "response_headers_conformance": 200,
        "response_schema_conformance": 200,
        "negative_data_rejection": 206,
        "missing_required_header": 206,
        "unsupported_method": 310,
        "allow_header_conformance": 201,
        "use_after_free": 113,
        "ignored_auth": 307,
        "object_level_authorization": 306,
    }
)


def rule_texts() -> Mapping[str, str]:
    """What every rule that a run's findings may name demands, laws among them."""
    return {**RULES, **{law.id: law.says for law in LAWS}}


def fault_code(rule: str) -> str:
    """The code of a law's or a rule's fault in the Web Fuzzing Commons, as F113; empty for none."""
    laws = {law.id: law.wfc for law in LAWS}
    number = laws.get(rule) or _WFC.get(rule)
    return f"F{number}" if number else ""

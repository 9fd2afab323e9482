"""Fixtures that their tools refuse and OpenAPI does not, each with the reason why nothing is said.

By the end of the path. Whatever else is meant to be refused ends in a diagnostic.
"""

from __future__ import annotations

from pathlib import Path

ACCEPTED = {
    "ogen/negative/allOf/type_mismatch.json": (
        "Nothing is both an object and a string, yet a schema that nothing fits is a schema."
    ),
    "ogen/negative/convenient_errors/different_response.json": (
        "Operations may have different default answers; one error class for all is that tool's wish."
    ),
    "ogen/negative/convenient_errors/no_default.json": (
        "An operation needs no default answer; one error class for all is that tool's wish."
    ),
    "ogen/negative/field_naming/conflict_additional_props.yaml": (
        "AdditionalProps is a name of that tool's own in Go; here it is a field like others."
    ),
    "ogen/negative/field_naming/type_extension.yml": (
        "x-ogen-type is that tool's own; two types of Go with one name do not matter in Python."
    ),
    "ogen/negative/oneOf/same_json_type_one_of.json": (
        "Branches of oneOf may be of one type; format and enum tell them apart."
    ),
    "ogen/negative/router/two_parameter_in_a_row.json": (
        "A segment of a path may hold several expressions (OpenAPI 3.2, path templating)."
    ),
    "ogen/negative/wrong_enum_type/string_value.json": (
        "Values of an enum may be of any type (JSON Schema validation, enum), those too that the"
        " type beside excludes."
    ),
    "swagger-parser-js/validate-spec/invalid/array-response-body-no-items.yaml": (
        "Swagger 2.0 demands items of parameters and headers, not of a Schema Object."
    ),
    "swagger-parser-js/validate-spec/invalid/required-property-not-defined-definitions.yaml": (
        "What is required need not be declared among the properties (JSON Schema validation,"
        " required)."
    ),
    "swagger-parser-js/validate-spec/invalid/required-property-not-defined-input.yaml": (
        "As the one before."
    ),
}


def accepted(path: Path) -> bool:
    """Whether OpenAPI has nothing against a description that another tool refuses."""
    return any(path.as_posix().endswith(f"/{each}") for each in ACCEPTED)

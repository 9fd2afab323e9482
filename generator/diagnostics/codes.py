"""Every diagnostic code, with its severity and what it means.

Codes are public and stable: they are never reused, and `--allow CODE` and `lockstep explain CODE`
take them. FATAL codes end a command with 2 (the description cannot be used), ERROR codes with 1
(its content is at fault, or something would be left out).
"""

from __future__ import annotations

from msgspec import Struct

from generator.diagnostics.diagnostic import Severity


class Code(Struct, frozen=True):
    """One code: its severity and a sentence for `lockstep explain`."""

    severity: Severity
    meaning: str


_FATAL = Severity.FATAL
_ERROR = Severity.ERROR
_WARNING = Severity.WARNING
_NOTE = Severity.NOTE

CODES: dict[str, Code] = {
    # reading
    "file-unreadable": Code(_FATAL, "The file is missing, is a folder, or may not be read."),
    "not-utf8": Code(_FATAL, "The file is not UTF-8 text."),
    "syntax": Code(_FATAL, "The text is not well-formed YAML 1.2 or JSON."),
    "too-deep": Code(_FATAL, "The document nests deeper, or expands further, than is accepted."),
    "too-large": Code(_FATAL, "The file is larger than is accepted."),
    "not-a-mapping": Code(_FATAL, "The top level of a description must be a mapping."),
    "duplicate-key": Code(
        _ERROR, "A key stands twice in one mapping; readers disagree on which counts."
    ),
    "version-unsupported": Code(
        _FATAL, "The document declares no OpenAPI version that is supported."
    ),
    # references
    "reference-nowhere": Code(_FATAL, "A $ref points at nothing."),
    "reference-remote": Code(
        _FATAL,
        "A $ref points at another host; remote references are read with --allow-remote-refs only,"
        " and by HTTP only.",
    ),
    "reference-changed": Code(
        _FATAL, "A document at another host is not the one whose hash the lock file records."
    ),
    "reference-loop": Code(
        _FATAL, "A chain of $refs leads back to itself without a schema between."
    ),
    "base-ignored": Code(
        _NOTE, "A schema declares an $id; references in it are read as if there were none."
    ),
    # overlays
    "overlay-invalid": Code(_FATAL, "The overlay is not a valid OpenAPI Overlay document."),
    "overlay-no-match": Code(_ERROR, "An overlay's action matches nothing in the description."),
    # OpenAPI itself
    "invalid-openapi": Code(_ERROR, "The description breaks the OpenAPI specification."),
    "invalid-example": Code(_ERROR, "An example or default does not fit its own schema."),
    "unsupported": Code(_ERROR, "The description uses something that is not generated."),
    "operation-id-duplicate": Code(_ERROR, "Two operations have the same operationId."),
    "paths-alike": Code(
        _WARNING,
        "Two operations of one method differ in the names of their path parameters alone; OpenAPI"
        " takes them for one, and what a call means is told by its values, if at all.",
    ),
    "schema-endless": Code(
        _ERROR,
        "A schema holds itself as part of the same value, by allOf, anyOf, oneOf, not or if: what"
        " fits it is undefined (JSON Schema, core, section 9.4.1).",
    ),
    # extensions
    "extension-unknown": Code(
        _FATAL, "No x-lockstep extension has this name, or none may stand here."
    ),
    "extension-invalid": Code(_FATAL, "An x-lockstep extension does not fit its grammar."),
    "extension-mismatch": Code(
        _ERROR, "An x-lockstep extension names something that does not exist."
    ),
    # planning and writing
    "part-unmet": Code(_ERROR, "What is to be included matches no operation."),
    "version-later": Code(
        _WARNING, "Operations came after the version that is generated, and are left out."
    ),
    "server-of-its-own": Code(
        _WARNING,
        "An operation has a server of its own that is no whole URL: it is called at the base URL of"
        " the client.",
    ),
    "body-as-bytes": Code(_NOTE, "A body is XML, which is handed over as it is written: as bytes."),
    "body-as-text": Code(
        _NOTE, "A value is written in a media type that is not known: it is given as finished text."
    ),
    "type-widened": Code(_NOTE, "A value is typed wider than its schema: Python cannot tell more."),
    "type-assumed": Code(
        _NOTE,
        "Schemas have properties or items and no type, so anything else fits them, too: they are"
        " read as objects and lists.",
    ),
    "tag-assumed": Code(
        _NOTE, "The field that tells variants apart is not required: it is sent all the same."
    ),
    "name-collision": Code(_NOTE, "Two names fold to one in Python; one of them got a suffix."),
    "output-unsafe": Code(_FATAL, "A generated module holds code that no template writes."),
    "hand-edited": Code(_ERROR, "A generated file was changed by hand since it was written."),
}

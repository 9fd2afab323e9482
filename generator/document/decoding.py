"""From bytes to text: UTF-8, or UTF-16 and UTF-32 where a byte order mark says so.

Refused is what is not text in the declared encoding, at the line and column where it stops being
so, and what is larger than is accepted.
"""

from __future__ import annotations

import codecs

from generator.diagnostics import Span
from generator.document.refusal import MAX_BYTES, Refusal, span_at

# YAML 1.2.2, section 5.2. The marks of UTF-32 begin like those of UTF-16 and so come first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(name: str, text: bytes) -> str:
    """The text without its byte order mark."""
    if len(text) > MAX_BYTES:
        megabytes = MAX_BYTES // (1024 * 1024)
        raise Refusal("too-large", f"the file is larger than {megabytes} MB", Span(name))
    mark, encoding = _encoding(text)
    try:
        return text[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        before = text[len(mark) :][: error.start].decode(encoding, "replace")
        message = f"the file is not {encoding.upper()} text: {error.reason}"
        raise Refusal("not-utf8", message, span_at(name, before, len(before))) from None


def _encoding(text: bytes) -> tuple[bytes, str]:
    return next(((mark, name) for mark, name in _MARKS if text.startswith(mark)), (b"", "utf-8"))

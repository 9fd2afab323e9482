# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Links to the next page: in an array of links of a body, or in the ``Link`` header (RFC 8288).

In come values a server chose, out goes the first reference whose relation is ``next``, or None.
"""

import re
from collections.abc import Iterable
from typing import Any

from .plain import is_sequence
from .pointer import lookup

_LONGEST = 8192
_LINK = r'[\s,]*<([^>]*)>((?:[^,"]|"(?:[^"\\]|\\.)*")*)'
_REL = r'(?i);\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))'


def next_in_links(links: Any) -> str | None:
    """The next one of an array of ``{"rel": ..., "href": ...}``."""
    if not is_sequence(links):
        return None
    for link in links:
        href = lookup(link, "/href")
        if lookup(link, "/rel") == "next" and isinstance(href, str):
            return href
    return None


def next_in_header(values: Iterable[str]) -> str | None:
    """The next one of ``Link`` headers."""
    for value in values:
        for reference, parameters in re.findall(_LINK, value[:_LONGEST]):
            relation = re.search(_REL, parameters)
            words = (relation.group(1) or relation.group(2) or "").lower() if relation else ""
            if "next" in words.split():
                return str(reference)
    return None

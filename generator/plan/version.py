"""What version a generated project is: that of its description.

In comes the version as a description tells it, which may be any text; out go the version of the
project, which must be one of PEP 440, the text of ``__version__``, and what stands for it in a
``User-Agent``, where only the marks of a token may stand.
"""

from __future__ import annotations

import re

from msgspec import Struct
from packaging.version import InvalidVersion, Version

_FIRST = "0.1.0"
"""The version of a project whose description has none that a project can have."""
# https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
_NO_TOKEN = re.compile(r"[^A-Za-z0-9!#$%&'*+.^_`|~-]+")
_LONGEST = 64


class ProjectVersion(Struct, frozen=True):
    """A version in the three places where it stands."""

    told: str
    project: str
    product: str


def plan_version(told: str) -> ProjectVersion:
    """The version of a project: in normal form, else as it is told."""
    told = told.strip()
    try:
        normal = str(Version(told)) if len(told) <= _LONGEST else ""
    except InvalidVersion:
        normal = ""
    product = _NO_TOKEN.sub("-", normal or told)[:_LONGEST].strip("-")
    return ProjectVersion(normal or told or _FIRST, normal or _FIRST, product or _FIRST)

"""Black itself, for the modules that are not in its style by construction."""

from __future__ import annotations

import black


def black_style(text: str) -> str:
    """A module as Black formats it by default."""
    return black.format_str(text, mode=black.Mode())

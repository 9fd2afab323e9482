"""The methods of HTTP as descriptions write them; read by the model and by the rules alike."""

from __future__ import annotations

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The methods that have a field of their own in a path item."""

"""A description loaded as the flags of the running command say."""

from __future__ import annotations

from collections.abc import Sequence

import generator.cli.options as options
from generator.cli.remote import remote_reader
from generator.compose.load import Loaded, Validate, load_api
from generator.document import Reader


def load(
    spec: str,
    overlays: Sequence[str] = (),
    *,
    validate: Validate | None = None,
    reader: Reader = options.read_file,
) -> Loaded:
    """Read, overlay, resolve and build; documents on other hosts only with their flag."""
    remote = remote_for(spec)
    return load_api(spec, reader=reader, overlays=overlays, validate=validate, remote=remote)


def remote_for(spec: str) -> Reader | None:
    """What reads the documents on other hosts that a description refers to; None if nothing may."""
    return remote_reader(spec) if options.asked("allow_remote_refs") else None

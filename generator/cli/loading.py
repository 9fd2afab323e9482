"""A description loaded as the flags of the running command say."""

from __future__ import annotations

from collections.abc import Sequence

import generator.cli.options as options
from generator.cli.ending import Ending
from generator.cli.output import print_diagnostics
from generator.cli.remote import remote_reader
from generator.cli.revisions import read_description
from generator.compose.load import Loaded, Validate, load_api
from generator.document import Reader


def load(spec: str, overlays: Sequence[str] = (), *, validate: Validate | None = None) -> Loaded:
    """Read, overlay, resolve and build; documents on other hosts only with their flag."""
    remote = remote_for(spec)
    return load_api(
        spec, reader=read_description, overlays=overlays, validate=validate, remote=remote
    )


def described(spec: str, overlays: Sequence[str]) -> Loaded:
    """The description of that name; the command ends where it cannot be read."""
    found = load(spec, overlays)
    if found.api is None:
        print_diagnostics(found)
        raise Ending(2)
    return found


def remote_for(spec: str) -> Reader | None:
    """What reads the documents on other hosts that a description refers to; None if nothing may."""
    return remote_reader(spec) if options.asked("allow_remote_refs") else None

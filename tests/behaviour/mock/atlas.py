"""What the tests know of the committed description: where it is and what it seeds."""

from __future__ import annotations

from pathlib import Path

from generator.api import Api, build
from generator.api.exchange import Headers
from generator.diagnostics import Diagnostics
from generator.document import load

SPEC = Path(__file__).parents[3] / "spec" / "atlas-v2.yaml"
VERSIONED = "application/vnd.atlas.2023-01-01+json"
ASKING: Headers = (("Accept", VERSIONED), ("Content-Type", VERSIONED), ("Host", "mock.test"))

ORGS = "/api/atlas/v2/orgs"
ORG = f"{ORGS}/4888442a3354817a7320eb61"
EMPTY_ORG = f"{ORGS}/4888442a3354817a7320eb63"
UNKNOWN_ORG = f"{ORGS}/000000000000000000000000"


def read_api() -> Api:
    """The committed description, which is without fault."""
    diagnostics = Diagnostics()
    resolved = load(str(SPEC), diagnostics, reader=lambda name: Path(name).read_bytes())
    api = build(resolved, diagnostics) if resolved is not None else None
    assert api is not None, list(diagnostics)
    return api

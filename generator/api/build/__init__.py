"""From a resolved description to the neutral model; version differences of OpenAPI end here."""

from generator.api.build.document import build

__all__ = ["build"]

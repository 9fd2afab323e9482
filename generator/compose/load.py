"""A description from its file to the neutral model, with everything that is to be said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from generator.api import Api, build, check_examples
from generator.diagnostics import Diagnostic, Diagnostics, Severity, Span
from generator.document import Reader, Resolved, Spans, load

Validate = Callable[[Resolved, Diagnostics], None]


class Loaded(Struct, frozen=True):
    """A description as far as it could be read; `api` is None where a diagnostic is fatal."""

    spec: str
    resolved: Resolved | None
    api: Api | None
    diagnostics: Diagnostics

    @property
    def spans(self) -> Spans:
        """Finds the lines of places in this description."""
        return Spans(self.resolved.documents.values() if self.resolved else ())

    def located(self, least: Severity = Severity.NOTE) -> Iterator[tuple[Diagnostic, Span]]:
        """Diagnostics from a severity on with their positions, in the order of files and lines."""
        told = [each for each in self.diagnostics if each.severity >= least]
        spans = self.spans.find_all([each.where for each in told])
        pairs = ((each, spans[each.where]) for each in told)
        return iter(sorted(pairs, key=lambda pair: (pair[1], pair[0].code)))


def load_api(
    spec: str,
    *,
    reader: Reader,
    overlays: Sequence[str] = (),
    validate: Validate | None = None,
    remote: Reader | None = None,
) -> Loaded:
    """Read, overlay, resolve and build; with a validator, validate and check the examples too.

    The validator is `generator.document.validate`; who hands it in pays for importing it.
    """
    diagnostics = Diagnostics()
    resolved = load(spec, diagnostics, reader=reader, overlays=overlays, remote=remote)
    if resolved is None:
        return Loaded(spec, None, None, diagnostics)
    well_read = not diagnostics.fatal
    api = build(resolved, diagnostics)
    if validate is not None and well_read and not _is_too_deep(diagnostics):
        validate(resolved, diagnostics)
    if api is not None and validate is not None and not diagnostics.fatal:
        check_examples(api, diagnostics)
    return Loaded(spec, resolved, None if diagnostics.fatal else api, diagnostics)


def _is_too_deep(diagnostics: Diagnostics) -> bool:
    """Whether the validator, which follows every reference, would not come to an end."""
    return any(each.code == "too-deep" for each in diagnostics)

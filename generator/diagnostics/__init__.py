"""Floor 0: what is said about a document, where, how severe, and how it is collected."""

from generator.diagnostics.codes import CODES, Code
from generator.diagnostics.diagnostic import Diagnostic, Severity
from generator.diagnostics.diagnostics import Diagnostics
from generator.diagnostics.where import Span, Where

__all__ = ["CODES", "Code", "Diagnostic", "Diagnostics", "Severity", "Span", "Where"]

"""Floor 4: what a new revision of a description changes, what that breaks, and what shows it.

Two neutral models go in. The first layer (`apis`, `schemas`) says what differs, the second
(`rules`) what it means, the third (`formats`) shows it; `proofs` finds a value or a message that
shows what breaks. Nothing here reads a file or knows a terminal.
"""

from generator.diff.apis import changes
from generator.diff.bump import Bump, bump, client_bump
from generator.diff.change import Change, Changes, Effect, Fact, Site
from generator.diff.comparison import Comparison
from generator.diff.containment import Containment, Outcome, Proof
from generator.diff.findings import finding, report
from generator.diff.formats import Spans, as_html, as_json, as_markdown, render
from generator.diff.judging import Verdict, judge
from generator.diff.matching import Prefixes, inferred
from generator.diff.proofs import Proofs
from generator.diff.rules import RULES, Level, Policy, Rule
from generator.diff.signatures import SignatureChange, signature_change
from generator.diff.surfaces import surface_verdicts
from generator.diff.touching import Suite, Touch, rule_of, touch, touched_operations

__all__ = [
    "RULES",
    "Bump",
    "Change",
    "Changes",
    "Comparison",
    "Containment",
    "Effect",
    "Fact",
    "Level",
    "Outcome",
    "Policy",
    "Prefixes",
    "Proof",
    "Proofs",
    "Rule",
    "SignatureChange",
    "Site",
    "Spans",
    "Suite",
    "Touch",
    "Verdict",
    "as_html",
    "as_json",
    "as_markdown",
    "bump",
    "changes",
    "client_bump",
    "finding",
    "inferred",
    "judge",
    "render",
    "report",
    "rule_of",
    "signature_change",
    "surface_verdicts",
    "touch",
    "touched_operations",
]

"""Floor 4: what a new revision of a description changes, what that breaks, and what shows it.

Two neutral models go in. The first layer says what differs, the rules what it means, and the
containment of schemas gives a value that shows it. Nothing here reads a file or prints.
"""

from generator.diff.apis import changes
from generator.diff.bump import Bump, bump, client_bump, touched_calls, touched_operations
from generator.diff.change import Change, Changes, Effect, Fact, Site
from generator.diff.containment import Containment, Outcome, Proof
from generator.diff.judging import Verdict, judge
from generator.diff.matching import Prefixes, inferred
from generator.diff.proofs import Proofs
from generator.diff.rules import RULES, Level, Policy, Rule
from generator.diff.signatures import SignatureChange, signature_change
from generator.diff.surfaces import surface_verdicts

__all__ = [
    "RULES",
    "Bump",
    "Change",
    "Changes",
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
    "Verdict",
    "bump",
    "changes",
    "client_bump",
    "inferred",
    "judge",
    "signature_change",
    "surface_verdicts",
    "touched_calls",
    "touched_operations",
]

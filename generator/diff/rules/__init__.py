"""The second layer: what a change means for those who use the API, as rules that are data."""

from generator.diff.rules.catalogue import RULES
from generator.diff.rules.naming import named, version_key
from generator.diff.rules.policy import Policy
from generator.diff.rules.rule import Level, Rule

__all__ = ["RULES", "Level", "Policy", "Rule", "named", "version_key"]

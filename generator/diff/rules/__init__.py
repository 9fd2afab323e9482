"""The second layer: what a change means for those who use the API, as rules that are data.

One module a family, each with a table of rows and the short functions that lead from a fact to a
row; facets of schemas stand once and are spread over places and directions.
"""

from generator.diff.rules.catalogue import PLAIN, RULES, named
from generator.diff.rules.documents import version_key
from generator.diff.rules.policy import Policy
from generator.diff.rules.rule import Level, Rule

__all__ = ["PLAIN", "RULES", "Level", "Policy", "Rule", "named", "version_key"]

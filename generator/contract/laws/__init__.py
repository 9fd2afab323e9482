"""The laws: what must hold between calls, one small class each.

A law reads declared behaviours and nothing of one API. It calls through the world, which keeps it
to things that the run made, and yields findings; what it cannot judge it leaves with `Unreachable`.
"""

from generator.contract.laws.all import LAWS
from generator.contract.laws.law import Law

__all__ = ["LAWS", "Law"]

"""Floor 4: what a server must do, and whether it does.

In come an Api, the description as OpenAPI and a target; `run` yields events and ends with a report.
The engine emits and everything else listens; no terminal, no file, no exit code here.
"""

from generator.contract.calling.client import Down
from generator.contract.calling.connection import NoAnswer
from generator.contract.calling.target import Target
from generator.contract.events import (
    Called,
    Event,
    Finished,
    Found,
    NotJudged,
    PartFinished,
    PartStarted,
    Started,
)
from generator.contract.excluding import Excluded
from generator.contract.laws import LAWS, Law
from generator.contract.lockstep.twin import Twin
from generator.contract.parts import PARTS
from generator.contract.rules import RULES, fault_code
from generator.contract.run import clean_up_after, run, wanted
from generator.contract.session import Examine, Options

__all__ = [
    "LAWS",
    "PARTS",
    "RULES",
    "Called",
    "Down",
    "Event",
    "Examine",
    "Excluded",
    "Finished",
    "Found",
    "Law",
    "NoAnswer",
    "NotJudged",
    "Options",
    "PartFinished",
    "PartStarted",
    "Started",
    "Target",
    "Twin",
    "clean_up_after",
    "fault_code",
    "run",
    "wanted",
]

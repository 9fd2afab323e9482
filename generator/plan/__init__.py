"""Floor 4: every Python decision about a client, taken once and handed on as data."""

from generator.plan.code import Call, Code, Value
from generator.plan.former import Before
from generator.plan.package import Package
from generator.plan.planning import plan, surface
from generator.plan.views.methods import MethodView
from generator.plan.views.resources import ResourceModule

__all__ = [
    "Before",
    "Call",
    "Code",
    "MethodView",
    "Package",
    "ResourceModule",
    "Value",
    "plan",
    "surface",
]

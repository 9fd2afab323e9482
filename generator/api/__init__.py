"""Floor 2: the neutral model of an API, how it is built, and what may be asked of it."""

from generator.api.build import build
from generator.api.conform import Conform, Direction, Violation
from generator.api.dump import dump
from generator.api.examples import check_examples
from generator.api.exchange import (
    CallRecord,
    Determined,
    Model,
    ModelField,
    Principal,
    Request,
    Response,
    Surface,
)
from generator.api.model import (
    Api,
    Content,
    Example,
    Header,
    Incoming,
    Lifecycle,
    Link,
    Operation,
    Parameter,
    RequestBody,
    Requirement,
    SecurityScheme,
    Server,
)
from generator.api.part import Wanted, part
from generator.api.schema import Discriminator, Schema
from generator.api.versions import at_version, later_operations

__all__ = [
    "Api",
    "CallRecord",
    "Conform",
    "Content",
    "Determined",
    "Direction",
    "Discriminator",
    "Example",
    "Header",
    "Incoming",
    "Lifecycle",
    "Link",
    "Model",
    "ModelField",
    "Operation",
    "Parameter",
    "Principal",
    "Request",
    "RequestBody",
    "Requirement",
    "Response",
    "Schema",
    "SecurityScheme",
    "Server",
    "Surface",
    "Violation",
    "Wanted",
    "at_version",
    "build",
    "check_examples",
    "dump",
    "later_operations",
    "part",
]

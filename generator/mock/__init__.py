"""Floor 4: the API as its description says it, state included.

In comes an `Api`, out comes an executable model of it (a pure step function), and an ASGI app and a
server around that. What is special about an API stands in its description; nothing here knows one.
"""

from generator.mock.admitting.principals import principals_for
from generator.mock.model import MockModel, model_for
from generator.mock.serving.app import MockApp, app_for
from generator.mock.serving.running import DescriptionError, RunningMock, read_api, running
from generator.mock.serving.serve import Running, ServeError, serve
from generator.mock.serving.statefile import StateFileError
from generator.mock.serving.troubles import Trouble, TroubleError, trouble_of
from generator.mock.state import Item, State

__all__ = [
    "DescriptionError",
    "Item",
    "MockApp",
    "MockModel",
    "Running",
    "RunningMock",
    "ServeError",
    "State",
    "StateFileError",
    "Trouble",
    "TroubleError",
    "app_for",
    "model_for",
    "principals_for",
    "read_api",
    "running",
    "serve",
    "trouble_of",
]

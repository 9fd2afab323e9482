"""The error code of an answer: where the description says that it stands, or the whole text.

In come an Api and an answer; out comes the code, or MISSING where errors have none.
"""

from __future__ import annotations

from generator.api.exchange import Response
from generator.api.model import Api
from generator.contract.judging.answer import parsed
from generator.contract.pointer import MISSING
from generator.wire import is_json


def declared_codes(api: Api) -> frozenset[str]:
    """Every code that the description names: what the model writes beside them is its own."""
    errors = api.behaviours.errors
    told = [*(errors.faults.values() if errors else ())]
    told += [each for operation in api.operations for each in operation.behaviours.faults.values()]
    guards = [each for operation in api.operations for each in operation.behaviours.guards]
    return frozenset(each.code for each in (*told, *guards) if each.code)


def error_code(api: Api, response: Response) -> object:
    """What stands at the pointer of `x-lockstep-errors.code`; of a body that is text, all of it."""
    errors = api.behaviours.errors
    if errors is None or errors.code is None:
        return MISSING
    if not errors.code and response.body and not is_json(response.header("Content-Type") or ""):
        return response.body.decode("utf-8", "replace")
    return parsed(response, errors.code)

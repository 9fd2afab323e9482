"""A small API of our own for the mock's tests, and a caller that keeps the state between steps.

It has what the committed descriptions lack: three more pagination styles, replace, upsert, a flat
path, unique fields, guards, confirmation, and an operation without a resource.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.api.exchange import Headers, Principal, Request, Response
from generator.mock import MockModel, State, model_for
from tests.described import api_of


def fragment(name: str) -> str:
    """A description without its head, from a file beside."""
    return (Path(__file__).parent / name).read_text("utf-8")


SHOP = fragment("shop.yaml")


class Caller:
    """Steps a model and remembers its state."""

    def __init__(
        self, model: MockModel, principals: Sequence[Principal] = (), seed: int = 0
    ) -> None:
        self.model = model
        self.state: State = model.start(seed, principals)

    def __call__(
        self, method: str, target: str, body: object = None, *, headers: Headers = ()
    ) -> Response:
        """Call; a body that is not bytes is sent as JSON."""
        data = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        given = {name.lower() for name, _ in headers}
        if data and "content-type" not in given:
            headers = (*headers, ("Content-Type", "application/json"))
        request = Request(method, target, headers, data)
        self.state, response, _ = self.model.step(self.state, request)
        return response


def caller(text: str = SHOP, principals: Sequence[Principal] = ()) -> Caller:
    """A caller of the API that the fragment describes."""
    return Caller(model_for(api_of(text)), principals)


def value(response: Response) -> Any:
    """The answer's JSON."""
    return json.loads(response.body)

"""The executable model of an API: a pure function from a state and a request to the next state.

In comes an `Api`, compiled once; then each step takes a state and a request and gives the state
after it, the response and what of the response is decided. No clock, no randomness and no I/O:
the same history gives the same bytes in every process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from generator.api.exchange import Determined, Headers, Principal, Request, Response
from generator.api.model import Api, Operation
from generator.mock.access import compile_schemes
from generator.mock.blueprint import Blueprint, base_path
from generator.mock.calls import Refused
from generator.mock.determined import UNDECIDED
from generator.mock.faults import Faults
from generator.mock.operations import CompiledOperation, Step
from generator.mock.principals import principals_for
from generator.mock.routes import Routes
from generator.mock.seeding import seeded
from generator.mock.state import State

Methods = dict[str, CompiledOperation]

_PATHS = 256


def model_for(api: Api) -> MockModel:
    """The executable model of an API."""
    return MockModel(api)


class MockModel:
    """The model of one Api; it holds nothing that changes."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self._blueprint = Blueprint(api)
        self._faults = Faults(self._blueprint, None)
        self._routes: Routes[Methods] = Routes()
        schemes = compile_schemes(self._blueprint)
        self._find = lru_cache(maxsize=_PATHS)(self._routes.find)
        for operation in api.operations:
            compiled = CompiledOperation(self._blueprint, operation, schemes)
            for base in _bases(operation):
                methods = self._routes.add(base + operation.path, {})
                methods.setdefault(operation.method, compiled)

    def start(self, seed: int, principals: Sequence[Principal] = ()) -> State:
        """The state before the first call; without principals the server is open to everybody."""
        acting = tuple(principals) or principals_for(self.api, seed)
        state = State(seed=seed, principals=acting, open=not principals)
        return seeded(self._blueprint, state)

    def step(self, state: State, request: Request) -> tuple[State, Response, Determined]:
        """What the API answers, the state after it, and what of the answer is decided."""
        found = self._find(request.target.partition("?")[0])
        if found is None:
            return self._refuse(state, request, Refused("no-such-path", value=request.target))
        methods, values = found
        operation = methods.get(request.method)
        if operation is not None:
            return operation.step(state, request, header_table(request.headers), values)
        if request.method == "HEAD" and "GET" in methods:
            answered = methods["GET"].step(state, request, header_table(request.headers), values)
            return _without_body(answered)
        allow = (("allow", ", ".join(allowed(methods))),)
        if request.method == "OPTIONS":
            return state, Response(204, allow), UNDECIDED
        refused = Refused("method-not-allowed", value=request.method)
        return self._refuse(state, request, refused, allow)

    def _refuse(
        self, state: State, request: Request, refused: Refused, headers: Headers = ()
    ) -> Step:
        response = self._faults.refuse(refused, request.header("accept"), headers)
        return state, response, self._faults.determined


def allowed(methods: Mapping[str, object]) -> list[str]:
    """The methods of a path as Allow lists them: the declared ones, HEAD beside GET, OPTIONS."""
    implied = {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set[str]())
    return sorted({*methods, *implied})


def header_table(headers: Headers) -> dict[str, str]:
    """Header values by lower-case name; those of one name joined (RFC 9110, section 5.3)."""
    table: dict[str, str] = {}
    for name, value in headers:
        lower = name.lower()
        table[lower] = f"{table[lower]}, {value}" if lower in table else value
    return table


def _bases(operation: Operation) -> list[str]:
    """The paths of the servers that the operation is found under."""
    return list(dict.fromkeys(base_path(each.url) for each in operation.servers)) or [""]


def _without_body(step: Step) -> Step:
    state, response, decided = step
    length = (("content-length", str(len(response.body))),)
    return state, replace(response, headers=response.headers + length, body=b""), decided

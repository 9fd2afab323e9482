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
from generator.api.infer import Inference, infer
from generator.api.model import Api, Operation
from generator.mock.admitting.access import compile_schemes
from generator.mock.admitting.principals import principals_for
from generator.mock.admitting.token_endpoint import token_endpoints
from generator.mock.alike import Alike
from generator.mock.answering.determined import UNDECIDED
from generator.mock.answering.faults import Faults
from generator.mock.answering.ranges import concrete
from generator.mock.blueprint import Blueprint, base_path
from generator.mock.calls import Failed, Refused
from generator.mock.items.seeding import seeded
from generator.mock.operations import CompiledOperation
from generator.mock.reading.routes import Routes
from generator.mock.state import State
from generator.mock.steps import Endpoint, Step

Methods = dict[str, Endpoint]

_PATHS = 256


def model_for(api: Api, *, inferring: bool = True) -> MockModel:
    """The executable model of an API, with what can be inferred where nothing is declared."""
    return MockModel(infer(api) if inferring else Inference(api))


class MockModel:
    """The model of one Api; it holds nothing that changes."""

    def __init__(self, inference: Inference) -> None:
        api = self.api = concrete(inference.api)
        self.blueprint = Blueprint(api, inference.resources)
        self._faults = Faults(self.blueprint, None)
        self._routes: Routes[Methods] = Routes()
        schemes = compile_schemes(self.blueprint)
        self._find = lru_cache(maxsize=_PATHS)(self._routes.find)
        for operation in api.operations:
            compiled = CompiledOperation(self.blueprint, operation, schemes)
            for base in _bases(operation):
                _put(self._routes.add(base + operation.path, {}), compiled)
        for path, endpoint in token_endpoints(api).items():
            self._routes.add(path, {}).setdefault("POST", endpoint)

    def start(self, seed: int, principals: Sequence[Principal] = ()) -> State:
        """The state before the first call; without principals the server is open to everybody."""
        acting = tuple(principals) or principals_for(self.api, seed)
        state = State(seed=seed, principals=acting, open=not principals)
        return seeded(self.blueprint, state)

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

    def failures(self, state: State, request: Request) -> tuple[str, list[Failed]]:
        """The operation that a request is of, and every check that it fails."""
        found = self._find(request.target.partition("?")[0])
        if found is None:
            return "", [Failed("no-such-path", "", "")]
        methods, values = found
        method = request.method
        if method not in methods and method == "HEAD":
            method = "GET"
        if method not in methods:
            failed = [] if method == "OPTIONS" else [Failed("method-not-allowed", method, "")]
            return "", failed
        headers = header_table(request.headers)
        return methods[method].failures(state, request, headers, list(values))

    def refusal(self, request: Request, status: int) -> Response:
        """A refusal of this status as the API writes it, whatever is asked and stands there."""
        found = self._find(request.target.partition("?")[0])
        operation = found[0].get(request.method) if found is not None else None
        accept = request.header("accept")
        response = operation.tell(status, "", accept) if operation is not None else None
        if response is None:
            response = self._faults.tell(status, accept)
        later = (("retry-after", "1"),) if status in (429, 503) else ()
        return replace(response, headers=(*response.headers, *later))

    def _refuse(
        self, state: State, request: Request, refused: Refused, headers: Headers = ()
    ) -> Step:
        response = self._faults.refuse(refused, request.header("accept"), headers)
        return state, response, self._faults.determined(refused.kind)


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


def _put(methods: Methods, compiled: CompiledOperation) -> None:
    """Put an operation at its method, beside those that stand there already."""
    method = compiled.operation.method
    present = methods.setdefault(method, compiled)
    if isinstance(present, Alike):
        present.add(compiled)
    elif isinstance(present, CompiledOperation) and present is not compiled:
        methods[method] = alike = Alike(present)
        alike.add(compiled)


def _bases(operation: Operation) -> list[str]:
    """The paths of the servers that the operation is found under."""
    return list(dict.fromkeys(base_path(each.url) for each in operation.servers)) or [""]


def _without_body(step: Step) -> Step:
    state, response, decided = step
    length = (("content-length", str(len(response.body))),)
    return state, replace(response, headers=response.headers + length, body=b""), decided

"""Who calls: by the schemes that an operation asks for, and several of them in one call."""

from __future__ import annotations

import pytest

from generator.api import Api
from generator.api.exchange import CallRecord, Request, Response
from generator.api.openapi import openapi
from generator.contract import Called, Finished, Options, Target, run
from generator.contract.calling.client import Client
from generator.contract.engine.part import schemathesis
from generator.diagnostics import Diagnostics
from generator.mock import app_for, serve
from tests.described import api_of, described, resolved_of
from tests.unit.contract.servers import serving

FINE = "responses: {'200': {description: Fine.}, '401': {description: No.}}"
SCHEMES = """
    Key: {type: apiKey, in: header, name: X-Key}
    Query: {type: apiKey, in: query, name: key}
    Basic: {type: http, scheme: basic}
    Token: {type: oauth2, flows: {clientCredentials: {tokenUrl: /tokens, scopes: {}}}}"""


def secured(**security: str) -> str:
    """A description with an operation for each security."""
    paths = "\n".join(
        f"  /{name}: {{get: {{operationId: {name}, security: {asked}, {FINE}}}}}"
        for name, asked in security.items()
    )
    return f"paths:\n{paths}\ncomponents:\n  securitySchemes:{SCHEMES}"


EACH_TEXT = secured(basic="[{Basic: []}]", key="[{Key: []}]", token="[{Token: []}]", open="[{}]")
BOTH_TEXT = secured(both="[{Key: [], Query: []}]", three="[{Token: [], Key: [], Query: []}]")
EACH, BOTH = api_of(EACH_TEXT), api_of(BOTH_TEXT)


@pytest.mark.parametrize("api", [EACH, BOTH], ids=["one scheme each", "several at once"])
def test_every_operation_is_reached_by_who_may(api: Api) -> None:
    app = app_for(api, auth=True)
    with serve(app, "127.0.0.1", 0) as server:
        target = Target(server.url, app.principals)
        told = list(run(api, {}, target, Options(only=("smoke", "laws", "auth"))))
    last = told[-1]
    assert isinstance(last, Finished)
    assert not last.report.findings
    reached = {
        e.call.operation for e in told if isinstance(e, Called) and e.call.response.status == 200
    }
    assert reached == {each.name for each in api.operations}


@pytest.mark.parametrize("text", [EACH_TEXT, BOTH_TEXT], ids=["one scheme each", "several at once"])
def test_schemathesis_calls_as_who_may(text: str) -> None:
    api, resolved = api_of(text), resolved_of(described(text), Diagnostics())
    assert resolved is not None
    app = app_for(api, auth=True)
    with serve(app, "127.0.0.1", 0) as server:
        target = Target(server.url, app.principals)
        options = Options(only=("schemathesis",), max_examples=1, seed=1)
        told = list(run(api, openapi(resolved.root), target, options, engine=schemathesis))
    last = told[-1]
    assert isinstance(last, Finished)
    assert not last.report.findings
    calls = [each.call for each in told if isinstance(each, Called) and each.call.operation]
    for operation in api.operations:
        own = [each for each in calls if each.operation == operation.name]
        assert any(each.response.status == 200 for each in own)
        if all(need.schemes for need in operation.security):
            assert all(bool(each.principal) is (each.response.status != 401) for each in own)


def test_a_line_for_curl_carries_all_credentials() -> None:
    records: list[CallRecord] = []
    app = app_for(BOTH, auth=True)
    with serving(lambda request: Response(200, ())) as url:
        client = Client(BOTH, Target(url, app.principals), records.append)
        with client:
            client.send("both", Request("GET", "/both"), app.principals[0])
            line = client.curl(records[-1])
    assert line.endswith(
        f'--header "X-Key: ${{LOCKSTEP_SECRET}}" {url}/both?key="${{LOCKSTEP_SECRET}}"'
    )


def test_a_line_for_curl_names_the_header_of_a_token() -> None:
    records: list[CallRecord] = []
    api = api_of(f"""
        paths: {{/a: {{get: {{operationId: a, security: [{{Bearer: []}}], {FINE}}}}}}}
        components: {{securitySchemes: {{Bearer: {{type: http, scheme: bearer}}}}}}
        """)
    app = app_for(api, auth=True)
    with serving(lambda request: Response(200, ())) as url:
        client = Client(api, Target(url, app.principals), records.append)
        with client:
            client.send("a", Request("GET", "/a"), app.principals[0])
            assert '--header "Authorization: Bearer ${LOCKSTEP_SECRET}"' in client.curl(records[-1])

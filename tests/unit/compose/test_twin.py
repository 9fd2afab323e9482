"""The twin: what it chooses is none of what a target chooses."""

from __future__ import annotations

import json

from generator.api.exchange import Request
from generator.compose.twin import MockTwin
from tests.mutants.stores.table import STORES


def test_a_number_that_the_model_gives_is_far_from_those_that_a_target_counts() -> None:
    twin = MockTwin(STORES.api)
    state = twin.start(1, STORES.principals)
    headers = (("Stock-Key", "key-of-eva"), ("Content-Type", "application/json"))
    for number in range(3):
        sent = json.dumps({"name": f"North {number}"}).encode()
        state, response, _ = twin.step(state, Request("POST", "/stores", headers, sent))
        assert json.loads(response.body)["number"] > 1_000_000

"""The mock of the committed description: compiled once, and at its start for each test."""

from __future__ import annotations

import pytest

from generator.api import Api
from generator.mock import MockModel, model_for, principals_for
from tests.behaviour.mock.atlas import read_api
from tests.unit.mock.shop import Caller


@pytest.fixture(scope="session")
def api() -> Api:
    """The committed description."""
    return read_api()


@pytest.fixture(scope="session")
def model(api: Api) -> MockModel:
    """Its executable model."""
    return model_for(api)


@pytest.fixture
def call(model: MockModel) -> Caller:
    """A caller of the open server."""
    return Caller(model)


@pytest.fixture
def closed(model: MockModel, api: Api) -> Caller:
    """A caller of the server that asks for credentials."""
    return Caller(model, principals_for(api, 0))

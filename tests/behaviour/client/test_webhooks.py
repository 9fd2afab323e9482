"""What an API calls its users with is read by generated decoders."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.api import Wanted, part
from generator.diagnostics import Diagnostics
from generator.plan import plan
from tests.behaviour.client.conftest import Make
from tests.described import api_of
from tests.golden.case import CASES

SHELTER = (CASES / "incoming" / "input.yaml").read_text().partition("paths:")
TYPED = """\
from typing import assert_type

from {name} import models
from {name}.callbacks import subscribe_on_data
from {name}.webhooks_received import ping_get, pet_arrived

assert_type(subscribe_on_data.decode(b""), models.SubscribeOnDataRequest)
assert_type(pet_arrived.decode(b"", {{}}), models.Arrival | str)
ping_get.decode(b"", [("a", "b")])
"""
CALLS_ITSELF_BACK = """\
paths:
  /jobs:
    post:
      operationId: start
      responses: {"204": {description: Started.}}
      callbacks: {done: {$ref: '#/components/callbacks/done'}}
components:
  callbacks:
    done:
      '{$request.body#/url}':
        post:
          requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}
          responses: {"204": {description: Noted.}}
          callbacks: {done: {$ref: '#/components/callbacks/done'}}
"""


@pytest.fixture(scope="module")
def shelter(make: Make) -> Any:
    return make("".join(SHELTER[1:]))


def decoders(package: Any, module: str) -> Any:
    return importlib.import_module(f"{package.__name__}.{module}")


def test_a_webhook_is_read_as_the_model_of_its_media_type(shelter: Any) -> None:
    pet_arrived = decoders(shelter, "webhooks_received").pet_arrived
    dog = pet_arrived.decode(b'{"kind":"Dog","id":1}', {"Content-Type": "application/json"})
    assert dog == shelter.models.Dog(id=1)
    assert pet_arrived.decode(b'{"kind":"Cat","name":"Tom"}').extra_fields == {"name": "Tom"}
    assert isinstance(pet_arrived.decode(b'{"kind":"Emu"}'), shelter.models.UnknownArrival)
    text = pet_arrived.decode(
        "\u00e9".encode("latin-1"), [("content-type", "text/plain; charset=latin-1")]
    )
    assert text == "\u00e9"


def test_a_callback_is_read_and_its_answer_is_a_model(shelter: Any) -> None:
    on_data = decoders(shelter, "callbacks").subscribe_on_data
    assert on_data.decode(b'{"count":2}').count == 2
    assert shelter.models.Answer(more=True)


def test_what_does_not_fit_says_which_webhook_and_where(shelter: Any) -> None:
    on_data = decoders(shelter, "callbacks").subscribe_on_data
    pet_arrived = decoders(shelter, "webhooks_received").pet_arrived
    with pytest.raises(
        shelter.errors.DecodeError, match="'subscribe onData' does not fit"
    ) as caught:
        on_data.decode(b'{"count":"x"}', {"content-type": "application/json"})
    assert (caught.value.path, caught.value.response) == ("$.count", None)
    with pytest.raises(shelter.errors.DecodeError, match="the body is empty"):
        on_data.decode(b"")
    with pytest.raises(shelter.errors.DecodeError, match="'petArrived': the media type 'text/css'"):
        pet_arrived.decode(b"", {"content-type": "text/css"})


def test_a_webhook_without_a_body_gives_none(shelter: Any) -> None:
    webhooks = decoders(shelter, "webhooks_received")
    assert webhooks.ping_post.decode(b"anything", {"content-type": "text/css"}) is None
    assert webhooks.ping_get.name == "webhook 'ping' (GET)"


def test_a_callback_that_calls_itself_back_is_read_once(make: Make) -> None:
    package = make(CALLS_ITSELF_BACK)
    assert decoders(package, "callbacks").start_done.decode(b'["a"]') == ["a"]


def test_type_checkers_know_what_a_decoder_gives(shelter: Any, tmp_path: Path) -> None:
    text = TYPED.format(name=shelter.__name__)
    (tmp_path / "calls.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "calls.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(Path(shelter.__file__).parent.parent), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_a_part_of_an_api_has_the_callbacks_of_its_operations_alone() -> None:
    api = api_of("".join(SHELTER[1:]))
    assert [each.name for each in api.webhooks] == ["petArrived", "ping"]
    some = part(api, Wanted(tags=["Webhooks"]))
    package = plan(some, package="acme", diagnostics=Diagnostics())
    assert [each.module for each in package.webhooks] == ["callbacks"]
    assert not [each.name for each in package.models.structs if each.name == "Dog"]

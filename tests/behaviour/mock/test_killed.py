"""A mock that is killed under writes has lost none that it acknowledged."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from tests import patient

SPEC = Path(__file__).parents[3] / "spec" / "concord.yaml"
ROUNDS = 6
PROGRAM = "import sys; from generator.cli.main import run; sys.exit(run(sys.argv[1:]))"

Known = dict[str, object]
"""What must stand: the organizations by name, with what was noted last."""


@contextmanager
def mock(file: Path) -> Generator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and its address."""
    command = [sys.executable, "-c", PROGRAM, "mock", str(SPEC), "--state", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def write(client: httpx2.Client, known: Known, drawn: random.Random, number: int) -> None:
    """Create, change or remove; what is not acknowledged may have happened or not."""
    name = drawn.choice(list(known)) if known and drawn.random() < 0.5 else f"org-{number}"
    path = "/api/v1/org"
    doubtful = known.pop(name, None)
    known[name] = (doubtful, "?")
    if doubtful is not None and drawn.random() < 0.4:
        client.delete(f"{path}/{name}?confirmation=yes").raise_for_status()
        del known[name]
    else:
        body = {"name": name, "meta": {"number": number}}
        client.post(path, json=body).raise_for_status()
        known[name] = number


def test_every_acknowledged_write_stands(tmp_path: Path) -> None:
    drawn = random.Random(7)
    known: Known = {}
    acknowledged = 0
    for _ in range(ROUNDS):
        with mock(tmp_path / "state") as (process, url):
            check(url, known)
            killer = threading.Timer(drawn.uniform(0, 0.01), process.kill)
            due = acknowledged + drawn.randint(1, 25)
            with patient.Client(base_url=url) as client:
                try:
                    for _ in range(10_000):
                        write(client, known, drawn, acknowledged)
                        acknowledged += 1
                        if acknowledged == due:
                            killer.start()
                except httpx2.TransportError:
                    pass
            killer.join()
            assert process.wait(60) == -signal.SIGKILL
    with mock(tmp_path / "state") as (_, url):
        check(url, known)
    assert acknowledged >= ROUNDS


def check(url: str, known: Known) -> None:
    """What stands is what was acknowledged; a write in flight is settled by what it left."""
    listed = patient.get(f"{url}/api/v1/org").json()
    found = {each["name"]: each.get("meta", {}).get("number") for each in listed}
    found = {name: number for name, number in found.items() if re.match(r"org-\d", name)}
    for name, wanted in list(known.items()):
        if isinstance(wanted, tuple):
            known.pop(name)
            if name in found:
                known[name] = found[name]
    assert found == known


def test_a_file_of_another_description_ends_the_command_with_two(tmp_path: Path) -> None:
    with mock(tmp_path / "state") as (_, url):
        assert url
    other = SPEC.parent / "atlas-v2.yaml"
    command = [sys.executable, "-c", PROGRAM, "mock", str(other), "--state", f"{tmp_path}/state"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 2
    assert "another description" in ended.stderr
    assert "Traceback" not in ended.stderr

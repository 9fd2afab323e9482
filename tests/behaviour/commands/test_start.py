"""What only some runs need is not imported by the start of every run."""

from __future__ import annotations

import subprocess
import sys

import pytest

VALIDATOR = "openapi_spec_validator openapi_schema_validator jsonschema".split()
FORMATTER = ["black"]
TESTERS = "hypothesis schemathesis".split()
SERVER = "uvicorn httptools".split()


@pytest.mark.parametrize(
    ("command", "rare"),
    [
        ("generate", [*VALIDATOR, *FORMATTER, *TESTERS, *SERVER]),
        ("mock", [*VALIDATOR, *FORMATTER, *TESTERS]),
    ],
)
def test_a_command_starts_without_what_few_runs_need(command: str, rare: list[str]) -> None:
    code = f"import sys, generator.cli.{command}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(rare) & set(done.stdout.split())

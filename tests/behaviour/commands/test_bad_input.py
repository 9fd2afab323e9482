"""What bad input gets: one line with place and code, exit 2, no traceback, nothing written."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from tests.behaviour.commands.conftest import ATLAS, Lockstep

HEAD = 'openapi: 3.1.0\ninfo: {title: a, version: "1"}\n'
BROKEN = {
    "syntax": (HEAD + "paths: {\n", r"api\.yaml:\d+:\d+ syntax "),
    "reference-nowhere": (
        HEAD + "paths:\n  /a: {$ref: '#/components/pathItems/A'}\n",
        r"api\.yaml:4:8 reference-nowhere ",
    ),
    "extension-unknown": (
        HEAD + "paths: {}\nx-lockstep-nothing: 1\n",
        r"api\.yaml:4:1 extension-unknown no extension is named x-lockstep-nothing",
    ),
    "extension-invalid": (
        HEAD + "paths: {}\nx-lockstep-version: {current: '1'}\n",
        r"api\.yaml:4:1 extension-invalid x-lockstep-version: ",
    ),
    "version-unsupported": ("openapi: 1.0.0\n", r"api\.yaml:1:1 version-unsupported "),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_description_is_one_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lockstep: Lockstep
) -> None:
    text, line = BROKEN[name]
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(text)
    for command in (
        ("check", "api.yaml"),
        ("dump", "api.yaml"),
        ("generate", "api.yaml", "-o", "out", "--name", "api"),
        ("mock", "api.yaml"),
        ("test", "api.yaml", "--mock"),
    ):
        ended = lockstep(*command)
        assert ended.code == 2, command
        assert re.match(line, ended.err), (command, ended.err)
        assert len(ended.err.splitlines()) == 1, (command, ended.err)
        assert not ended.out
    assert [each.name for each in tmp_path.iterdir()] == ["api.yaml"]


def test_everything_wrong_is_said_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lockstep: Lockstep
) -> None:
    monkeypatch.chdir(tmp_path)
    text = HEAD + "paths:\n  /a: {$ref: '#/nowhere'}\n  /b: {$ref: b.yaml}\nx-lockstep-nothing: 1\n"
    Path("api.yaml").write_text(text)
    ended = lockstep("check", "api.yaml")
    places = [each.split(" ")[0] for each in ended.err.splitlines()]
    assert places == ["api.yaml:4:8", "api.yaml:5:8", "api.yaml:6:1"]


def test_a_missing_file_is_one_line(lockstep: Lockstep, tmp_path: Path) -> None:
    ended = lockstep("check", tmp_path / "none.yaml")
    assert ended.code == 2
    assert re.fullmatch(r"\S+none\.yaml:1:1 file-unreadable .*\n", ended.err)


def test_hostile_text_does_not_reach_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lockstep: Lockstep
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(HEAD + 'paths: {}\n"x-lockstep-\\e[31m\\nred": 1\n')
    ended = lockstep("check", "api.yaml")
    assert "\x1b" not in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_port_in_use_is_one_line(lockstep: Lockstep) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = lockstep("mock", ATLAS, "--port", str(taken.getsockname()[1]))
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1
    assert str(taken) not in ended.err
    assert "in use" in ended.err


def test_a_target_that_does_not_answer_is_one_line(lockstep: Lockstep) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        ended = lockstep("test", ATLAS, "--url", url)
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1
    assert url.removeprefix("http://") in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("test", ATLAS),
        ("test", ATLAS, "--mock", "--url", "http://127.0.0.1"),
        ("test", ATLAS, "--url", "ftp://127.0.0.1"),
        ("test", ATLAS, "--mock", "--auth", "digest:me:LOCKSTEP_TEST_NOT_SET"),
        ("test", ATLAS, "--mock", "--auth", "nonsense:me:HOME"),
        ("test", ATLAS, "--mock", "--report", "nonsense=x"),
        ("dump", ATLAS, "--without-security"),
        ("explain", "nonsense"),
        ("mock", ATLAS, "--principals", "none.yaml", "--auth"),
    ],
)
def test_wrong_usage_ends_with_two(lockstep: Lockstep, arguments: tuple[str, ...]) -> None:
    ended = lockstep(*arguments)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert ended.err

"""The runtime as it is vendored: under any name, without a transport, both halves the same."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import generator.runtime as runtime
from generator.emit import derive

FOLDER = Path(runtime.__file__).parent


def _python(code: str, *, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=path, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_works_under_another_name_and_imports_no_transport(tmp_path: Path) -> None:
    target = tmp_path / "acme" / "_runtime"
    shutil.copytree(FOLDER, target, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "acme" / "__init__.py").touch()
    code = (
        "import sys; import acme._runtime as r; assert r.CONTRACT == 1\n"
        "heavy = {'httpx2', 'pyreqwest', 'asyncio', 'anyio', 'generator', 'dataclasses'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert _python(code, path=tmp_path).strip() == "[]"
    for over in ("httpx2", "pyreqwest"):
        other = "pyreqwest" if over == "httpx2" else "httpx2"
        code = (
            f"import sys; sys.modules[{other!r}] = None\n"
            f"import acme._runtime.over_{over}, acme._runtime.over_{over}_async"
        )
        _python(code, path=tmp_path)


def test_everything_promised_is_there() -> None:
    assert sorted(set(runtime.__all__)) == sorted(runtime.__all__)
    assert [name for name in runtime.__all__ if not hasattr(runtime, name)] == []


def test_the_halves_are_the_same() -> None:
    twins = derive.derive(derive.read_sources(FOLDER))
    assert derive.differing(FOLDER, twins) == []
    assert set(twins) == {
        "caller.py",
        "client.py",
        "over_httpx2.py",
        "over_httpx2_lent.py",
        "over_httpx2_network.py",
        "over_pyreqwest.py",
        "streamed.py",
        "surfaces.py",
    }


def test_a_twin_that_differs_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in FOLDER.glob("*_async.py"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(derive, "_RUNTIME", tmp_path)
    assert derive.main(["--check"]) == 1
    assert derive.main([]) == 0
    assert derive.main(["--check"]) == 0
    (tmp_path / "caller.py").write_text("")
    assert derive.main(["--check"]) == 1


def test_a_rule_without_use_and_a_word_left_over_are_errors() -> None:
    sources = dict(derive.read_sources(FOLDER))
    with pytest.raises(derive.Underived, match="is left"):
        derive.derive({"a_async.py": "aiter(asyncio)\n"})
    del sources["over_pyreqwest_async.py"]
    with pytest.raises(derive.Underived, match=r"without use: .*asyncio"):
        derive.derive(sources)

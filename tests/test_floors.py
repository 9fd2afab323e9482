"""The floors of the project: who may import whom, read from the sources and not from a promise.

A module imports only from lower floors or from its own package. There is no circle, and no import
hidden in a function but for the command line's, whose start-up time counts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    "diagnostics": 0,
    "wire": 0,
    "document": 1,
    "api": 2,
    "report": 3,
    "plan": 4,
    "diff": 4,
    "mock": 4,
    "contract": 4,
    "emit": 5,
    "compose": 6,
    "cli": 7,
    "pytest_plugin": 7,
}
ISLAND = "runtime"
NOT_EVERY_LOWER = {"emit": {"diff", "mock", "contract"}}
FILES = sorted((ROOT / "generator").rglob("*.py"))


def module_name(path: Path) -> str:
    """The dotted name of a source file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(module: str) -> str:
    """The package of the floor that a module belongs to; empty for `generator` itself."""
    return module.split(".")[1] if "." in module else ""


def folder_of(module: str) -> str:
    """The package and the folder in it where a module stands, `mock.items`; its package without one."""
    parts = module.split(".")[1:]
    folder = ROOT.joinpath("generator", *parts[:2])
    return ".".join(parts[:2] if len(parts) > 1 and folder.is_dir() else parts[:1])


def absolute(path: Path, node: ast.ImportFrom) -> str:
    """The dotted name that an import statement starts from."""
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).parent.parts
    base = package[: len(package) - node.level + 1]
    return ".".join((*base, node.module) if node.module else base)


def imported(path: Path, tree: ast.AST) -> Iterator[str]:
    """Dotted names of the project's own modules that a tree imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("generator"))
        elif isinstance(node, ast.ImportFrom):
            base = absolute(path, node)
            if base.split(".")[0] == "generator":
                yield from (f"{base}.{alias.name}" for alias in node.names)


def refusal(importer: str, target: str) -> str | None:
    """Why one package may not import another, or None."""
    if importer == target or not target or target.startswith("_"):
        return None
    if ISLAND in (importer, target):
        return f"{ISLAND} is an island"
    if target not in FLOORS:
        return f"{target} is on no floor"
    if FLOORS[target] >= FLOORS[importer]:
        return f"floor {FLOORS[importer]} may not import floor {FLOORS[target]}"
    if target in NOT_EVERY_LOWER.get(importer, ()):
        return f"{importer} may not import {target}"
    return None


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_imports_only_from_lower_floors(path: Path) -> None:
    importer = package_of(module_name(path))
    targets = {package_of(name) for name in imported(path, ast.parse(path.read_text("utf-8")))}
    if not importer:
        assert not targets - {"", "__version__"}
        return
    targets.discard("__version__")
    reasons = [
        f"{importer} -> {each}: {why}" for each in targets if (why := refusal(importer, each))
    ]
    assert not reasons


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_no_import_hides_in_a_function(path: Path) -> None:
    if package_of(module_name(path)) == "cli":
        pytest.skip("the command line imports lazily: its start-up time counts")
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    hidden = [
        f"{function.name}:{node.lineno}"
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def runtime_imports(path: Path) -> set[str]:
    """Modules of the project that a file imports when it is imported, its own packages aside."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {module_name(each) for each in FILES}
    found: set[str] = set()
    for statement in tree.body:
        for name in imported(path, ast.Module([statement], [])):
            parent = name.rpartition(".")[0]
            found |= {name} if name in names else {parent} & names
    return found - {module_name(path)}


def assert_no_circle(graph: dict[str, set[str]]) -> None:
    """Holds that nobody in a graph is reached from itself; says the way round."""
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_there_is_no_circle() -> None:
    assert_no_circle({module_name(path): runtime_imports(path) for path in FILES})


def test_folders_of_a_package_import_each_other_in_one_direction() -> None:
    graph: dict[str, set[str]] = {}
    for path in FILES:
        own = folder_of(module_name(path))
        targets = {folder_of(name) for name in imported(path, ast.parse(path.read_text("utf-8")))}
        graph.setdefault(own, set()).update(
            each for each in targets - {own} if each.partition(".")[0] == own.partition(".")[0]
        )
    assert_no_circle({own: {each for each in graph[own] if "." in each} for own in graph})


def test_every_package_is_on_a_floor() -> None:
    packages = {path.name for path in (ROOT / "generator").iterdir() if path.is_dir()}
    assert packages - {"__pycache__", "_templates", ISLAND} <= set(FLOORS)

"""Faults planted by machine: each operator changes one place of a server's source text.

In comes source, out come named changed sources, always in the same order: a condition dropped, a
bound shifted, a write skipped, a stale copy given back, an error swapped, a comparison turned.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = Callable[[ast.AST], ast.AST | None]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One changed source: which operator, in which function, the how manieth there."""

    operator: str
    function: str
    number: int
    source: str

    @property
    def name(self) -> str:
        """What was done where."""
        return f"{self.operator} in {self.function} #{self.number}"


def mutations(source: str, functions: frozenset[str]) -> Iterator[Mutation]:
    """Every mutation of the functions named."""
    tree = ast.parse(source)
    for operator, change in OPERATORS.items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name in functions:
                nodes = enumerate(ast.walk(function))
                places = [place for place, node in nodes if change(copy.deepcopy(node)) is not None]
                for number, place in enumerate(places, 1):
                    changed = ast.unparse(_changed(tree, function.name, place, change))
                    yield Mutation(operator, function.name, number, changed)


def _changed(tree: ast.Module, function: str, place: int, change: Change) -> ast.Module:
    whole = copy.deepcopy(tree)
    for each in ast.walk(whole):
        if isinstance(each, ast.FunctionDef) and each.name == function:
            target = list(ast.walk(each))[place]
            _Replace(target, change(copy.deepcopy(target))).visit(each)
    return ast.fix_missing_locations(whole)


class _Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, by: ast.AST | None) -> None:
        self._target = target
        self._by = by

    def visit(self, node: ast.AST) -> ast.AST | None:
        """The other node in place of the one."""
        return self._by if node is self._target else self.generic_visit(node)


def drop_condition(node: ast.AST) -> ast.AST | None:
    """An `if` that only raises is never taken."""
    if isinstance(node, ast.If) and isinstance(node.body[-1], ast.Raise):
        node.test = ast.Constant(False)
        return node
    return None


def drop_operand(node: ast.AST) -> ast.AST | None:
    """The last operand of `and` or `or` is left out."""
    if isinstance(node, ast.BoolOp):
        node.values.pop()
        return node if len(node.values) > 1 else node.values[0]
    return None


def shift_bound(node: ast.AST) -> ast.AST | None:
    """A whole number in a comparison, an addition or a default is one more."""
    if isinstance(node, ast.Compare | ast.BinOp):
        for each in ast.walk(node):
            if isinstance(each, ast.Constant) and type(each.value) is int:
                each.value += 1
                return node
    return None


def turn_comparison(node: ast.AST) -> ast.AST | None:
    """`<` becomes `<=`, `>` becomes `>=`, `==` becomes `!=`."""
    turned: dict[type[ast.cmpop], type[ast.cmpop]] = {
        ast.Lt: ast.LtE,
        ast.Gt: ast.GtE,
        ast.LtE: ast.Lt,
        ast.Eq: ast.NotEq,
    }
    if isinstance(node, ast.Compare) and type(node.ops[0]) in turned:
        node.ops[0] = turned[type(node.ops[0])]()
        return node
    return None


def skip_check(node: ast.AST) -> ast.AST | None:
    """A call whose result nobody uses is not made."""
    return ast.Pass() if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None


def skip_write(node: ast.AST) -> ast.AST | None:
    """An assignment to a member is not made."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        return ast.Pass()
    return None


def stale_copy(node: ast.AST) -> ast.AST | None:
    """What is answered is a copy that was taken before the change."""
    if (
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value) == "dict(held['row'])"
    ):
        held = ast.parse("held = {'row': dict(held['row'])}").body[0]
        return ast.If(test=ast.Constant(True), body=[held, node], orelse=[])
    return None


def swap_error(node: ast.AST) -> ast.AST | None:
    """An error has another status."""
    swapped = {400: 422, 401: 403, 404: 403, 405: 404, 409: 400, 415: 400, 422: 400, 412: 409}
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
        status = node.args[0]
        if isinstance(status, ast.Constant) and isinstance(status.value, int):
            status.value = swapped[status.value]
            return node
    return None


def swap_code(node: ast.AST) -> ast.AST | None:
    """An error has another code."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
        node.args[1] = ast.Constant("other")
        return node
    return None


OPERATORS: dict[str, Change] = {
    "drop a condition": drop_condition,
    "drop an operand": drop_operand,
    "shift a bound": shift_bound,
    "turn a comparison": turn_comparison,
    "skip a check": skip_check,
    "skip a write": skip_write,
    "give back a stale copy": stale_copy,
    "swap an error": swap_error,
    "swap a code": swap_code,
}
"""Every operator by its name."""

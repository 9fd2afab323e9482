"""Faults planted by machine: each operator changes one place of a server's source text.

In comes source, out come named changed sources, always in the same order: a condition dropped, a
bound shifted, a write skipped, a stale copy given back, an error swapped, a comparison turned, a
wait where another call may come in between. Each operator changes every place that it fits.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.mutants.meeting import meet

Change = Callable[[ast.AST], ast.AST | None]
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
_WAIT = f"await __import__({meet.__module__!r}, fromlist=['meet']).meet()"


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
            if isinstance(function, _FUNCTION) and function.name in functions:
                nodes = enumerate(ast.walk(function))
                if operator in RACES and not isinstance(function, ast.AsyncFunctionDef):
                    continue
                places = [place for place, node in nodes if change(copy.deepcopy(node)) is not None]
                for number, place in enumerate(places, 1):
                    changed = ast.unparse(_changed(tree, function.name, place, change))
                    yield Mutation(operator, function.name, number, changed)


def _changed(tree: ast.Module, function: str, place: int, change: Change) -> ast.Module:
    whole = copy.deepcopy(tree)
    for each in ast.walk(whole):
        if isinstance(each, _FUNCTION) and each.name == function:
            target = list(ast.walk(each))[place]
            _Replace(target, change(copy.deepcopy(target))).visit(whole)
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


def write_to_copy(node: ast.AST) -> ast.AST | None:
    """Where a part of something is copied, what is written afterwards goes to a copy of the whole."""
    copied = _copied(node)
    return _after(f"{copied} = dict({copied})", node) if copied else None


def _copied(node: ast.AST) -> str:
    """The x of `y = dict(x[...])`."""
    if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
        return ""
    call = node.value
    if getattr(call.func, "id", "") != "dict" or not call.args:
        return ""
    whole = call.args[0].value if isinstance(call.args[0], ast.Subscript) else None
    return whole.id if isinstance(whole, ast.Name) else ""


def stale_copy(node: ast.AST) -> ast.AST | None:
    """What a function gives back is a copy that was taken before it wrote."""
    if not (isinstance(node, _FUNCTION) and isinstance(node.body[-1], ast.Return)):
        return None
    shown = {each.id for each in ast.walk(node.body[-1]) if isinstance(each, ast.Name)}
    for place, statement in enumerate(node.body):
        for name in sorted(_written(statement) & shown):
            stale = ast.parse(f"stale = dict({name})").body
            node.body[place:place] = stale
            _Rename(name).visit(node.body[-1])
            return node
    return None


def _written(statement: ast.stmt) -> set[str]:
    """The names of which a member is assigned."""
    targets = [each.targets[0] for each in ast.walk(statement) if isinstance(each, ast.Assign)]
    wholes = [each.value for each in targets if isinstance(each, ast.Subscript)]
    return {each.id for each in wholes if isinstance(each, ast.Name)}


class _Rename(ast.NodeTransformer):
    def __init__(self, name: str) -> None:
        self._name = name

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """The stale copy in its place."""
        return ast.Name("stale", node.ctx) if node.id == self._name else node


def drop_filter(node: ast.AST) -> ast.AST | None:
    """What a comprehension leaves out it does not leave out."""
    if isinstance(node, ast.comprehension) and node.ifs:
        node.ifs.pop()
        return node
    return None


def wait_to_write(node: ast.AST) -> ast.AST | None:
    """Before a member is assigned another call comes in between."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript | ast.Attribute):
        return _after(_WAIT, node)
    return None


def split_increment(node: ast.AST) -> ast.AST | None:
    """Between the reading of a counter and its writing another call comes in between."""
    if isinstance(node, ast.AugAssign):
        sum_ = ast.BinOp(ast.parse("counted", mode="eval").body, node.op, node.value)
        read = ast.parse(f"counted = {ast.unparse(node.target)}").body
        write = ast.Assign([node.target], sum_)
        return ast.If(ast.Constant(True), [*read, *ast.parse(_WAIT).body, write], [])
    return None


def _after(first: str, node: ast.AST) -> ast.AST:
    """Two statements in the place of one."""
    assert isinstance(node, ast.stmt)
    return ast.If(test=ast.Constant(True), body=[*ast.parse(first).body, node], orelse=[])


def swap_error(node: ast.AST) -> ast.AST | None:
    """An error has another status."""
    swapped = {400: 422, 401: 403, 403: 404, 404: 403, 405: 404, 409: 400, 415: 400, 422: 400}
    swapped[412] = 409
    if raised := _raised(node):
        status = raised.args[0]
        assert isinstance(status, ast.Constant)
        assert isinstance(status.value, int)
        status.value = swapped[status.value]
        return node
    return None


def swap_code(node: ast.AST) -> ast.AST | None:
    """An error has another code."""
    if raised := _raised(node):
        raised.args[1] = ast.Constant("other")
        return node
    return None


def _raised(node: ast.AST) -> ast.Call | None:
    """The call of `raise Anything(404, "code")`."""
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and len(node.exc.args) > 1:
        first = node.exc.args[0]
        return node.exc if isinstance(getattr(first, "value", None), int) else None
    return None


OPERATORS: dict[str, Change] = {
    "drop a condition": drop_condition,
    "drop an operand": drop_operand,
    "shift a bound": shift_bound,
    "turn a comparison": turn_comparison,
    "skip a check": skip_check,
    "skip a write": skip_write,
    "drop a filter": drop_filter,
    "write to a copy": write_to_copy,
    "give back a stale copy": stale_copy,
    "swap an error": swap_error,
    "swap a code": swap_code,
    "wait to write": wait_to_write,
    "split an increment": split_increment,
}
"""Every operator by its name."""
RACES = frozenset({"wait to write", "split an increment"})
"""The operators whose faults show only when calls come at the same time."""

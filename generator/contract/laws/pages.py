"""Pages of a list, put together, are the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.judging.paging import (
    MOST_PAGES,
    Page,
    next_of,
    pages,
    size_bound,
    size_parameter,
    tells_next,
    total_of,
)
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.law import Law
from generator.contract.pointer import MISSING, mapping
from generator.contract.smoke import subject
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding

_WANTED = 5
_SIZES = (1, 2, 3)
_SHOWN = 4


class PagesConcatenate(Law):
    """No item is lost or comes twice, sizes and totals hold, the last page is the last."""

    id: ClassVar[str] = "pages-concatenate"
    says: ClassVar[str] = "The pages of a list, put together, are the list."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-pagination", "x-lockstep-resource")

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Lists that come in pages."""
        for kind in kinds:
            for operation in kind.by_role("list"):
                paging = operation.behaviours.pagination
                if paging is not None and paging.style != "single":
                    yield operation

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Read the list whole, then in small pages, and compare."""
        parent = filled(world, operation, _WANTED)
        largest = size_bound(world.api, operation, "maximum")
        whole = list(self._pages(world, operation, parent, largest))
        wanted = _keys(world, operation, whole)
        if len(wanted) < 2:
            raise Unreachable(f"{operation.name} shows {len(wanted)} items; paging needs two")
        yield from self._totals(world, operation, whole, len(wanted))
        sizes = _SIZES if size_parameter(operation) else ()
        for size in (each for each in sizes if len(wanted) / each < MOST_PAGES):
            cut = list(self._pages(world, operation, parent, size))
            yield from self._same(world, operation, whole, cut)
            yield from self._sized(world, cut, size)
            yield from self._totals(world, operation, cut, len(wanted))
        yield from self._default(world, operation, parent, len(wanted))
        yield from self._uncounted(world, operation, parent)

    def _pages(
        self, world: World, operation: Operation, parent: Thing | None, size: int | None
    ) -> Iterator[Page]:
        for page in pages(
            operation, lambda query: world.call(operation, parent, query=query), size
        ):
            if not page.answer.success:
                raise Unreachable(f"{operation.name} answered {page.answer}")
            yield page

    def _same(
        self, world: World, operation: Operation, whole: list[Page], cut: list[Page]
    ) -> Iterator[Finding]:
        wanted, found = _keys(world, operation, whole), _keys(world, operation, cut)
        problem, about = "", list[str]()
        if twice := [key for key in found if found.count(key) > 1]:
            problem, about = "an item comes twice in the pages of one list", twice[:1]
        elif set(found) != set(wanted):
            problem = "the pages of a list do not hold what the whole list holds"
            # With those that it should stand between.
            lost = next((at for at, key in enumerate(wanted) if key not in found), 0)
            odd = [key for key in found if key not in wanted]
            about = odd[:1] or wanted[max(lost - 1, 0) : lost + 2]
        elif found != wanted and not _unordered(world, operation):
            problem = "the pages of a list come in another order than the whole list"
            pairs = zip(wanted, found, strict=True)
            about = list(next(pair for pair in pairs if pair[0] != pair[1]))
        if problem:
            shown = _holding(world, operation, whole, about)[:1]
            shown += _holding(world, operation, cut, about)
            yield self.broken(world, shown[:_SHOWN], problem, expected=wanted, actual=found)

    def _sized(self, world: World, cut: list[Page], size: int) -> Iterator[Finding]:
        for index, page in enumerate(cut):
            last = index == len(cut) - 1
            told = f"{len(page.items)} items on page {index + 1} of {len(cut)}"
            if len(page.items) > size or (len(page.items) < size and not _ends(cut, index)):
                title = "a page does not have the size that was asked for"
                yield self.broken(world, [page.answer], title, expected=str(size), actual=told)
            elif last and page.more:
                title = "the last page says that another follows"
                yield self.broken(world, [page.answer], title, actual=told)

    def _totals(
        self, world: World, operation: Operation, cut: list[Page], count: int
    ) -> Iterator[Finding]:
        for page in cut:
            total = total_of(page, operation)
            if total is not MISSING and total != count:
                title = "the total is not the number of items"
                yield self.broken(world, [page.answer], title, expected=str(count), actual=total)
                return

    def _default(
        self, world: World, operation: Operation, parent: Thing | None, count: int
    ) -> Iterator[Finding]:
        size = size_bound(world.api, operation, "default")
        page = next(self._pages(world, operation, parent, None))
        # A default of nothing is no size: all of the list comes.
        if size and len(page.items) != min(size, count):
            title = "a page without a size does not have the default size"
            yield self.broken(
                world, [page.answer], title, expected=str(size), actual=str(len(page.items))
            )
        yield from self._continues(world, operation, page, count)

    def _continues(
        self, world: World, operation: Operation, page: Page, count: int
    ) -> Iterator[Finding]:
        paging = operation.behaviours.pagination
        if paging is None or not tells_next(paging):
            return
        following = next_of(page.answer, paging) is not None
        if following != (len(page.items) < count):
            title = "a page says wrongly whether another follows"
            yield self.broken(world, [page.answer], title, expected=str(len(page.items) < count))

    def _uncounted(
        self, world: World, operation: Operation, parent: Thing | None
    ) -> Iterator[Finding]:
        paging = operation.behaviours.pagination
        if paging is None or not paging.count or paging.total is None:
            return
        answer: Answer = world.call(operation, parent, query={paging.count: False})
        if answer.success and answer.at(paging.total) is not MISSING:
            title = "the total is there although it was switched off"
            yield self.broken(world, [answer], title, actual=answer.at(paging.total))


def filled(world: World, operation: Operation, wanted: int) -> Thing | None:
    """What a list lies below, with enough in it: made where it can be, else the fullest."""
    kind = world.kinds[use_of(operation).resource]
    if kind.creator is not None:
        parent = subject(world, operation)
        for _ in range(wanted):
            world.make(kind.name, parent)
        return parent
    if not kind.resource.parent:
        return None
    parents = list(world.standing(kind.resource.parent))[:20]
    if not parents:
        raise Unreachable(f"there is no {kind.resource.parent} to list {kind.name} of")
    return max(parents, key=lambda parent: len(world.everything(operation, parent)))


def _ends(cut: list[Page], index: int) -> bool:
    # After the last items an empty page may follow where answers do not say that they are the last.
    return index >= len(cut) - 1 or not cut[index + 1].items


def _keys(world: World, operation: Operation, cut: list[Page]) -> list[str]:
    key = world.kinds[use_of(operation).resource].resource.key
    return [str(mapping(item).get(key)) for page in cut for item in page.items]


def _holding(
    world: World, operation: Operation, listed: list[Page], keys: list[str]
) -> list[Answer]:
    """The pages that show one of these items: they tell what is wrong, the others do not."""
    wanted = set(keys)
    return [page.answer for page in listed if wanted.intersection(_keys(world, operation, [page]))]


def _unordered(world: World, operation: Operation) -> bool:
    return world.kinds[use_of(operation).resource].resource.unordered

"""The HTML report as somebody reads it: in a browser, without a network, by clicking."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.compose.contract import contract_run
from generator.compose.load import load_api
from generator.contract import Finished, Options, Target
from generator.mock import app_for, serve
from generator.report import FORMATS, Report
from tests.behaviour.pages.browser import NAMES, Page, browser, found
from tests.described import described
from tests.mutants.planted import Of, not_stored, plant
from tests.unit.contract.shelf import SHELF

CHROMIUM = found()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=f"none of {', '.join(NAMES)} is installed")

BOOK = "/shelves/*/books/*"


@pytest.fixture(scope="module", name="report")
def _report() -> Report:
    """What a run says of a server that forgets changes of books."""
    loaded = load_api("api.yaml", reader=lambda _: described(SHELF).encode())
    assert loaded.api is not None, list(loaded.diagnostics)
    with serve(plant(app_for(loaded.api), not_stored(Of("PATCH", BOOK)))) as server:
        target = Target(server.url, disposable=True)
        options = Options(only=("smoke", "laws", "negatives"))
        *_, last = contract_run(loaded, target, options, covering=True)
    assert isinstance(last, Finished)
    assert last.report.findings
    return last.report


@pytest.fixture(scope="module", name="started")
def _started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    assert CHROMIUM is not None
    with browser(CHROMIUM, tmp_path_factory.mktemp("chromium") / "profile") as page:
        yield page


@pytest.fixture(name="page")
def _page(started: Page, report: Report, tmp_path: Path) -> Page:
    """The report as it is just opened."""
    file = tmp_path / "report.html"
    file.write_text(FORMATS["html"](report), encoding="utf-8")
    started.open(file)
    return started


def test_a_click_on_a_finding_shows_both_sides(page: Page, report: Report) -> None:
    finding = report.findings[0]
    assert page.visible(".side.expected pre") == ""
    page.click("details.finding summary")
    inside = f"[id='{finding.id}']"
    side = f"{inside} .side.expected pre"
    assert page.until(f'document.querySelector("{side}").checkVisibility()')
    assert page.visible(f"{inside} .side.expected pre").strip() == finding.expected
    assert page.visible(f"{inside} .side.actual pre").strip() == finding.actual
    assert finding.curl in page.visible(inside)
    assert str(finding.where) in page.visible(inside)


def test_a_click_in_the_matrix_leads_to_the_finding(page: Page, report: Report) -> None:
    page.value("document.querySelectorAll('details').forEach(each => each.open = false)")
    page.click("#matrix td.found a")
    assert page.until("location.hash").startswith("#")
    assert page.until("document.querySelector('details[open] .side.expected pre')?.innerText")
    assert report.findings[0].expected in page.visible("details[open] .side.expected pre")


def test_every_operation_and_part_has_its_cell(page: Page, report: Report) -> None:
    rows = page.value("document.querySelectorAll('#matrix tr').length")
    cells = page.value("document.querySelectorAll('#matrix td.part').length")
    assert rows == len(report.outcomes) + 1
    assert cells == len(report.outcomes) * len(report.parts)


def test_coverage_opens_to_statuses_parameters_and_keywords(page: Page) -> None:
    page.click("details.coverage summary")
    page.value("document.querySelectorAll('details.coverage').forEach(each => each.open = true)")
    told = page.value("document.querySelector('main').innerText").lower()
    assert "statuses" in told
    assert "size in query" in told
    assert "title: type" in told


def test_nothing_is_loaded_but_the_page(page: Page) -> None:
    assert [each for each in page.loaded if not each.startswith("file:")] == []
    assert page.value("document.scripts.length") == 0


def test_it_fits_a_laptop(page: Page) -> None:
    assert page.value("document.documentElement.scrollWidth <= window.innerWidth")

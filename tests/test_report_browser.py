"""The page in a real browser. Skipped without one: `apt-get install chromium`, `pip install playwright`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reporting import one, three

from verify.report import FORMATS, Display, Format

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

if CHROMIUM is None:
    pytest.skip("no chromium on this machine", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed")

CONTRAST = """() => {
  const probe = document.createElement("canvas").getContext("2d");
  const rgb = (color) => {
    probe.clearRect(0, 0, 1, 1); probe.fillStyle = color; probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const low = [];
  for (const element of document.querySelectorAll("body *")) {
    const words = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!words || !element.checkVisibility()) continue;
    const svg = element.closest("svg") !== null;
    const style = getComputedStyle(element);
    const ink = luminance(rgb(svg ? style.fill : style.color)), ground = luminance(paper(element));
    const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (ratio < 4.5) low.push(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
  }
  return low;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        # Chromium refuses to be root within its sandbox, and nothing but our own page is opened.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name, run in (("one", one()), ("three", three())):
        page = FORMATS[Format.HTML](run, Display())
        folder.joinpath(f"{name}.html").write_text(page, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def page(browser: Browser, reports: Path) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1360, "height": 900}) as context:
        page = context.new_page()
        page.goto(reports.joinpath("one.html").as_uri())
        yield page


@pytest.mark.parametrize("name", ["one", "three"])
def test_page_asks_for_nothing_and_breaks_no_policy(browser: Browser, reports: Path, name: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(reports.joinpath(f"{name}.html").as_uri())
        page.wait_for_load_state("networkidle")
        assert asked == [reports.joinpath(f"{name}.html").as_uri()]
        assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["one", "three"])
def test_words_stand_out_from_their_ground(browser: Browser, reports: Path, scheme: str, name: str) -> None:
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(reports.joinpath(f"{name}.html").as_uri())
        page.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")
        assert page.evaluate(CONTRAST) == []
        page.eval_on_selector_all(".finding", "all => all.forEach((one) => one.classList.add('lit'))")
        assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("width", [320, 400, 800, 1360])
def test_page_never_scrolls_sideways(browser: Browser, reports: Path, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(reports.joinpath("three.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def focused(page: Page, expression: str) -> str:
    return str(page.evaluate(f"document.activeElement.{expression}"))


def test_keyboard_reaches_the_findings_and_comes_back(page: Page) -> None:
    page.keyboard.press("Tab")
    assert focused(page, "className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.url.endswith("#d1-findings")
    page.reload()
    page.locator(".flag").first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert "lit" in (page.locator("#d1-f2").get_attribute("class") or "")
    page.keyboard.press("Enter")
    assert page.url.endswith("#d1-f2")
    page.keyboard.press("Tab")
    assert focused(page, "className") == "place"
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').textContent") == "kills 14"


def test_a_mark_brings_its_card_into_the_panel(page: Page) -> None:
    page.set_viewport_size({"width": 1360, "height": 320})
    page.locator('.flag[data-finding="f3"]').focus()
    inside = """(card) => {
      const [inner, outer] = [card, card.closest(".panel")].map((e) => e.getBoundingClientRect());
      return inner.top >= outer.top && inner.top < outer.bottom;
    }"""
    assert page.locator("#d1-f3").evaluate(inside)


def test_filters_hide_a_level_and_its_marks(page: Page) -> None:
    page.locator('input[name="info"]').uncheck()
    assert not page.locator("#d1-f3").is_visible()
    assert page.locator('.flag[data-finding="f3"]').count() == 1
    assert not page.locator('.flag[data-finding="f3"]').is_visible()
    assert page.locator("#d1-f1").is_visible()
    page.locator('input[name="info"]').check()
    assert page.locator("#d1-f3").is_visible()


def test_next_and_previous_go_round(page: Page) -> None:
    met = []
    for name in ("Next", "Next", "Next", "Next", "Previous"):
        page.get_by_role("button", name=name).click()
        met.append(page.locator(".finding.current").get_attribute("id"))
    assert met == ["d1-f2", "d1-f1", "d1-f3", "d1-f2", "d1-f3"]


def test_page_is_whole_without_scripts(browser: Browser, reports: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(reports.joinpath("one.html").as_uri())
        assert not page.locator(".filters").first.is_visible()
        assert page.locator("#d1-f2").is_visible()
        page.locator(".flag").first.click()
        assert page.url.endswith("#d1-f2")


def test_documents_without_findings_can_be_hidden(browser: Browser, reports: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(reports.joinpath("three.html").as_uri())
        rows = page.locator("#overview tbody tr")
        page.locator('input[name="silent"]').uncheck()
        # The one of which nothing could be checked stays: its silence isn't a pass.
        assert [rows.nth(i).is_visible() for i in range(3)] == [True, False, True]

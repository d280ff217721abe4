"""What is held against a page that is open: axe's rules of accessibility, and that nothing sticks out of the window."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Style sheets need not be fetched once more, nor what is right be told at length.
QUICKLY = {"resultTypes": ["violations"], "preload": False}
# What another palette can change; all else is the same by day and by night.
OF_COLOUR = ("color-contrast", "link-in-text-block")
# What a narrow window can change.
OF_FINGERS = ("target-size", "scrollable-region-focusable")


def axe_by_day(page: Page) -> list[str]:
    """Where axe finds the page wanting, by any rule."""
    return _axe(page, {"type": "tag", "values": LEVELS})


def axe_by_night(page: Page) -> list[str]:
    """Where axe finds the colours of the page wanting."""
    return _axe(page, {"type": "rule", "values": OF_COLOUR})


def axe_for_fingers(page: Page) -> list[str]:
    """Where axe finds something too small or too close to be hit."""
    return _axe(page, {"type": "rule", "values": OF_FINGERS})


def _axe(page: Page, run_only: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("asked => axe.run(asked)", {"runOnly": run_only, **QUICKLY})
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]} {_measured(node)}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def _measured(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))[:300]


def sticking_out(page: Page) -> list[str]:
    """The elements that reach beyond the right edge of the window, save within a region that scrolls by itself."""
    found: list[str] = page.evaluate(STICKING_OUT)
    return found


def cut_off(page: Page) -> list[str]:
    """The elements that hold more than they show, which paper cannot scroll, and what reaches beyond the sheet."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found


CUT_OFF = """() => {
  const edge = document.documentElement.clientWidth + 1;
  // One pixel: hidden from eyes, and read to those who listen.
  const seen = element => element.getClientRects().length && element.clientWidth > 1;
  const cut = element => !['visible', 'clip'].includes(getComputedStyle(element).overflowX)
    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
  return [...document.body.querySelectorAll('*')]
    .filter(element => seen(element) && (cut(element) || element.getBoundingClientRect().right > edge))
    .map(element => element.outerHTML.slice(0, 120)).slice(0, 8);
}"""

STICKING_OUT = """() => {
  const edge = document.documentElement.clientWidth + 1;
  const scrolls = element => element && element !== document.body && element !== document.documentElement
    && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const unseen = element => !!element.closest('.only-heard, .skip');
  const out = [...document.body.querySelectorAll('*')]
    .filter(element => element.getBoundingClientRect().right > edge)
    .filter(element => !unseen(element) && !scrolls(element.parentElement))
    .map(element => element.outerHTML.slice(0, 120));
  if (document.documentElement.scrollWidth > edge) out.unshift(`scrolls to ${document.documentElement.scrollWidth} px`);
  return out.slice(0, 8);
}"""

"""Global Privacy Control in real Chromium: honoured, shown, and outranked by who was told."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from visitors import history

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
SWITCH_PAGE = "/settings/data-privacy/generative-ai"
STATUS = "[data-gpc-status]"


def test_a_member_sees_the_conflict_and_may_say_yes_knowing_it(tab: Open) -> None:
    one = tab()
    one.sign_in()
    one.page.set_extra_http_headers({"Sec-GPC": "1"})

    one.go(SWITCH_PAGE)
    expect(one.page.locator("p[data-gpc]").last).to_contain_text("contradicts the yes you gave")
    expect(one.page.locator(STATUS)).to_have_text(
        "Global Privacy Control: opt-out request honoured."
    )

    one.page.locator(".switch.large button.yes").click()
    expect(one.page.locator("p[data-gpc]").last).to_contain_text("so your yes counts")
    expect(one.page.locator(STATUS)).to_contain_text("Elsewhere it is honoured.")

    choices = [
        each.event.body
        for each in history(one.village.network, one.village.says_yes)
        if each.event.kind == "choice"
    ]
    assert choices[-1]["after_conflict"] is True


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_that_shows_the_signal_fits_its_window(tab: Open, width: int) -> None:
    one = tab(width=width)
    one.page.set_extra_http_headers({"Sec-GPC": "1"})
    one.sign_in()

    for path in ("/", SWITCH_PAGE):
        one.go(path)
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width
        expect(one.page.locator(STATUS)).to_be_visible()


def test_each_page_says_in_its_head_what_its_headers_say(tab: Open) -> None:
    one = tab()

    for path in ("/", "/sign-in"):
        answer = one.page.goto(one.village.address + path)
        head = one.page.locator("meta[name=tdm-reservation]").get_attribute("content")
        assert head == answer.headers["tdm-reservation"] == "1"
        assert answer.headers["content-usage"] == "train-ai=n"

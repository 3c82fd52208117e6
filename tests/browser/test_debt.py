"""What it all rests on, in real Chromium: by light and by dark, on a telephone too."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_operator_finds_what_it_all_rests_on_without_scripts(
    tab: Open, width: int, scheme: str
) -> None:
    one = tab(width=width, java_script=False)
    one.page.emulate_media(color_scheme=scheme)
    one.sign_in("operator")
    one.page.get_by_role("link", name="What it all rests on").click()

    expect(one.page.get_by_role("heading", level=1)).to_have_text("What it all rests on")
    bar = one.page.locator(".card > .shares")
    yes = bar.locator(".own").bounding_box()
    assert yes["width"] == pytest.approx(bar.bounding_box()["width"], abs=1), "all said yes"
    one.page.locator("#all ~ .scroll a").first.click()
    expect(one.page.locator("tr[aria-current]")).to_have_count(1)
    assert one.complaints == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_does_not_scroll_sideways(tab: Open, width: int) -> None:
    one = tab(width=width)
    one.sign_in("operator")
    one.go("/console/debt")

    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith(one.village.address) for url in one.requests)

"""Someone who was never told meets the notice once, calmly, and can answer it as it is."""

from collections.abc import Callable
from typing import Any

import pytest

from sayso.community import MemberId
from sayso.consent.deliveries import is_for

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


def _never_told(village: Any) -> str:  # noqa: ANN401 - as the fixture gives it
    with village.network.reading() as stores:
        notice = stores.notices.list()[-1]
        world = stores.world()
        return next(
            str(member.id)
            for member in stores.community.members()
            if is_for(notice, member) and notice.id not in world.say(member.id).deliveries
        )


@pytest.mark.parametrize("width", [1280, 320])
def test_a_notice_comes_before_the_page_without_scripts_and_lets_go(
    tab: Open,
    village: Any,  # noqa: ANN401 - as the fixture gives it
    width: int,
) -> None:
    member = _never_told(village)
    here = tab(width, java_script=False)
    here.page.context.add_cookies([village.cookie(member)])

    here.go("/compose")

    assert here.page.url.partition("?")[0].endswith("/first")
    assert here.page.locator("main .switch button").count() == 2
    no, yes = (
        here.page.locator(f"main .switch button.{word}").bounding_box() for word in ("no", "yes")
    )
    assert no is not None
    assert yes is not None
    assert (no["width"], no["height"]) == (yes["width"], yes["height"])
    assert here.page.locator("main .switch [aria-pressed=true]").count() == 0
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width

    here.page.locator("main .switch button.no").click()
    assert "You said no" in here.page.content()
    here.page.get_by_role("button", name="Continue").press("Enter")

    assert here.page.url.endswith("/compose")
    with village.network.reading() as stores:
        said = stores.world().say(MemberId(member))
    assert len(said.deliveries) == 1
    assert here.complaints == []

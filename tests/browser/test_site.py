"""The site in real Chromium, as a member meets it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from sayso.jobs.forget import forget_pending

pytestmark = pytest.mark.browser

Open = Callable[..., Any]

MEMBER_PAGES = (
    "/",
    "/compose",
    "/mine",
    "/history",
    "/notices",
    "/settings",
    "/settings/data-privacy",
    "/settings/data-privacy/generative-ai",
    "/settings/data-privacy/research",
    "/settings/data-privacy/credit",
    "/nothing/here",
)
SWITCH = "[aria-label='Your say: may AI learn from what you write?']"


def test_a_sample_member_signs_in_and_reads_the_feed(tab: Open) -> None:
    one = tab()
    one.go("/sign-in")
    one.page.locator("button[name=member]").first.click()

    expect(one.page.locator("article.post").first).to_be_visible()
    assert one.page.locator("article.post").count() > 5


def test_no_is_one_click_on_the_feed_and_undo_another(tab: Open) -> None:
    one = tab()
    one.sign_in()

    one.page.click(f"{SWITCH} button.no")
    expect(one.page.locator(f"{SWITCH} button.no")).to_have_attribute("aria-pressed", "true")
    expect(one.page.get_by_role("status").first).to_contain_text("You said no")

    one.page.click("text=Undo")
    expect(one.page.locator(f"{SWITCH} button.yes")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("java_script", [True, False])
def test_the_menu_holds_the_switch_on_every_page(tab: Open, *, java_script: bool) -> None:
    one = tab(java_script=java_script)
    one.sign_in()

    for path in MEMBER_PAGES[1:-1]:
        one.go(path)
        one.page.click("details.menu > summary")
        expect(one.page.locator(".menu-say button.no")).to_be_visible()
    one.page.click(".menu-say button.no")

    one.page.click("details.menu > summary")
    expect(one.page.locator(".menu-say button.no")).to_have_attribute("aria-pressed", "true")


def test_yes_and_no_are_the_same_size(tab: Open) -> None:
    one = tab()
    one.sign_in()
    one.go("/settings/data-privacy/generative-ai")

    switches = one.page.locator("main .switch").all()
    sizes = [
        [switch.locator(f"button.{answer}").bounding_box() for answer in ("no", "yes")]
        for switch in switches
    ]

    assert len(sizes) > 1, "the purpose has its switch, and so has each sort of text"
    for no, yes in sizes:
        assert (no["width"], no["height"]) == (yes["width"], yes["height"])


def test_a_no_is_followed_live_to_its_certificate(tab: Open) -> None:
    one = tab()
    one.sign_in()
    one.go("/settings/data-privacy/generative-ai")
    one.page.click("main button.no")
    expect(one.page.locator(".steps .done")).to_have_count(2)

    forget_pending(one.village.network)

    expect(one.page.locator(".steps .done")).to_have_count(4)
    expect(one.page.get_by_role("heading", name="You are forgotten")).to_be_visible()
    one.go("/mine")
    with one.page.expect_download() as download:
        one.page.click("a[download]")
    assert download.value.suggested_filename.startswith("certificate-")


@pytest.mark.parametrize("java_script", [True, False])
def test_words_are_offered_with_their_credits_and_nothing_is_posted(
    tab: Open, *, java_script: bool
) -> None:
    one = tab(java_script=java_script)
    one.sign_in()
    with one.village.network.reading() as stores:
        before = stores.community.count_documents()
    one.go("/compose")

    for document in one.village.learned_texts()[:8]:
        typed = " ".join(document.text.split()[:14])
        one.page.fill("#text", typed)
        one.page.click("button[value='suggest-post']")
        expect(one.page.locator(".variant").first).to_be_visible()
        if one.page.locator(".credits a.chip").count():
            break
    link = one.page.locator(".credits a.chip").first
    expect(link).to_have_attribute("href", re.compile("^/documents/"))
    one.page.locator(".variant button[value^='use-']").first.click()

    expect(one.page.locator("#text")).not_to_have_value(typed)
    with one.village.network.reading() as stores:
        assert stores.community.count_documents() == before


def test_a_headline_is_suggested_used_and_kept_only_when_saved(tab: Open) -> None:
    one = tab()
    one.sign_in()
    one.go(f"/members/{one.village.says_yes}/edit")

    one.page.click("button[value='suggest-headline']")
    words = one.page.locator(".variant .said").first.inner_text()
    one.page.locator(".variant button").first.click()
    expect(one.page.locator("#headline")).to_have_value(words)
    with one.village.network.reading() as stores:
        assert stores.community.member(one.village.says_yes).profile.headline != words
    one.page.click("button[value='save']")

    expect(one.page.locator("main")).to_contain_text(words)


def test_tab_takes_the_grey_words_and_escape_refuses_them(tab: Open) -> None:
    one = tab()
    one.sign_in()
    one.go("/compose")
    one.page.check("[data-ghost-switch] input")
    ghost = one.page.locator(".ghost em")

    for opening in [each for each in one.village.shared_openings() if len(each) > 12][:12]:
        with one.page.expect_response("**/api/suggestions") as answered:
            one.page.fill("#text", opening)
        if answered.value.json()["variants"]:
            break
    else:
        pytest.fail("no opening was continued")
    expect(ghost).not_to_be_empty()
    offered = ghost.inner_text()
    one.page.keyboard.press("Escape")
    expect(ghost).to_be_empty()
    one.page.keyboard.type(" ")
    expect(one.page.locator("#text")).to_have_value(f"{opening} ")
    one.page.keyboard.press("Backspace")
    expect(ghost).not_to_be_empty()
    one.page.keyboard.press("Tab")

    assert one.page.locator("#text").input_value().startswith(opening)
    assert len(one.page.locator("#text").input_value()) > len(opening)
    assert offered


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways_complains_or_asks_anyone_else(tab: Open, width: int) -> None:
    one = tab(width=width)
    one.sign_in()

    for path in (*MEMBER_PAGES, f"/members/{one.village.says_yes}/edit"):
        one.go(path)
        wide = one.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"
    one.sign_in("operator")
    one.go("/console")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith(one.village.address) for url in one.requests)
    assert [said for said in one.complaints if "404" not in said] == []


def test_every_page_has_names_for_what_it_holds(tab: Open) -> None:
    one = tab()
    one.sign_in()

    for path in (*MEMBER_PAGES, f"/members/{one.village.says_yes}/edit"):
        one.go(path)
        unnamed = one.page.evaluate(
            """() => [...document.querySelectorAll('a, button, summary, input, textarea')]
                .filter(e => e.type !== 'hidden' && !e.closest('[hidden]'))
                .filter(e => !(e.innerText || e.ariaLabel || e.textContent.trim()
                    || (e.labels && e.labels.length)))
                .map(e => e.outerHTML)"""
        )
        assert unnamed == [], path
        assert one.page.locator("h1").count() == 1, path
        assert one.page.locator("main").count() == 1, path


def test_the_whole_way_is_open_to_the_keyboard(tab: Open) -> None:
    one = tab()
    one.sign_in()

    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.className") == "skip"
    while one.page.evaluate("document.activeElement.tagName") != "SUMMARY":
        one.page.keyboard.press("Tab")
    assert one.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    one.page.keyboard.press("Enter")
    while one.page.evaluate("document.activeElement.value") != "no":
        one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")

    expect(one.page.locator(f"{SWITCH} button.no")).to_have_attribute("aria-pressed", "true")

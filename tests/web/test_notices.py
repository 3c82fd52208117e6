"""A member is told once, in their language, before the next page, and a no is never hindered."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

import pytest

from sayso.community import Category, MemberId, Region
from sayso.consent.deliveries import stages
from sayso.consent.ledger import delivery_event
from sayso.consent.notices import Delivery, Notice, NoticeText, publish
from sayso.consent.policy import load_policy
from sayso.consent.purposes import Purpose
from sayso.jobs.marks import Marks
from sayso.web.changes import changes
from sayso.wiring import Network
from visitors import START, Hands, Visitor, answers, hidden, history

Visit = Callable[..., Visitor]
HTML = {"accept": "text/html,application/xhtml+xml"}
NEWER = Notice(
    id="spring",
    title="Your words, anew",
    text="# What\n\nWe ask, and researchers may ask too.",
    purposes=(Purpose.GENAI_TRAINING, Purpose.AI_RESEARCH),
    categories=tuple(Category),
    texts=(NoticeText(language="de", title="Ihre Worte", text="Wir fragen."),),
)


@pytest.fixture
def told(hamlet: Network, clock: Hands) -> Network:
    """The first notice reached everyone long ago."""
    with hamlet.writing() as stores:
        for name in ("ana", "ben", "chi"):
            event = delivery_event(
                member_id=MemberId(name),
                notice_id="told",
                delivery=Delivery.DELIVERED,
                occurred_at=clock.now,
            )
            stores.ledger.record(event, clock.now)
    return hamlet


def is_out(network: Network, notice: Notice = NEWER, *, policy: str = "") -> None:
    with network.writing() as stores:
        stores.notices.save(publish(notice, START))
        if policy:
            stores.policies.use(load_policy(policy), START)


def way_back(page: str) -> str:
    """Where "Continue" goes to."""
    return unescape(hidden(page.partition('action="/notices/')[2], "back"))


def got_to(network: Network, name: str, notice: str = "spring") -> set[str]:
    return set(stages(history(network, name), notice))


def test_who_was_told_sees_the_page_at_once(visit: Visit, told: Network) -> None:
    page = visit("ana", **HTML).get("/")

    assert page.url.path == "/"


def test_a_new_notice_comes_once_before_the_next_page(visit: Visit, told: Network) -> None:
    ana = visit("ana", **HTML)
    is_out(told)

    page = ana.get("/documents/ana-public?x=1&y=2")
    assert page.url.path == "/notices/spring/first"
    assert "Before you go on" in page.text
    assert got_to(told, "ana") == {Delivery.SHOWN}

    gone_on = ana.post(
        "/notices/spring/first", token=hidden(page.text, "token"), back=way_back(page.text)
    )
    assert str(gone_on.url).endswith("/documents/ana-public?x=1&y=2")
    assert got_to(told, "ana") == {Delivery.SHOWN, Delivery.READ}
    assert ana.get("/").url.path == "/"
    assert got_to(told, "ben") == set()


def test_it_is_shown_once_even_where_nobody_pressed_continue(visit: Visit, told: Network) -> None:
    ana = visit("ana", **HTML)
    is_out(told)

    assert ana.get("/").url.path == "/notices/spring/first"
    assert ana.get("/").url.path == "/"


@pytest.mark.parametrize(
    "path",
    [
        "/settings/data-privacy/generative-ai",
        "/settings/data-privacy",
        "/notices",
        "/notices/told",
        "/sign-in",
        "/api/openapi.json",
        "/log/checkpoint",
        "/healthz",
    ],
)
def test_saying_no_and_what_programs_ask_for_are_never_held_up(
    visit: Visit, told: Network, path: str
) -> None:
    ana = visit("ana", **HTML)
    is_out(told)

    page = ana.get(path)

    assert page.url.path == path
    assert page.status_code == 200
    assert got_to(told, "ana") == set()


def test_a_no_goes_through_while_a_notice_waits(visit: Visit, told: Network) -> None:
    ana = visit("ana", **HTML)
    is_out(told)
    page = ana.get("/settings/data-privacy/generative-ai").text

    said = ana.client.post(
        "/choices",
        data={
            "token": hidden(page, "token"),
            "nonce": hidden(page, "nonce"),
            "purpose": "genai-training",
            "answer": "no",
            "back": "/settings/data-privacy/generative-ai",
        },
        headers=ana.headers,
    )

    assert said.status_code == 200
    assert answers(told, "ana") == ["no"]
    assert ana.post("/sign-out").status_code == 200


def test_what_asks_for_no_page_gets_none(visit: Visit, told: Network) -> None:
    ana = visit("ana", accept="application/json")
    is_out(told)

    assert ana.get("/").url.path == "/"
    assert visit(**HTML).get("/").url.path == "/", "nobody is signed in"


def test_a_browser_that_looks_ahead_has_shown_nothing(visit: Visit, told: Network) -> None:
    is_out(told)
    ana = visit("ana", **HTML, sec_purpose="prefetch;prerender")

    ana.get("/notices/spring/first")
    ana.get("/notices/spring")

    assert got_to(told, "ana") == set()


def test_a_notice_for_other_countries_waits_for_nobody_here(visit: Visit, told: Network) -> None:
    is_out(told, replace(NEWER, regions=(Region("BR"),)))

    assert visit("ana", **HTML).get("/").url.path == "/"


def test_a_notice_that_bounced_is_shown_at_the_next_visit(visit: Visit, told: Network) -> None:
    is_out(told)
    with told.writing() as stores:
        event = delivery_event(
            member_id=MemberId("ana"),
            notice_id="spring",
            delivery=Delivery.BOUNCED,
            channel="mail",
            occurred_at=START,
        )
        stores.ledger.record(event, START)

    visit("ana", **HTML)
    assert got_to(told, "ana") == {Delivery.BOUNCED, Delivery.SHOWN}, "signing in was enough"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_going_on_never_leaves_the_site(visit: Visit, told: Network, back: str) -> None:
    ana = visit("ana")
    is_out(told)

    page = ana.get(f"/notices/spring/first?back={back}")
    assert way_back(page.text) == "/"
    assert ana.post("/notices/spring/first", back=back).url.host == "testserver"


def test_going_on_needs_the_pages_own_form(visit: Visit, told: Network) -> None:
    ana = visit("ana")
    is_out(told)

    assert ana.client.post("/notices/spring/first", data={"back": "/"}).status_code == 403
    assert got_to(told, "ana") == set()


def test_yes_and_no_are_one_size_and_neither_is_chosen_before(visit: Visit, told: Network) -> None:
    ana = visit("ana")
    is_out(told)

    page = ana.get("/notices/spring/first").text
    asked = page.partition("<main")[2]

    assert asked.count('class="switch large open"') == 2, "each purpose has its own question"
    assert asked.count('value="no" aria-pressed="false"') == 2
    assert asked.count('value="yes" aria-pressed="false"') == 2
    assert "If you say nothing, it is a no." in asked


def test_silence_is_told_with_its_day_where_it_would_begin_something(
    visit: Visit, told: Network
) -> None:
    ana = visit("ana")
    is_out(told, policy="linkedin-2025")

    page = ana.get("/notices/spring/first").text

    assert "If you say nothing, this begins on 1 July 2026." in page


def test_a_yes_on_a_notice_names_that_notice(visit: Visit, told: Network, clock: Hands) -> None:
    ana = visit("ana")
    is_out(told, replace(NEWER, effective_at=START.replace(month=7)))
    page = ana.get("/notices/spring/first").text

    ana.say("yes", notice="spring", back="/", nonce=hidden(page, "nonce"))

    chosen = [each for each in history(told, "ana") if each.event.kind == "choice"]
    assert chosen[-1].event.body["notice_id"] == "spring"
    assert ana.say("yes", notice="nowhere").status_code == 400
    assert ana.say("yes", notice="told", purpose="ai-research").status_code == 400


def test_opening_a_notice_is_reading_it_and_twice_is_once(visit: Visit, told: Network) -> None:
    is_out(told)
    ana = visit("ana")

    ana.get("/notices/spring")
    ana.get("/notices/spring")

    assert got_to(told, "ana") == {Delivery.READ}
    assert len([each for each in history(told, "ana") if each.event.kind == "notice"]) == 2


def test_a_personal_link_proves_who_opened_it_and_a_made_up_one_nothing(
    visit: Visit, told: Network
) -> None:
    is_out(told)
    link = Marks(told.keys.suppression).link("spring", MemberId("ben"))

    assert visit().get("/notices/spring?seen=made.up").status_code == 200
    assert visit().get(f"/notices/told?seen={link}").status_code == 200
    assert got_to(told, "ben") == set()

    page = visit().get(f"/notices/spring?seen={link}")
    assert page.status_code == 200
    assert got_to(told, "ben") == {Delivery.READ}
    assert "Ben" not in page.text, "a link signs nobody in"


def test_a_notice_is_read_in_the_members_language_or_the_browsers(
    visit: Visit, told: Network
) -> None:
    is_out(told)
    with told.writing() as stores:
        chi = stores.community.member(MemberId("chi"))
        assert chi is not None
        stores.community.save_member(replace(chi, languages=("de-AT", "en")))

    assert "Wir fragen." in visit("chi").get("/notices/spring").text
    assert "Wir fragen." in visit(accept_language="de").get("/notices/spring").text
    assert "We ask" in visit("ana", accept_language="de").get("/notices/spring").text
    other = visit("chi").get("/notices/spring?language=en").text
    assert "We ask" in other
    assert '<a href="/notices/spring?language=de" lang="de" hreflang="de">Deutsch</a>' in other


def test_pages_say_where_a_notice_stands_and_what_it_changed(
    visit: Visit, told: Network, clock: Hands
) -> None:
    is_out(told, replace(NEWER, effective_at=START.replace(month=7)))
    reader = visit()

    coming = reader.get("/notices").text
    assert "Coming</span> in force from" in coming
    assert "In force</span> since" in coming
    clock.later(days=40)
    later = reader.get("/notices").text
    assert "No longer in force</span> replaced by “Your words, anew”" in later
    page = reader.get("/notices/spring").text
    assert "New purposes: ai-research." in page
    assert '<ins><span class="unseen">new: </span>ask, and researchers may ask too.</ins>' in page
    assert '<a href="/notices/spring">Your words, anew</a>' in reader.get("/notices/told").text


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("We ask.", "We ask.", "<p>We ask.</p>"),
        (
            "We ask you.",
            "We ask all.",
            (
                '<p>We ask <del><span class="unseen">taken out: </span>you.</del> '
                '<ins><span class="unseen">new: </span>all.</ins></p>'
            ),
        ),
        ("# One\n\nTwo", "One\n\n**Two**", "<p>One</p>\n<p>Two</p>"),
        (
            "One",
            "One\n\n<b>",
            '<p>One</p>\n<p><ins><span class="unseen">new: </span>&lt;b&gt;</ins></p>',
        ),
        ("2 * 3 * 4", "2 * 3 * 4", "<p>2 * 3 * 4</p>"),
    ],
)
def test_differences_are_marked_word_by_word(before: str, after: str, shown: str) -> None:
    assert changes(before, after) == shown


def test_long_texts_are_compared_line_by_line() -> None:
    before = "\n\n".join(f"Line {number} of many words here." for number in range(900))

    shown = changes(before, before.replace("Line 7 ", "Line seven "))

    assert shown.count("<ins>") == shown.count("<del>") == 1


def test_the_way_to_a_notice_keeps_the_way_back(visit: Visit, told: Network) -> None:
    ana = visit("ana", **HTML)
    is_out(told)

    way = ana.client.get("/mine?a=b%26c", headers=ana.headers, follow_redirects=False)

    assert way.status_code == 303
    assert unquote(way.headers["location"]) == "/notices/spring/first?back=/mine?a=b%26c"


def test_a_yes_that_counts_is_told_to_stay_and_one_to_older_terms_to_need_a_new_one(
    visit: Visit, told: Network, clock: Hands
) -> None:
    ana = visit("ana")
    ana.say("yes")

    assert "You said yes, and that stays." in ana.get("/notices/told").text

    clock.later(minutes=1)
    with told.writing() as stores:
        stores.notices.save(publish(NEWER, clock.now))
    assert "You said yes to the terms before these." in ana.get("/notices/spring").text

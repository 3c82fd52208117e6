"""Every answer says what may be done with it, and says it alike in every standard."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sayso.community import Category
from sayso.consent import notices
from sayso.consent.choices import Answer
from sayso.consent.notices import Notice
from sayso.consent.outside import ALWAYS, CLOSED, OPEN
from sayso.consent.purposes import Purpose
from sayso.consent.signals import aipref, content_signal, lexicon, noai, robots, tdmrep
from sayso.consent.signals.usage import Usage, Use, both, joined
from sayso.wiring import Network
from visitors import START, Visitor

Visit = Callable[..., Visitor]
PAGES = ["/", "/documents/ben-public", "/members/ana", "/sign-in", "/notices", "/no-such-page"]
FILES = ["/robots.txt", "/.well-known/tdmrep.json", "/api/openapi.json", "/log/checkpoint"]


def metas(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="([a-z-]+)" content="([^"]*)">', page))


def encodings(visitor: Visitor, path: str) -> dict[str, Usage]:
    """Return what each encoding says of the answer at `path`, each read by its own parser."""
    answer = visitor.get(path)
    header, meta = answer.headers, metas(answer.text)
    file_rule = tdmrep.rule_for(tdmrep.parse_file(visitor.get(tdmrep.WELL_KNOWN).text), path)
    assert file_rule is not None
    return {
        "Content-Usage": aipref.parse(header.get("content-usage", "")),
        "Content-Signal": content_signal.parse(header.get("content-signal", "")),
        "tdm-reservation": tdmrep.parse(header.get("tdm-reservation", "")),
        "tdm-reservation meta": tdmrep.parse(meta.get("tdm-reservation", "")),
        "tdmrep.json, then header, then meta": tdmrep.resolve(
            file_rule.usage,
            tdmrep.parse(header.get("tdm-reservation", "")),
            tdmrep.parse(meta.get("tdm-reservation", "")),
        ),
        "X-Robots-Tag": noai.parse(header.get("x-robots-tag", "")),
        "meta robots": noai.parse(meta.get("robots", "")),
        "robots.txt": robots.parse(visitor.get(robots.WELL_KNOWN).text, path),
    }


def says(usage: Usage) -> dict[str, Usage]:
    """Return what each encoding must say of a page."""
    mining, directives = usage.within(tdmrep.SAYS), usage.within(noai.SAYS)
    return {
        "Content-Usage": usage.within(aipref.SAYS),
        "Content-Signal": usage.within(content_signal.SAYS),
        "tdm-reservation": mining,
        "tdm-reservation meta": mining,
        "tdmrep.json, then header, then meta": mining,
        "X-Robots-Tag": directives,
        "meta robots": directives,
    }


@pytest.fixture
def open_hamlet(hamlet: Network, visit: Visit) -> Network:
    """Everybody was told of both purposes; ana says yes to both, ben to training alone."""
    with hamlet.writing() as stores:
        draft = Notice(
            id="told-of-research",
            title="Research",
            text="# What\n\nWe ask.",
            purposes=(Purpose.AI_RESEARCH,),
            categories=tuple(Category),
        )
        stores.notices.save(notices.publish(draft, START - timedelta(days=60)))
    ana, ben = visit("ana"), visit("ben")
    for purpose in (Purpose.AI_RESEARCH, Purpose.GENAI_TRAINING):
        ana.say("yes", purpose=purpose)
    ben.say("yes")
    return hamlet


@pytest.mark.parametrize(
    ("path", "usage"), [("/documents/ana-public", OPEN)] + [(path, CLOSED) for path in PAGES]
)
def test_all_encodings_of_one_page_agree(
    open_hamlet: Network, visit: Visit, path: str, usage: Usage
) -> None:
    found = encodings(visit(), path)
    of_its_path = found.pop("robots.txt")

    assert found == says(usage)
    for use, answer in of_its_path.said.items():
        assert usage.said[use] is answer


def test_only_a_yes_to_both_purposes_opens_a_text(open_hamlet: Network, visit: Visit) -> None:
    """The one page is open, the other closed, by what their authors said themselves."""
    training = {
        path: aipref.answer(visit().get(path).headers["content-usage"])
        for path in ("/documents/ana-public", "/documents/ben-public", "/documents/chi-public")
    }

    assert list(training.values()) == [Answer.YES, Answer.NO, Answer.NO]


def test_a_no_closes_a_text_with_the_next_answer(open_hamlet: Network, visit: Visit) -> None:
    visit("ana").say("no", purpose=Purpose.AI_RESEARCH)

    answer = visit().get("/documents/ana-public")

    assert answer.headers["content-usage"] == "train-ai=n"
    assert answer.headers["tdm-reservation"] == "1"
    assert answer.headers["x-robots-tag"] == "noai, noimageai"
    assert metas(answer.text)["robots"] == "noai, noimageai"


def test_a_no_for_one_text_closes_that_text_alone(open_hamlet: Network, visit: Visit) -> None:
    visit("ana").say("no", scope="document", target="ana-public")

    assert visit().get("/documents/ana-public").headers["tdm-reservation"] == "1"


@pytest.mark.parametrize("path", FILES)
def test_what_is_no_page_says_no_too(hamlet: Network, visit: Visit, path: str) -> None:
    headers = visit().get(path).headers

    assert headers["content-usage"] == "train-ai=n"
    assert headers["content-signal"] == "ai-train=no, ai-input=no"
    assert headers["tdm-reservation"] == "1"


def test_search_is_left_unsaid_since_nobody_was_asked(visit: Visit) -> None:
    assert Use.SEARCH not in CLOSED.said.keys() | OPEN.said.keys()
    assert "search" not in visit().get("/robots.txt").text


def test_robots_txt_closes_all_and_leaves_texts_to_their_own_headers(visit: Visit) -> None:
    text = visit().get("/robots.txt").text

    assert robots.parse(text, "/members/ana") == CLOSED.within(robots.SAYS)
    assert robots.parse(text, "/documents/x") == ALWAYS.within(robots.SAYS)
    assert robots.parse(text, "/documents/x").of(Use.GENAI_TRAINING) is None


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/tdmrep.json", "/tdm-policy.json"])
def test_what_is_said_of_the_whole_site_names_nobody(
    open_hamlet: Network, visit: Visit, path: str
) -> None:
    """The same bytes whoever said what: no list of people can be read off it."""
    before = visit().get(path).text
    visit("ana").say("no")

    assert visit().get(path).text == before
    assert not re.search("ana|ben|chi", before)


def test_the_policy_that_a_reservation_names_is_an_offer(visit: Visit) -> None:
    address = visit().get("/").headers["tdm-policy"]

    policy = visit().get("/tdm-policy.json")

    assert tdmrep.parse_offer(policy.text).uid == address
    assert tdmrep.parse_offer(policy.text).duty == "obtainConsent"


def test_the_site_says_that_it_heeds_gpc_and_since_when(hamlet: Network, visit: Visit) -> None:
    with hamlet.reading() as stores:
        since = stores.policies.history()[-1].used_from

    assert visit().get("/.well-known/gpc.json").json() == {
        "gpc": True,
        "lastUpdate": since.date().isoformat(),
    }


def own(visitor: Visitor) -> Any:  # noqa: ANN401 - JSON
    answer = visitor.get("/api/me/signals")
    assert answer.status_code == 200
    return answer.json()


def test_a_member_gets_their_own_say_as_records(open_hamlet: Network, visit: Visit) -> None:
    said = own(visit("ana"))

    record = lexicon.parse_record(json.dumps(said["lexicon"]))
    assert record.usage == Usage(said={Use.TRAINING: Answer.YES})
    assert lexicon.parse_intents(json.dumps(said["user_intents"])).of(Use.GENAI_TRAINING)
    assert said["content_usage"] == "train-ai=y"
    assert said["content_signal"] == "ai-train=yes"
    assert said["lexicon"]["updatedAt"] == said["since"]


def test_a_no_to_one_purpose_is_a_no_in_the_record(open_hamlet: Network, visit: Visit) -> None:
    ana = visit("ana")
    ana.say("no")

    assert own(ana)["lexicon"]["preferences"]["training"]["allow"] is False


def test_what_a_member_never_answered_is_not_declared(open_hamlet: Network, visit: Visit) -> None:
    assert own(visit("chi"))["lexicon"]["preferences"] == {}
    assert own(visit("ben"))["lexicon"]["preferences"] == {}  # one yes of two


def test_records_are_for_the_signed_in_member_alone(visit: Visit) -> None:
    assert visit().get("/api/me/signals").status_code in {401, 403}


def test_a_yes_is_not_declared_over_a_browsers_signal(open_hamlet: Network, visit: Visit) -> None:
    visit("ana", sec_gpc="1").get("/")

    assert own(visit("ana"))["lexicon"]["preferences"] == {}
    assert visit().get("/documents/ana-public").headers["content-usage"] == "train-ai=n"


def test_a_yes_after_the_conflict_was_shown_is_declared(open_hamlet: Network, visit: Visit) -> None:
    ana = visit("ana", sec_gpc="1")
    for purpose in (Purpose.AI_RESEARCH, Purpose.GENAI_TRAINING):
        ana.say("yes", purpose=purpose, conflict="shown")

    assert own(ana)["lexicon"]["preferences"]["training"]["allow"] is True
    assert visit().get("/documents/ana-public").headers["content-usage"] == "train-ai=y"


def test_open_and_closed_contradict_each_other_where_members_are_asked_and_nowhere_else() -> None:
    asked = {use for use in CLOSED.said if CLOSED.said[use] is not OPEN.said[use]}

    assert asked >= {Use.MINING, Use.TRAINING, Use.GENAI_TRAINING}
    assert joined([OPEN, CLOSED]) == CLOSED
    assert OPEN.within(both(asked)).said.keys() == asked

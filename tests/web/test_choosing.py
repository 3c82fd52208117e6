from collections.abc import Callable

from sayso.wiring import Network
from visitors import Hands, Visitor, answers, hidden, history

Visit = Callable[..., Visitor]


def test_one_click_on_any_page_is_a_no(visit: Visit, hamlet: Network) -> None:
    page = visit("ana").say("no")

    assert page.status_code == 200
    assert answers(hamlet, "ana") == ["no"]
    assert "You said no" in page.text


def test_yes_and_no_are_one_form_with_two_equal_buttons(visit: Visit) -> None:
    page = visit("ana").get("/settings/data-privacy/generative-ai").text

    assert page.count('name="answer" value="no"') == page.count('name="answer" value="yes"')


def test_an_undo_is_offered_once_and_reverses_the_answer(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")
    page = ana.say("no").text
    undo = {"undo": "1", "nonce": hidden(page, "nonce")}

    assert ">Undo</button>" in page
    assert ">Undo</button>" not in ana.get("/").text
    assert "Undone" in ana.say("yes", **undo).text
    assert answers(hamlet, "ana") == ["no", "yes"]


def test_a_double_click_is_recorded_once(visit: Visit, hamlet: Network, clock: Hands) -> None:
    ana = visit("ana")

    ana.say("no", nonce="the same page")
    clock.later(seconds=1)
    ana.say("no", nonce="the same page")

    assert answers(hamlet, "ana") == ["no"]


def test_a_no_from_an_old_page_counts_after_the_member_changed_their_mind(
    visit: Visit, hamlet: Network, clock: Hands
) -> None:
    ana = visit("ana")

    for answer in ("no", "yes", "no"):
        ana.say(answer, nonce="a page kept by the browser")
        clock.later(seconds=1)

    assert answers(hamlet, "ana") == ["no", "yes", "no"]


def test_a_form_without_this_sessions_token_changes_nothing(visit: Visit, hamlet: Network) -> None:
    theirs = visit("ben").token()

    for token in (theirs, "", "x" * 64):
        refused = visit("ana").say("yes", token=token)
        assert refused.status_code == 403
        assert "Nothing was changed" in refused.text
    assert answers(hamlet, "ana") == []


def test_a_visitor_who_chooses_is_sent_to_sign_in(visit: Visit, hamlet: Network) -> None:
    visitor = visit()
    token = visitor.token("/sign-in")

    page = visitor.client.post(
        "/choices", data={"token": token, "purpose": "genai-training", "answer": "yes"}
    )

    assert page.url.path == "/sign-in"


def test_unknown_words_are_refused_with_the_known_ones(visit: Visit, hamlet: Network) -> None:
    refused = visit("ana").say("perhaps")

    assert refused.status_code == 400
    assert "One of: yes, no." in refused.text
    assert answers(hamlet, "ana") == []


def test_nobody_chooses_for_a_text_of_another(visit: Visit, hamlet: Network) -> None:
    refused = visit("ana").say("no", scope="document", target="ben-public")

    assert refused.status_code == 404
    assert answers(hamlet, "ana") == []


def test_the_way_back_never_leads_to_another_site(visit: Visit) -> None:
    ana = visit("ana")

    for back in ("https://example.org/", "//example.org", "/\\example.org", "/a\r\nb: c"):
        assert ana.say("no", back=back).url.path == "/"


def test_a_yes_outranks_gpc_only_where_the_conflict_was_shown(
    visit: Visit, hamlet: Network
) -> None:
    ana = visit("ana", sec_gpc="1")
    told = ana.get("/settings/data-privacy/generative-ai").text

    ana.say("yes")
    ana.say("yes", conflict=hidden(told, "conflict"))

    said = [e.event.body for e in history(hamlet, "ana") if e.event.kind == "choice"]
    assert [body["after_conflict"] for body in said] == [False, True]
    assert "Global Privacy Control" in told

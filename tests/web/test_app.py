import re
from collections.abc import Callable

from visitors import Visitor

Visit = Callable[..., Visitor]


def links(page: str) -> set[str]:
    return set(re.findall(r'(?:href|src)="(/[^"#]*)', page))


def test_every_link_of_every_page_leads_somewhere(visit: Visit) -> None:
    for who in ("ana", "operator", ""):
        visitor = visit(who)
        seen: set[str] = set()
        waiting = {"/", "/console"} if who == "operator" else {"/"}
        while waiting:
            path = waiting.pop()
            seen.add(path)
            answer = visitor.get(path)
            assert answer.status_code == 200, f"{path} for {who or 'a visitor'}"
            if "html" in answer.headers["content-type"]:
                waiting |= links(answer.text) - seen


def test_every_page_for_members_holds_the_switch(visit: Visit) -> None:
    ana = visit("ana")

    for path in links(ana.get("/").text):
        page = ana.get(path)
        if "html" in page.headers["content-type"]:
            assert 'action="/choices"' in page.text, path


def test_pages_for_members_send_visitors_to_sign_in_and_back(visit: Visit) -> None:
    for path in ("/compose", "/mine", "/history", "/settings", "/console"):
        page = visit().get(path)
        assert page.url.path == "/sign-in"
        assert f'name="back" value="{path}"' in page.text


def test_the_console_is_for_operators(visit: Visit) -> None:
    ana = visit("ana")
    closed = ana.get("/console")

    assert closed.status_code == 403
    assert "sign out and sign in as the operator" in closed.text
    assert "State of the network" not in closed.text
    assert "State of the network" in ana.post("/sign-in", operator="yes").text
    assert "State of the network" in visit("operator").get("/console").text


def test_signing_out_ends_the_session(visit: Visit) -> None:
    ana = visit("ana")
    ana.post("/sign-out")

    assert ana.get("/mine").url.path == "/sign-in"


def test_the_certificates_and_withdrawals_of_others_are_not_found(visit: Visit) -> None:
    ana = visit("ana")

    assert ana.get("/mine/certificates/anything").status_code == 404
    assert ana.get("/api/me/withdrawals/w-00000001").status_code == 404


def test_the_site_says_that_it_is_well(visit: Visit) -> None:
    assert visit().get("/healthz").text == "ok\n"

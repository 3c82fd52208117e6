from collections.abc import Callable

from sayso.community import Document, MemberId
from sayso.wiring import Network
from visitors import Visitor

Visit = Callable[..., Visitor]


def written(network: Network, member_id: str) -> tuple[Document, ...]:
    with network.reading() as stores:
        documents = stores.community.documents_of(MemberId(member_id))
    return tuple(each for each in documents if each.source == "site")


def test_nothing_is_posted_without_publish(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")

    for act in ("suggest-continue", "suggest-post", "use-0", "edit-0", "refuse-0", ""):
        page = ana.post("/compose", act=act, text="A bridge is opened.")
        assert page.status_code == 200
        assert "A bridge is opened." in page.text
    assert written(hamlet, "ana") == ()


def test_publish_posts_once_even_if_pressed_twice(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")

    for _ in range(2):
        page = ana.post("/compose", act="publish", text="A bridge.", title="News", nonce="n")

    assert page.url.path.startswith("/documents/")
    (document,) = written(hamlet, "ana")
    assert (document.title, document.text, document.kind) == ("News", "A bridge.", "article")


def test_an_empty_or_endless_text_is_not_posted_and_not_lost(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")

    assert ana.post("/compose", act="publish", text="  ").status_code == 400
    endless = ana.post("/compose", act="publish", text="word " * 5000)
    assert endless.status_code == 400
    assert "word word" in endless.text
    assert written(hamlet, "ana") == ()


def test_a_kind_that_nobody_offers_is_refused(visit: Visit) -> None:
    assert visit("ana").post("/compose", act="suggest-poem", text="x").status_code == 400


def test_a_visitor_cannot_write(visit: Visit) -> None:
    assert visit().get("/compose").url.path == "/sign-in"

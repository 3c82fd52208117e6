from collections.abc import Callable

from visitors import Visitor

Visit = Callable[..., Visitor]


def ask(visitor: Visitor, times: int) -> None:
    for _ in range(times):
        visitor.send("/api/suggestions", {"kind": "headline", "text": ""})


def test_deleting_all_asks_once_and_says_how_many_went(visit: Visit) -> None:
    ana = visit("ana")
    ask(ana, 3)
    page = ana.get("/history").text

    assert "<summary>" in page.split("Delete all")[0].split("</article>")[-1]
    assert "Delete all 3 suggestions" in page
    assert "There is no undo" in page
    gone = ana.post("/history", delete="all").text
    assert "3 suggestions deleted." in gone
    assert "None." in gone


def test_one_suggestion_is_deleted_without_the_others(visit: Visit) -> None:
    ana = visit("ana")
    ask(ana, 2)
    one = ana.get("/history").text.split('name="delete" value="')[1].split('"')[0]

    assert "1 suggestion deleted." in ana.post("/history", delete=one).text
    assert ana.post("/history", delete=one).status_code == 404

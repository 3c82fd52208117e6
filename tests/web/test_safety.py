from collections.abc import Callable, Iterator

from sayso.web.safety import HEADERS, LARGEST_BODY_BYTES
from visitors import Visitor

Visit = Callable[..., Visitor]

PATHS = ("/", "/sign-in", "/nothing/here", "/api/me", "/healthz", "/log/checkpoint", "/static/x")


def test_every_answer_carries_the_same_protections(visit: Visit) -> None:
    visitor = visit()

    for path in PATHS:
        answer = visitor.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, path


def test_no_page_has_script_or_style_inside_it_or_loads_from_elsewhere(visit: Visit) -> None:
    ana = visit("ana")

    for path in ("/", "/compose", "/mine", "/settings/data-privacy/generative-ai", "/history"):
        page = ana.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
        assert "http://" not in page
        assert "https://" not in page


def test_pages_of_members_are_kept_by_no_cache(visit: Visit) -> None:
    assert visit("ana").get("/mine").headers["cache-control"] == "no-store"


def test_a_body_too_large_is_refused_however_it_arrives(visit: Visit) -> None:
    ana = visit("ana")

    def endless() -> Iterator[bytes]:
        for _ in range(10):
            yield b"a" * (LARGEST_BODY_BYTES // 5)

    form = {"content-type": "application/x-www-form-urlencoded"}
    whole = ana.client.post("/compose", content=b"a" * (LARGEST_BODY_BYTES + 1), headers=form)
    parts = ana.client.post("/compose", content=endless(), headers=form)

    assert whole.status_code == parts.status_code == 413
    assert "Send less at once" in parts.text


def test_a_file_in_a_form_is_refused(visit: Visit) -> None:
    ana = visit("ana")

    refused = ana.client.post(
        "/compose", data={"token": ana.token()}, files={"text": ("x.txt", b"hello")}
    )

    assert refused.status_code == 400

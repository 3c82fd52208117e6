import pytest

from redact.finding import words_found
from sayso.redact.finders.urls import URL
from sayso.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see http://example.org/a_(b), ok", ["http://example.org/a_(b)"]),
        ("(http://example.org/c).", ["http://example.org/c"]),
        ("cut short: https://example.org/a…", ["https://example.org/a…"]),
        (
            "seehttp://example.org now HTTPS://EXAMPLE.ORG/X",
            ["http://example.org", "HTTPS://EXAMPLE.ORG/X"],
        ),
        ("www.example.org.", ["www.example.org"]),
        ("bit.ly/abc and ana.github.io", ["bit.ly/abc", "ana.github.io"]),
        ("mongodb://ana:secret@db.example/x", ["mongodb://ana:secret@db.example/x"]),
        ("http://xn--bcher-kva.example/ü?q=1#f", ["http://xn--bcher-kva.example/ü?q=1#f"]),
        ("and/or, e.g./i.e., VB.NET, x.py/y, ://, www., http://", []),
        ("yourdomain.com/page or example.org/x, as an example", []),
    ],
)
def test_a_link_goes_from_its_scheme_to_its_last_sign(text: str, found: list[str]) -> None:
    assert words_found(URL, text) == found


def test_links_without_a_person_in_them_may_stay() -> None:
    text = "https://example.gov/2018/12345678901 and https://example.org/users/ana"

    assert Redactor().redact(text).text == "<URL_1> and <URL_2>"
    assert Redactor(links="personal").redact(text).text == (
        "https://example.gov/2018/12345678901 and <URL_1>"
    )


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/in/ana-lopez-1",
        "https://de.linkedin.com/in/ana",
        "http://ana.tumblr.com/post/1",
        "https://example.org/~ana",
        "https://example.org/?user=ana",
        "https://example.org/a?x=1#author=ana",
        "https://ana:secret@example.org/",
        "https://medium.com/@ana/story",
        "https://example.org/find?to=ana@example.org",
        "https://github.com/ana",
    ],
)
def test_a_link_with_a_name_or_an_account_is_personal(link: str) -> None:
    (found,) = Redactor(links="personal").redact(link).found

    assert found.rule == "personal link"


@pytest.mark.parametrize(
    "link", ["https://github.com/features", "https://t.co/abc", "https://example.org/blog/2018"]
)
def test_a_link_to_a_page_of_nobody_is_not_personal(link: str) -> None:
    assert Redactor(links="personal").redact(link).found == ()

import pytest

from redact.finding import words_found
from sayso.redact.finders.emails import EMAIL


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mail <ana@example.org>, (bo@example.org).", ["ana@example.org", "bo@example.org"]),
        ("mailto:ana@example.org?subject=x", ["ana@example.org"]),
        ("ana@bücher.example and ЯЯ@пример.рф", ["ana@bücher.example", "ЯЯ@пример.рф"]),
        ("to ana@xn--e1afmkfd.xn--p1ai", ["ana@xn--e1afmkfd.xn--p1ai"]),
        ("E-mail-ana@example.org", ["ana@example.org"]),
        ("ana.lopez [at] example [dot] org", ["ana.lopez [at] example [dot] org"]),
        ("reach me: ana at example dot org", ["ana at example dot org"]),
        ("ana.lopez@ example.com", ["ana.lopez@ example.com"]),
        ("path/ana@example.org and ?to=bo@example.org", ["ana@example.org", "bo@example.org"]),
        ("logo@2x.png, git@github.com:org/repo, foo@1.2.3, user@host, a @ b, @ana@example.org", []),
        ("look at the red dot here, meet at noon", []),
    ],
)
def test_an_address_is_found_however_it_is_written(text: str, found: list[str]) -> None:
    assert words_found(EMAIL, text) == found

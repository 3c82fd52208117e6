import pytest

from redact.finding import words_found
from sayso.redact.finders.handles import HANDLE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RT @ana_lopez: and .@bo, (@cy)", ["@ana_lopez", "@bo", "@cy"]),
        ("@ana@social.example says", ["@ana@social.example"]),
        ("@ana's and @bo.", ["@ana", "@bo"]),
        ("RT @5 and 感谢@xiaoming", ["@5", "@xiaoming"]),
        ("I asked @property about it", ["@property"]),
        ('@Override @media print { } @app.route("/x") and @ 5 pm, @19', []),
        ("ana@example, a@b, @@x, &@x", []),
    ],
)
def test_a_handle_begins_with_its_sign(text: str, found: list[str]) -> None:
    assert words_found(HANDLE, text) == found

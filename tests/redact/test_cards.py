import pytest

from redact.finding import words_found
from sayso.redact.finders.cards import CARD
from sayso.redact.finders.ibans import IBAN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pay 4111 1111 1111 1111 09/27", ["4111 1111 1111 1111"]),
        ("no 12 4111-1111-1111-1111", ["4111-1111-1111-1111"]),
        ("378282246310005.", ["378282246310005"]),
        ("my card 060426070011 is lost", ["060426070011"]),
        ("060426070011 is lost", []),
        ("4111 1111 1111 1112, 4111-1111 1111 1111, 4111111111111111.5", []),
        ("a4111111111111111 4111111111111111b", []),
    ],
)
def test_a_card_has_a_sum_that_holds_and_an_issuer_or_a_word(text: str, found: list[str]) -> None:
    assert words_found(CARD, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IBAN GB33BUKB20201555555555 ok", ["GB33BUKB20201555555555"]),
        ("to DE89 3704 0044 0532 0130 00.", ["DE89 3704 0044 0532 0130 00"]),
        ("mt84malt011000012345mtlcast001s", ["mt84malt011000012345mtlcast001s"]),
        ("MT84 MALT 0110 0001 2345 MTLC AST0 01S", ["MT84 MALT 0110 0001 2345 MTLC AST0 01S"]),
        ("GB34BUKB20201555555555, XGB33BUKB20201555555555, DE89 3704 0044", []),
    ],
)
def test_an_iban_has_its_countrys_length_and_a_sum_that_holds(text: str, found: list[str]) -> None:
    assert words_found(IBAN, text) == found

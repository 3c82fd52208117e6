import pytest

from redact.finding import words_found
from sayso.redact.finders.cards import CARD
from sayso.redact.finders.ibans import IBAN
from sayso.redact.finders.secrets import SECRET
from sayso.redact.redactor import Redactor


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4111 1111 1111 1111 exp 12/27 CVV 123 ok", ["12/27", "123"]),
        ("CVC: 1234, 4111-1111-1111-1111, valid thru 09/2028.", ["1234", "09/2028"]),
        ("4111111111111111\nExpiry date: 09/28\nSecurity code 123", ["09/28", "123"]),
        ("gültig bis 03/29, Prüfziffer 987: 4111 1111 1111 1111", ["03/29", "987"]),
        ("exp 12/27 CVV 123 and no card", []),
        ("4111 1111 1111 1111 due 12/27, cvv", []),
    ],
)
def test_a_cards_last_month_and_check_number_go_beside_it(text: str, found: list[str]) -> None:
    assert words_found(SECRET, text) == found


def test_a_card_goes_with_what_it_is_used_with() -> None:
    shown = Redactor().redact("card 4111 1111 1111 1111 exp 12/27 CVV 123").text

    assert shown == "card <CARD_1> exp <SECRET_1> CVV <SECRET_2>"

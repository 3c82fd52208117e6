"""Bank accounts that are no IBANs, and wallets: by their word, by check digits where there are any.

Two check digits, or the four groups of a Spanish account, are enough without a word; a number
of digits alone never is.
"""

import re
from collections.abc import Iterator
from string import ascii_letters, digits

from stdnum import bic, bitcoin
from stdnum.ar import cbu
from stdnum.es import ccc
from stdnum.exceptions import ValidationError
from stdnum.no import kontonr
from stdnum.us import rtn

from sayso.redact.called import phrases, words_before
from sayso.redact.ids.checks import any_number, by
from sayso.redact.ids.forms import IdForm, form
from sayso.redact.ids.number_forms import NumberForms, may_begin
from sayso.redact.letters import Places
from sayso.redact.scan import Finder, Hit, Kind, Scan
from sayso.redact.sight import Sight, Signs

_CLABE_WEIGHTS = (3, 7, 1) * 6
_ACCOUNT = (
    "account number|account no|account nr|acct|acct no|acct number|bank account|account"
    "|kontonummer|konto nr|kontonr|konto|numero de cuenta|cuenta|n de cuenta|cuenta bancaria"
    "|numero de compte|compte|numero di conto|conto|conto corrente|conta|conta corrente"
    "|rekeningnummer|rekening|tilinumero|numer konta|rachunek|numer rachunku|cislo uctu"
)


def _is_clabe(number: str) -> bool:
    """CLABE: weights 3 7 1 over seventeen digits, each product's last digit (Banxico)."""
    digits = [int(sign) for sign in number if sign.isdigit()]
    total = sum(d * w % 10 for d, w in zip(digits[:17], _CLABE_WEIGHTS, strict=False))
    return (10 - total % 10) % 10 == digits[17]


# Sources: ABA routing numbers (ANSI X9.100-160), UK sort codes (Pay.UK), Spain CCC and Argentina
# CBU as python-stdnum's modules name them, Norway (Finans Norge), Mexico (Banxico), India (RBI),
# Germany (Bundesbank, Bankleitzahlen), Australia (AusPayNet BSB).
_FORMS: tuple[IdForm, ...] = (
    form("US routing", "routing|routing number|aba|rtn|transit", r"\d{9}", by(rtn)),
    form("GB sort code", "sort code|sortcode", r"\d\d[- ]?\d\d[- ]?\d\d", any_number),
    form(
        "ES ccc",
        "ccc|cuenta|cuenta corriente|numero de cuenta",
        r"\d{4}[ -]?\d{4}[ -]?\d\d[ -]?\d{10}",
        by(ccc),
        r"\d{4}[ -]\d{4}[ -]\d\d[ -]\d{10}",
    ),
    form("AR cbu", "cbu", r"\d{22}|\d{8}[ -]\d{14}", by(cbu)),
    form("MX clabe", "clabe|cuenta", r"\d{18}|\d{3} \d{3} \d{11} \d", _is_clabe),
    form("NO konto", "kontonummer|konto", r"\d{4}[. ]?\d\d[. ]?\d{5}", by(kontonr),
         r"\d{4}\.\d\d\.\d{5}"),
    form("IN ifsc", "ifsc", r"[A-Z]{4}0[A-Z0-9]{6}", any_number),
    form("DE blz", "blz|bankleitzahl", r"\d{3} ?\d{3} ?\d\d", any_number),
    form("AU bsb", "bsb", r"\d{3}-?\d{3}", any_number),
    form("XX account", _ACCOUNT, r"\d{6,17}|\d{2,6}(?:[ -]\d{2,7}){1,4}", any_number),
)  # fmt: skip
_NUMBERS = NumberForms(_FORMS, {})

_BIC = re.compile(r"(?<![A-Za-z0-9])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])")
_BIC_HEARD = frozenset({"bic", "swift"})
_NEAR = 40
_BITCOIN = re.compile(
    r"(?<![A-Za-z0-9/])(?:bc1[02-9ac-hj-np-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34})(?![A-Za-z0-9])"
)
_ETHER = re.compile(r"(?<![A-Za-z0-9/])0x[0-9A-Fa-f]{40}(?![A-Za-z0-9])")
_SIGNS, _LETTERS = Signs(ascii_letters + digits, beyond=False), Signs(ascii_letters)
_FIRST = Signs("013", beyond=False)
_WALLET_WORDS = frozenset(
    {"wallet", "eth", "ether", "ethereum", "donate", "donation", "donations", "tip", "erc20"}
)


def may_be_called(sight: Sight) -> Places:
    """Return the digits before which an account's name may stand."""
    return _NUMBERS.may_be_called(sight)


def may_be_wallet(sight: Sight) -> Places:
    """Return the digits with which a wallet's address may begin: letters follow them at once."""
    alone = ~_SIGNS.hold(sight.before()) & _LETTERS.hold(sight.after())
    return sight.runs[alone & _FIRST.hold(sight.codes[sight.begins])]


def may_be_bic(sight: Sight) -> Places:
    """Return the words after which a bank's code may stand."""
    return sight.heard(_BIC_HEARD)


def find(scan: Scan) -> Iterator[Hit]:
    """Yield account numbers, bank codes beside their word, and wallets."""
    text = scan.text
    yield from (hit for hit in _NUMBERS.find(scan, may_be_called) if not _is_phone_like(hit, text))
    if scan.may_say(_BIC_HEARD):
        for match in _BIC.finditer(text):
            near = words_before(text, match.start(), _NEAR)
            if {"bic", "swift"} & {phrase for phrase, _ in phrases(near)} and bic.is_valid(
                match.group()
            ):
                yield Hit(*match.span(), "bic + word")
    yield from _wallets(scan)


def _is_phone_like(hit: Hit, text: str) -> bool:
    return text[hit.start - 1 : hit.start] in {"+", "("}


def _wallets(scan: Scan) -> Iterator[Hit]:
    text = scan.text
    for start, end in scan.likely_runs(may_be_wallet):
        if not text[end : end + 1].isalpha() or text[start - 1 : start].isalnum():
            continue
        if text[start] in "13":
            match = _BITCOIN.match(text, start)
            if match and _is_bitcoin(match.group()):
                yield Hit(*match.span(), "bitcoin checksum")
        elif text[start] == "0" and text[end : end + 1] == "x":
            match = _ETHER.match(text, start)
            if match and not _WALLET_WORDS.isdisjoint(
                word.lower() for word in words_before(text, start, _NEAR)
            ):
                yield Hit(*match.span(), "ether + word")
    at = text.find("bc1")
    while at >= 0:
        match = _BITCOIN.match(text, at)
        if match and _is_bitcoin(match.group()):
            yield Hit(*match.span(), "bitcoin checksum")
        at = text.find("bc1", at + 1)


def _is_bitcoin(address: str) -> bool:
    try:
        return bool(bitcoin.validate(address))
    except ValidationError:
        return False


BANK = Finder(
    kind=Kind.BANK,
    version="1",
    find=find,
    about="Bank accounts beside IBAN, bank codes and wallets.",
    needs=("bc1",),
    likely=(may_begin, may_be_wallet, may_be_bic),
    asks=(may_be_called,),
    heeds=(_NUMBERS.first_words, _BIC_HEARD),
)

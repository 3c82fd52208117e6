"""Payment cards: digits whose Luhn sum holds, with an issuer's prefix, grouping or name."""

from sayso.redact.payment.card_numbers import are_enough, find
from sayso.redact.scan import Finder, Kind

CARD = Finder(
    kind=Kind.CARD,
    version="2",
    find=find,
    about="Payment cards (Luhn).",
    likely=(are_enough,),
)

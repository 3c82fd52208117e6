"""What a payment card is used with: its last month and its check number, beside the card.

Called so, within forty-eight characters of a card's number; elsewhere a month is nobody's. PCI DSS
counts the check number as authentication data: it is a secret, and no number of a card.
"""

import re
from collections.abc import Iterator

from sayso.redact.payment.card_numbers import find as cards
from sayso.redact.scan import Hit, Scan

_NEAR = 48
_BESIDE = re.compile(
    r"(?<!\w)(?:exp(?:iry|ires|iration)?(?: date)?|valid (?:thru|until)|good thru|g[üu]ltig bis"
    r"|ablauf|cad(?:uca|ucidad)?|vence|vto|validade|v[áa]lido at[ée]|expire(?: le)?"
    r"|scad(?:enza)?|geldig tot|vervalt|utl[øo]b(?:er)?|utl[øo]per?|ważna do)\.?:? {0,2}"
    r"((?:0?[1-9]|1[0-2]) ?[/.-] ?(?:20)?[2-4][0-9])(?![\w/.-]?[0-9])"
    r"|(?<!\w)(?:cvv2?|cvc2?|cvn|cid|csc|security code|pr[üu]fziffer|kartenpr[üu]fnummer"
    r"|c[óo]digo de seguran[çc]a|c[óo]digo de seguridad|cryptogramme|codice di sicurezza)"
    r"(?: is| ist| es| est)?\.?:? {0,2}([0-9]{3,4})(?![0-9]|[.,/-][0-9])",
    re.IGNORECASE,
)


def beside_cards(scan: Scan) -> Iterator[Hit]:
    """Yield each month and check number, without the word it is called by."""
    done = 0
    if not _BESIDE.search(scan.text):
        return
    for card in cards(scan):
        for match in _BESIDE.finditer(scan.text, max(0, card.start - _NEAR), card.end + _NEAR):
            start, end = match.span(match.lastindex or 0)
            if start >= done and scan.is_free(start, end):
                yield Hit(start, end, "beside a card")
                done = end

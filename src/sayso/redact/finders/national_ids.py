"""Numbers that a state, a health service or a professional body knows a person by.

A number that is written as only one register writes it, and whose check digits hold, may stand
alone. Every other one needs the word that it is called by within the forty characters before:
of random numbers with nine to eleven digits one in ten passes somebody's check.
"""

from collections.abc import Iterator

from sayso.redact.ids.europe import EUROPE
from sayso.redact.ids.forms import IdForm
from sayso.redact.ids.named_numbers import NAMED
from sayso.redact.ids.number_forms import NumberForms, may_begin
from sayso.redact.ids.traders import TRADERS
from sayso.redact.ids.world import WORLD
from sayso.redact.letters import Places
from sayso.redact.scan import Finder, Hit, Kind, Scan
from sayso.redact.sight import Sight

FORMS: tuple[IdForm, ...] = (*EUROPE, *WORLD, *TRADERS)
COUNTRIES = tuple(sorted({form.country for form in FORMS}))
_NUMBERS = NumberForms(FORMS, NAMED)


def may_be_called(sight: Sight) -> Places:
    """Return the digits before which a number's name may stand."""
    return _NUMBERS.may_be_called(sight)


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each number, without the word it is called by."""
    return _NUMBERS.find(scan, may_be_called)


ID = Finder(
    kind=Kind.ID,
    version="2",
    find=find,
    about="National ids, VAT ids, and numbers of licences, passports and patients.",
    likely=(may_begin,),
    asks=(may_be_called,),
    heeds=(_NUMBERS.first_words,),
)

"""Vehicles' plates, where the text says that it is one: the same signs are also model numbers."""

import re
from collections.abc import Iterator
from string import ascii_uppercase

from sayso.redact.letters import Places
from sayso.redact.scan import Finder, Hit, Kind, Scan
from sayso.redact.sight import Sight, Signs

_WORDS = (
    r"licen[cs]e plates?|number plates?|plate (?:number|no\.?)|plates?"
    r"|registration(?: plate| number| no\.?| mark)?|reg\.? (?:no|number)\.?|vrm"
    r"|kfz-?kennzeichen|kennzeichen|nummernschild|matr[íi]culas?|placas?|patente"
    r"|plaque(?: d'immatriculation)?|immatricul[ée]e?|immatriculation|targ(?:a|he|ata)|kenteken"
    r"|registreringsnummer|regnr|nummerplade|nummerplate|rekisterinumero|numer rejestracyjny"
    r"|tablic[ae] rejestracyjn[ae]|rejestracj[aie]|SPZ|rendsz[áa]m|tablica"
    r"|регистрационный номер|госномер|plaka"
)
_HEARD = (
    "license licence plate plates registration reg vrm kfz kennzeichen kfzkennzeichen "
    "nummernschild matricula matriculas placa placas patente plaque immatricule immatriculee "
    "immatriculation targa targhe targata kenteken registreringsnummer regnr nummerplade "
    "nummerplate rekisterinumero rejestracyjny tablica tablice rejestracyjna rejestracyjne "
    "rejestracji rejestracja rejestracje spz rendszam регистрационный госномер plaka"
)
"""Of which one stands in every text in which `_WORDS` finds anything."""
# One row for the shapes of each group of countries, from their registration offices' rules.
_SHAPES = (
    r"[A-Z]{2}[0-9]{2} ?[A-Z]{3}",  # United Kingdom since 2001 (DVLA INF104)
    r"[A-Z][0-9]{1,3} ?[A-Z]{3}",  # United Kingdom before
    r"[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?[0-9]{1,4}[EH]?",  # Germany (FZV annex 3), Poland
    r"[A-Z]{1,2}[- ][0-9]{1,6}[- ]?[A-Z]{0,3}",  # Austria, Switzerland
    r"[0-9]{4}[- ]?[BCDFGHJKLMNPRSTVWXYZ]{3}",  # Spain (Reglamento General de Vehículos)
    r"[A-Z]{1,2}[- ]?[0-9]{4}[- ]?[A-Z]{1,2}",  # Spain before, Balkans, Ukraine, Romania
    r"[A-Z]{2}[- ]?[0-9]{3}[- ]?[A-Z]{2}",  # France (SIV), Italy, Slovakia
    r"[0-9A-Z]{1,3}-[0-9A-Z]{2,3}-[0-9A-Z]{1,3}",  # Netherlands, Portugal, Belgium
    r"[A-Z]{3}[- ]?[0-9]{2}[0-9A-Z]",  # Sweden, Finland, Hungary, Lithuania
    r"[A-Z]{2}[- ]?[0-9]{2}[- ]?[0-9]{3}",  # Denmark, Norway, Estonia
    r"[A-Z]{2,3}[- ]?[0-9A-Z]{4,5}",  # Poland, several states of the US
    r"[0-9][A-Z]{3}[0-9]{3}|[A-Z]{3}[- ]?[0-9]{3,4}",  # California, Texas, New York, Latin America
    r"[A-Z]{3}-?[0-9][A-Z0-9][0-9]{2}",  # Brazil, Mercosur
    r"[A-Z]{2}[ -]?[0-9]{1,2}[ -]?[A-Z]{1,3}[ -]?[0-9]{4}",  # India (CMVR rule 50)
    r"[0-9]{2} ?[A-Z]{1,3} ?[0-9]{2,4}",  # Turkey
)
_PLATE = re.compile(rf"(?:{'|'.join(_SHAPES)})(?![0-9A-Za-z-])")
_NAMED = re.compile(
    rf"(?<!\w)(?:{_WORDS})(?:[ :.,#-]{{1,3}}(?:is|was|number|no|nr|ist|lautet|es|est|è|é|are|of|the"
    rf"|my|car|n[º°o]|with|der|das)\b){{0,3}}[ :.,#\"'(-]{{1,3}}\Z",
    re.IGNORECASE,
)
_REACH = 48
_LONGEST_RUN = 6
_CAPITALS = Signs(ascii_uppercase)


def may_be_plate(sight: Sight) -> Places:
    """Return the digits with a capital one or two signs away."""
    signs = (sight.before(2), sight.before(), sight.after(), sight.after(1))
    near = _CAPITALS.hold(signs[0])
    for one in signs[1:]:
        near |= _CAPITALS.hold(one)
    return sight.runs[near & (sight.sizes <= _LONGEST_RUN)]


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each plate that follows the word for one."""
    text, end = scan.text, 0
    for first, last in scan.likely_runs(may_be_plate):
        if first < end or last - first > _LONGEST_RUN or not _has_letters(text, first, last):
            continue
        for start in _heads(text, first):
            match = _PLATE.match(text, start)
            if (
                match
                and match.end() >= last
                and any(map(str.isalpha, match.group()))
                and _NAMED.search(text, max(0, start - _REACH), start)
                and scan.is_free(*match.span())
            ):
                end = match.end()
                yield Hit(*match.span(), "plate + word")
                break


def _has_letters(text: str, first: int, last: int) -> bool:
    near = text[max(0, first - 2) : first] + text[last : last + 2]
    return near != near.lower()


def _heads(text: str, first: int) -> Iterator[int]:
    """Yield where a plate may begin whose first digits stand at `first`, the longest first."""
    at = first
    places = [at]
    for _ in range(2):
        at -= at > 1 and text[at - 1] in " -" and text[at - 2].isupper()
        while at and first - at <= _LONGEST_RUN and text[at - 1].isupper():
            at -= 1
        places.append(at)
    yield from (place for place in reversed(places) if not text[place - 1 : place].isalnum())


PLATE = Finder(
    kind=Kind.PLATE,
    version="1",
    find=find,
    about="Vehicles' plates beside the word for one.",
    likely=(may_be_plate,),
    words=tuple(_HEARD.split(" ")),
)

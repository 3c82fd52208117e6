"""Numbers that a trader is taxed by: a sole trader's is a person's, and none of them says whose.

A company's number alone is no personal data (GDPR recital 14). That of somebody who trades in
their own name is, and they look alike: so all go.
"""

from stdnum.br import cnpj
from stdnum.dk import cvr
from stdnum.es import cif
from stdnum.eu import vat
from stdnum.fr import siren, siret
from stdnum.gb import vat as british
from stdnum.it import iva
from stdnum.pl import nip

from sayso.redact.ids.checks import any_number, bare, by
from sayso.redact.ids.forms import IdForm, form

_CALLED = (
    "vat|vat id|vat no|vat number|vat reg|ust id|ustid|ust idnr|ustidnr|umsatzsteuer id"
    "|umsatzsteuer identifikationsnummer|tva|tva intracommunautaire|n tva|iva|nif iva|partita iva"
    "|p iva|piva|btw|btw nummer|btw nr|moms|momsnummer|momsreg|alv|alv numero|dph|ic dph|ddv|pdv"
    "|adoszam|cod tva"
)
# Directive 2006/112/EC Art. 214 and 215, and the forms that the Commission's VIES publishes.
# Where a register numbers people by their day of birth, its other numbers alone are read here:
# the people's own forms are in `europe`.
_FORMS = (
    *(("AT", r"U\d{8}"), ("BE", r"[01]\d{9}"), ("BG", r"\d{9}"), ("CY", r"\d{8}[A-Z]")),
    *(("CZ", r"\d{8}"), ("DE", r"\d{9}"), ("DK", r"\d{8}"), ("EE", r"\d{9}"), ("EL", r"\d{9}")),
    *(("ES", r"[0-9A-Z]\d{7}[0-9A-Z]"), ("FI", r"\d{8}"), ("FR", r"[0-9A-HJ-NP-Z]{2}\d{9}")),
    *(("HR", r"\d{11}"), ("HU", r"\d{8}"), ("IE", r"\d[0-9A-Z]\d{5}[A-Z]{1,2}")),
    *(("IT", r"\d{11}"), ("LT", r"\d{9}(?:\d{3})?"), ("LU", r"\d{8}"), ("LV", r"[4-9]\d{10}")),
    *(("MT", r"\d{8}"), ("NL", r"\d{9}B\d{2}"), ("PL", r"\d{10}"), ("PT", r"\d{9}")),
    *(("RO", r"\d{6,10}"), ("SE", r"\d{10}01"), ("SI", r"\d{8}"), ("SK", r"\d{10}")),
    ("GB", r"\d{9}(?:\d{3})?"),
)
_NAMED_OTHERWISE = {"EL": "GR"}
"""The Union's letters, where they are not ISO's."""
_NEVER_ALONE = frozenset({"CZ", "DK", "FI", "HU", "LU", "MT", "RO", "SI"})
"""Whose eight digits look like a patent's or a part's, country and check digit and all."""


def _is_taxed(number: str) -> bool:
    plain = bare(number)
    return bool(british.is_valid(plain) if plain.startswith("GB") else vat.is_valid(plain))


def _vat(country: str, shape: str) -> IdForm:
    """Return the form with its country's letters, with a space or a dot between any digits."""
    spaced = shape.replace(r"\d{", r"(?:\d[ .-]?){") + "(?<![ .-])"
    alone = "" if country in _NEVER_ALONE else rf"{country}(?:{shape})"
    named = _NAMED_OTHERWISE.get(country, country)
    return form(f"{named} vat", _CALLED, rf"{country}[ -]?{spaced}", _is_taxed, alone)


TRADERS: tuple[IdForm, ...] = (
    *(_vat(country, shape) for country, shape in _FORMS),
    form("IT iva", "partita iva|p iva|piva|iva", r"\d{11}", by(iva)),
    form("ES cif", "cif|nif", r"[A-HJ-NP-SUVWa-hj-np-suvw][ -]?\d{7}[ -]?[0-9A-Ja-j]", by(cif)),
    form("PL nip", "nip", r"\d{3}-?\d{3}-?\d\d-?\d\d|\d{3}-\d\d-\d\d-\d{3}", by(nip)),
    form("FR siren", "siren|rcs", r"\d{3}[ .]?\d{3}[ .]?\d{3}", by(siren)),
    form("FR siret", "siret", r"\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{5}", by(siret)),
    form("DK cvr", "cvr|cvr nr|cvr nummer", r"\d{2} ?\d{2} ?\d{2} ?\d{2}", by(cvr)),
    form(
        "DE stnr",
        "steuernummer|steuer nr|steuer nummer|st nr|stnr",
        r"\d{2,3}[/ ]\d{3,4}[/ ]\d{4,5}",
        any_number,
    ),
    form(
        "BR cnpj",
        "cnpj",
        r"\d\d\.?\d{3}\.?\d{3}/?\d{4}-?\d\d",
        by(cnpj),
        r"\d\d\.\d{3}\.\d{3}/\d{4}-\d\d",
    ),
    form("US ein", "ein|employer identification|EIN", r"\d\d-\d{7}", any_number),
)

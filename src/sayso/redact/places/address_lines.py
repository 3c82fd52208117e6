"""The parts of an address around its street: floor, box, postcode, town, country."""

import re

from sayso.redact.places.streets import COUNTRIES, STATE_NAMES, STATES

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯĐŁ∆]"
_NO_TOWN = (
    r"(?!(?:Tel|Tfno?|Tlf|Telf|Telephone|Tel[ée]fono|Fax|Phone|Ph|Mobile|Correo|E-?mail|Email|Mail"
    r"|Please|He|She|It|We|They|The|This|And|But|My|Our|Your|In|On|At|From|To|Is|Was|Are|Web"
    r"|URL|Contact|Company|Remitido|Paciente)\b)"
)
_NAME = rf"(?:{_NO_TOWN}{_CAPITAL}[\w'.]{{0,24}}(?:-[\w']{{1,24}})?)"
_SMALL = r"(?:nan|de|la|las|los|del|da|do|na|am|an|der|sur|of|upon|el|i)"
_TOWN = rf"(?:{_NAME}|nan)(?:[ -](?:{_NAME}|{_SMALL})){{0,4}}"
_CODE = (
    r"(?:(?:[A-Z]{1,2}-)?[0-9]{4,6}(?:-[0-9]{3,4})?(?: [A-Z]{2}(?!\w))?"  # most of the world
    r"|[0-9]{3} [0-9]{2}"  # Sweden, Czechia, Greece
    r"|[0-9]{2}-[0-9]{3}"  # Poland
    r"|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}"  # United Kingdom, BS 7666
    r"|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])"  # Canada
    r"(?!\w|[.,:/-][0-9]| ?[-\u2013] ?[0-9])"
)
_NO_YEAR = r"(?!(?:1[89]|20)[0-9]{2}(?![0-9]))"
_GAP = r"(?:[.,]? {1,2}[-\u2013,]? ?|[ ,.]{0,2}\n[ ,]{0,4}|, ?)"
_BEFORE_CODE = r"(?:C\.? ?P\.?:? {0,2})?"
_LAND = rf"(?:\(? ?(?:{COUNTRIES})(?!\w)\)?)"
_STATE = rf"(?:(?:{STATES}|{STATE_NAMES})(?!\w))"

STRONG_UNIT = re.compile(
    r"[.,]?[\s,-]{1,5}(?:apt|apartment|suite|ste|unit|flat|apto|dpto|depto|piso)\b[. ]{0,2}"
    r"#?[0-9]{1,5}(?!\w)",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"[.,]?[\s,-]{1,5}(?:apt|apartment|suite|ste|unit|flat|floor|room|rm|bldg|building|apto|dpto"
    r"|depto|piso|planta|puerta|portal|bloque|esc|edificio|edif|ed|interior|stiege|appt"
    r"|appartement|b[âa]t|[ée]tage|lgh|bajo|[áa]tico|s[óo]tano|entlo|ppal|casa)\b[. ]{0,2}"
    r"(?:#?[0-9]{1,5}[ºª°]?[\w-]{0,3}|[A-Z]|)(?!\w)",
    re.IGNORECASE,
)
SHORT_UNIT = re.compile(
    r"(?:,? ?-? ?|\. ?)(?:#)?[0-9]{1,3}"
    r"(?:(?:[.]?[ºª°][- ]?|[ -])?[A-Za-z](?!\w)|[.]?[ºª°](?: ?[0-9]{1,2}[ºª°]?(?!\w))?"
    r"|[- ]?(?:izq|izda|izd|der|dcha|drcha)\b\.?|(?= *(?:[,;\n)]|[.](?![0-9])|\Z|- |[0-9]{5})))"
    r"(?![\w/:]|[.,][0-9])"
)
FLOOR = re.compile(
    r"[, -]{1,3}(?:izq|izda|dcha|der)\b\.?|,? [A-Z](?=[ .,]*(?:\n|$))|,? {0,2}[A-Z](?= [0-9]{5})"
)
_CODE_FIRST = (
    rf"{_GAP}{_BEFORE_CODE}{_CODE}(?:,? {{1,2}}(?:- )?(?!{COUNTRIES}){_TOWN})"
    rf"(?:{_GAP}{_LAND})?"
)
_CODE_LAST = (
    rf"{_GAP}(?:{_TOWN}{_GAP}){{1,4}}?(?:{_BEFORE_CODE}{_NO_YEAR}{_CODE})(?:{_GAP}{_LAND})?"
)
_CODE_ALONE = rf"(?:[ ,.]{{0,2}}\n[ ,]{{0,4}}|, ?|\. ?(?=C)){_BEFORE_CODE}{_NO_YEAR}{_CODE}"
_LAND_LAST = rf"{_GAP}(?:{_TOWN}{_GAP}){{0,3}}?{_LAND}(?: {_CODE})?"
_STATE_LAST = rf"{_GAP}(?:{_TOWN}{_GAP}){{1,2}}?{_STATE}(?:,? {_CODE})?"
_CODE_PLACED = rf"[.,]?[ -]{{1,3}}{_BEFORE_CODE}(?:[A-Z]{{1,2}}-)?[0-9]{{5}}(?![\w-]|[.,][0-9])"
TAIL = re.compile(
    rf"{_CODE_LAST}|{_CODE_FIRST}|{_LAND_LAST}|{_STATE_LAST}|{_CODE_ALONE}|{_CODE_PLACED}"
)
PLACE_AFTER = re.compile(
    rf"[.,]?[ -]{{1,3}}{_BEFORE_CODE}(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}}(?:[.,]|,? -)? "
    rf"{_NO_TOWN}{_CAPITAL}"
)
LEAD = re.compile(
    r"(?:^|[\s,:(])((?:(?:Apt|Suite|Unit|Flat)\.? [0-9]{1,5} )?[0-9]{2,6}(?:-[0-9]{3})?"
    r"|(?:Apt|Suite|Unit|Flat)\.? [0-9]{1,5}) \Z",
    re.MULTILINE,
)

BOXES = re.compile(
    r"(?<!\w)((?:P\.? ?O\.? ?Box|GPO Box|Post Office Box|Postbox|Postboks|Postfach|Postbus"
    r"|Apartado(?: de Correos| Postal)?|Casilla de Correo|Casella Postale|Caixa Postal"
    r"|Skrytka Pocztowa|Bo[îi]te Postale) ?[0-9]{1,6}(?!\w)"
    r"|(?:PSC|CMR|Unit|USS|USNS|USNV|USCGC) [\w .,-]{2,30}\n? ?[AFD]PO A[AEP] [0-9]{5}(?!\d)"
    r"|[AFD]PO A[AEP] [0-9]{5}(?!\d))",
    re.IGNORECASE,
)
CORNER = re.compile(
    rf"(?:the )?corner of (?:[\w.]+ ){{1,5}}and (?:{_CAPITAL}[\w'.-]{{1,24}}|[0-9]{{1,5}})"
    rf"(?: {_CAPITAL}[\w'-]{{1,24}}){{0,3}}(?: [0-9]{{1,4}})?"
)
CALLED_POSTCODE = re.compile(
    r"\b(?:zip ?code|zip|post ?code|postal code|c[óo]digo postal|code postal|postleitzahl|PLZ"
    r"|postnummer|CEP|CAP|kod pocztowy)(?: is| ist| es| est|:| :){1,2} "
    r"([0-9][0-9A-Z -]{1,9}[0-9A-Z]|[A-Z][0-9A-Z]{1,3} ?[0-9][A-Z0-9]{2})(?![\w])",
    re.IGNORECASE,
)
PLACE_AND_CODE = re.compile(
    rf"(?<!\w)({_CAPITAL}[\w'.]{{1,24}}(?: {_CAPITAL}[\w'.-]{{1,24}}){{0,3}}"
    rf"(?:, ?(?:{STATES}|{STATE_NAMES})| (?:{STATES}))\.?,? [0-9]{{5}}(?:-[0-9]{{4}})?)(?![\w-])"
)
LONE_POSTCODE = re.compile(
    r"(?<![\w-])([A-PR-UWYZ][A-HJ-Y]?[0-9][0-9A-HJKMNPR-Y]? [0-9][ABD-HJLNP-UW-Z]{2}"
    r"|[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9])(?![\w-])"
)
COLOMBIAN = re.compile(
    r"\b((?:Calle|Cl|Carrera|Cra|Kra|Avenida|Av|Transversal|Diagonal)\.? ?[0-9]{1,3} ?[A-Z]?"
    r"(?: sur| a)?"
    r" ?(?:#|N[oº°]\.?|n[úu]mero) ?[0-9]{1,3} ?[A-Z]{0,2} ?- ?[0-9]{1,3})(?!\w)"
)
CUED_LINE = re.compile(
    r"(?:^|\n|\. )[ \t]*(?:domicilio|direcci[óo]n|indirizzo|anschrift|adresse|adres|endere[çc]o"
    r"|morada|(?:home|postal|street|billing|shipping|mailing) address) ?: {0,3}"
    r"((?=[^\n]{0,60}[0-9])(?=[^\n]{0,40}[^\W\d_]{3})[^\n@]{6,80}?)(?=[ .]*(?:\n|\Z))",
    re.IGNORECASE,
)
LINE_NAMES = (
    "omicilio",
    "ress:",
    "dirizzo:",
    "nschrift:",
    "irección:",
    "resse:",
    "ereço:",
    "rada:",
)
"""Of which one stands in every text with such a line."""

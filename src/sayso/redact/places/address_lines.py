"""The parts of an address around its street: box, postcode, town, country."""

# ruff: noqa: RUF001 - words of other alphabets

import re

from sayso.redact.places.streets import COUNTRIES, STATE_NAMES, STATES

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯĐŁ∆]"
_NO_TOWN = (
    r"(?!(?:Tel|Tfno?|Tlf|Telf|Telephone|Tel[ée]fono|Fax|Phone|Ph|Mobile|Correo|E-?mail|Email|Mail"
    r"|Please|He|She|It|We|They|The|This|And|But|My|Our|Your|In|On|At|From|To|Is|Was|Are|Web"
    r"|URL|Contact|Company|Remitido|Paciente)\b)"
)
_SHORTENED = r"(?:(?:St|Ste|Sta|Sto|Mt|Ft|Pt|Bad|Kr|Sv|Nw|[A-Z](?:\.[A-Z]){0,3})\.)"
_NAME = (
    rf"(?:{_NO_TOWN}(?:{_SHORTENED}|{_CAPITAL}[\w']{{0,24}}(?:\.(?=\w)[\w']{{1,24}})?"
    rf"(?:-[\w']{{1,24}}){{0,3}}))"
)
_SMALL = r"(?:nan|de|la|las|los|del|da|do|na|nad|am|an|der|di|sur|of|upon|el|i|ob|pri|v|над)"
_OF_TOWN = r"(?:(?:г|м|гр|с)\. ?)?"
_TOWN = rf"{_OF_TOWN}(?:{_NAME}|nan)(?:[ -](?:{_NAME}|{_SMALL})){{0,4}}"
_DISTRICT = (
    r"(?:(?: [Cc](?:edex|EDEX)(?: [0-9]{1,2})?| [0-9]{1,2}(?=[,;)\n]|\.(?![0-9])|\Z))(?!\w)"
    r"| ?\([A-Z]{2}\)| ?[-/] ?[A-Z]{2}(?!\w))?"
)
"""A town's part or province, as in `Praha 1`, `Paris cedex 11`, `Roma (RM)`, `Recife - PE`."""
_CODE = (
    r"(?:(?:[A-Z]{1,2}[- ])?[0-9]{4,6}(?:-[0-9]{3,4})?(?: [A-Z]{2}(?!\w))?"  # most of the world
    r"|(?:[A-Z]{1,3}[- ])?[0-9]{3} [0-9]{2}"  # Sweden, Czechia, Greece
    r"|[0-9]{2}-[0-9]{3}"  # Poland
    r"|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}"  # United Kingdom, BS 7666
    r"|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])"  # Canada
    r"(?!\w|[.,:/-][0-9]| ?[-\u2013] ?[0-9])"
)
_NO_YEAR = r"(?!(?:1[89]|20)[0-9]{2}(?![0-9]))"
_GAP = r"(?:(?:\.,|[.,])? {1,2}[-\u2013,]? ?|[ ,.]{0,2}\n[ ,]{0,4}|, ?)"
_BEFORE_CODE = r"(?:C\.? ?P\.?:? {0,2})?"
_LAND = rf"(?:\(? ?(?:{COUNTRIES})(?!\w)\)?)"
_STATE = rf"(?:(?:{STATES}|{STATE_NAMES})(?!\w))"

_CODE_FIRST = (
    rf"{_GAP}{_BEFORE_CODE}(?:{_CODE}|(?<=, )[0-9]{{3}}(?= {_CAPITAL}[^\W\d]))"
    rf"(?:,? {{1,2}}(?:- )?(?!{COUNTRIES}){_TOWN}{_DISTRICT})"
    rf"(?:{_GAP}(?:{_TOWN}{_GAP})?{_LAND})?"
)
_TOWNS = rf"(?:{_TOWN}{_DISTRICT}{_GAP})"
_CODE_LAST = rf"{_GAP}{_TOWNS}{{1,4}}?(?:{_BEFORE_CODE}{_NO_YEAR}{_CODE})(?:{_GAP}{_LAND})?"
_CODE_ALONE = rf"(?:[ ,.]{{0,2}}\n[ ,]{{0,4}}|, ?|\. ?(?=C)){_BEFORE_CODE}{_NO_YEAR}{_CODE}"
_LAND_LAST = rf"{_GAP}{_TOWNS}{{0,3}}?{_LAND}(?: {_CODE})?"
_STATE_LAST = rf"{_GAP}(?:{_TOWN}{_GAP}){{1,2}}?{_STATE}(?:,? {_CODE})?"
_CODE_PLACED = rf"[.,]?[ -]{{1,3}}{_BEFORE_CODE}(?:[A-Z]{{1,2}}-)?[0-9]{{5}}(?![\w-]|[.,][0-9])"
_NO_DAY = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|So|If|When|Then|There|Not|No|Yes|Or|As|You|I\b)"
)
_TOWN_LAST = (
    rf", {{1,2}}{_NO_DAY}{_OF_TOWN}{_NAME}(?:[ -](?:{_NAME}|{_SMALL}(?= ))){{0,3}}{_DISTRICT}"
    r"(?= *(?:\n|\Z)|[,;)!?](?:\s|\Z)|\.(?:\s|\Z))"
)
TAIL = re.compile(
    rf"{_CODE_FIRST}|{_CODE_LAST}|{_LAND_LAST}|{_STATE_LAST}|{_CODE_ALONE}|{_CODE_PLACED}"
    rf"|{_TOWN_LAST}"
)
PLACE_AFTER = re.compile(
    rf"(?:[.,]?[ -]{{1,3}}{_BEFORE_CODE}(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}}(?:[.,]|,? -)?"
    rf"|(?:[.,]?[ -]{{1,3}}|[ ,]{{0,2}}\n ?){_BEFORE_CODE}"
    r"(?:[0-9]{3} [0-9]{2}|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}|[0-9]{4} [A-Z]{2}|[0-9]{5,6})"
    rf") {_NO_TOWN}{_CAPITAL}"
)
LEAD = re.compile(r"(?:^|[\s,:(])([0-9]{2,6}(?:-[0-9]{3})?) \Z", re.MULTILINE)
LEADING_TOWN = re.compile(
    rf"(?<![^\s(:])((?:{_NO_YEAR}{_CODE},? {{1,2}}(?:г\. ?)?|(?:г|м|гр)\. ?)"
    rf"{_NAME}(?:[ -](?:{_NAME}|{_SMALL})){{0,3}}(?: [0-9]{{1,2}})?(?:, ?| ?\n))\Z"
)
"""A postcode and a town before the street, as in Hungarian and Russian."""

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

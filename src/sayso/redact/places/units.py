"""What stands between a house's number and its postcode: stairs, floors, sides, flats.

Sources: the posts' guides to addressing that `streets` names, with Correos' table of abbreviations,
the Danish, Norwegian and Finnish address registers' forms (`2. tv.`, `H0301`, `A 12`), and
the Hungarian, Romanian and Russian posts' printed forms.
"""

# ruff: noqa: RUF001 - words of other alphabets

import re

_GAP = r"[.,]?[\s,-]{1,5}"
_ENDS = r"(?= *(?:[,;)\n/]|\Z|\.(?![0-9])|- |[0-9]{3}))"
_VALUE = (
    r"[. ]{0,2}:? ?(?:[Nn][or]\.? ?)?(?:#?[0-9]{1,5}[ºª°]?[\w-]{0,3}|[A-ZА-ЯΑ-Ω]|[IVX]{1,4})(?!\w)"
)
_SIDES = (
    # German, Nordic, Dutch, English
    r"links|rechts|li|re|mitte|mi|tv|th|mf|vänster|höger|venstre|høyre|højre|left|right|rear|front"
    # Spanish, Portuguese, French, Italian, Czech, Polish, Hungarian
    r"|izquierda|izqda|izq|izda|izd|dcha|derecha|der|drcha|dto|direito|drt|esquerdo|esq|frente|frt"
    r"|fte|fundos|trás|ctro|gauche|droite|sinistra|destra|sx|dx|vlevo|vpravo|lewy|prawy|ajtó"
)
_FLOORS = (
    r"floor|flr|fl|OG|UG|DG|Obergescho(?:ss|ß)|Stockwerk|Stock|[ée]tages?|[ée]t|andar|piso|planta"
    r"|sal|tr|trp|trappor|trappa|v[åa]ning(?:en)?|vån|etg|kerros|krs|em|emelet|patro|podlaží"
    r"|poschodie|pi[ęe]tro|piano|verdieping|verd|kat|etaj|όροφος|этаж|эт|поверх|пов|етаж|ет|stāvs"
    r"|aukštas|korrus|hæð|nadstropje"
)
_ORDINAL = (
    r"(?:[0-9]{1,2}(?:\.?[ºª°]|\.|er|[èe]re|[èe]me|e|st|nd|rd|th|o|a|-?(?:й|ий|ой))?|[IVX]{1,4}\.?"
    r"|first|second|third|fourth|fifth|sixth|top|upper|lower|ground)"
)
_LOW = (
    r"Erdgeschoss|Dachgeschoss|Souterrain|Hochparterre|Parterre|Hinterhaus|Vorderhaus|Seitenflügel"
    r"|Gartenhaus|EG|DG|KG|UG|HH|VH|rez[- ]de[- ]chauss[ée]e|RDC|sous-sol|R/C"
    r"|r[ée]s[- ]do[- ]ch[ãa]o|stuen|(?<=, )st|kld?|k[æe]lder|fszt?|f[öo]ldszint|p[řr]í?zemí"
    r"|parter|piano terra|basement|begane grond|hs|huis|bg|bajo|[áa]tico|s[óo]tano|entlo|ppal"
    r"|H[0-9]{4}|[ULK]0[0-9]{3}"
)
_DOORS = (
    r"apt|apartment|suite|ste|unit|flat|floor|room|rm|bldg|building|apto|dpto|depto|piso|planta"
    r"|puerta|portal|bloque|blq|esc|escalera|edificio|edif|ed|interior|local|oficina|stiege|stg|tür"
    r"|whg|wohnung|eingang|aufgang|app|appt|appartement|b[âa]t(?:iment)?|escalier|porte|[ée]tage|lgh"
    r"|uppg|oppg?|leil|bajo|[áa]tico|s[óo]tano|entlo|ppal|casa|bloco|torre|sala|conj|loja|scala"
    r"|interno|palazzina|piano|scara|etaj|bloc|apart|byt|vchod|klatka|lok|mieszkanie|asunto|rappu"
    r"|bus|bte|bo[îi]te|daire|kat|blok|кв|квартира|корп|корпус|строение|стр|подъезд|офис|оф|этаж"
    r"|вход|ап|под|секция"
)
_SHORT = r"m|p|d|k|of|as|int|et|sc|bl|ap|em|pta|эт|ет|вх|бл|к|lj|l"
"""Which are a door's or a stair's with a dot or a colon alone."""

STRONG_UNIT = re.compile(
    r"[.,]?[\s,-]{1,5}(?:apt|apartment|suite|ste|unit|flat|apto|dpto|depto|piso|lgh|whg|wohnung|byt"
    r"|кв|квартира)\b[. ]{0,2}#?[0-9]{1,5}(?!\w)",
    re.IGNORECASE,
)
STRONG_UNITS = frozenset({
    "apartment", "apt", "apto", "byt", "depto", "dpto", "flat", "lgh", "piso", "ste", "suite",
    "unit", "whg", "wohnung", "кв", "квартира",
})  # fmt: skip
"""The words of those."""

_NUMBERED_FLOOR = re.compile(
    rf"{_GAP}{_ORDINAL} ?(?:(?:{_FLOORS})(?!\w)\.?(?:,? ?(?:{_SIDES})(?!\w)\.?)?"
    rf"|(?:- ?)?(?:{_SIDES})(?!\w)\.?){_ENDS}",
    re.IGNORECASE,
)
_LOW_FLOOR = re.compile(
    rf"{_GAP}(?:{_LOW})(?!\w)\.?(?: (?:{_SIDES})(?!\w)\.?)?{_ENDS}", re.IGNORECASE
)
_SIDE = re.compile(rf", ?(?:{_SIDES})(?!\w)\.?{_ENDS}", re.IGNORECASE)
_STAIR_AND_FLAT = re.compile(
    rf"[.,]? (?:[A-Z] ?[0-9]{{1,3}}|[IVX]{{1,4}}(?:/[0-9]{{1,3}})?)(?!\w)(?! [0-9][A-Z]){_ENDS}"
)
_NUMBERED_DOOR = re.compile(rf"{_GAP}(?:{_DOORS})\b(?:{_VALUE}|[. ]{{0,2}}(?!\w))", re.IGNORECASE)
_SHORT_DOOR = re.compile(
    rf"{_GAP}(?:(?:{_SHORT})(?:\.|:|\.:)(?:{_VALUE})|(?:top|m|as) [0-9]{{1,4}}(?!\w){_ENDS})",
    re.IGNORECASE,
)
_SHORT_UNIT = re.compile(
    r"(?:,? ?-? ?|\. ?)(?:#)?[0-9]{1,3}"
    r"(?:(?:[.]?[ºª°][- ]?|[ -])?[A-Za-z](?!\w)|[.]?[ºª°](?: ?[0-9]{1,2}[ºª°]?(?!\w))?"
    r"|[- ]?(?:izq|izda|izd|der|dcha|drcha)\b\.?|(?= *(?:[,;\n)]|[.](?![0-9])|\Z|- |[0-9]{5})))"
    r"(?![\w/:]|[.,][0-9])"
)
_LAST_LETTER = re.compile(
    r"[, -]{1,3}(?:izq|izda|dcha|der)\b\.?|,? [A-Z](?=[ .,]*(?:\n|$))"
    r"|,? {0,2}[A-Z](?=, (?:[A-Z]{1,2}-)?[0-9]{2,6}(?!\w)| [0-9]{5})"
)
_UNITS = (
    *(_NUMBERED_FLOOR, _LOW_FLOOR, _STAIR_AND_FLAT, _NUMBERED_DOOR, _SHORT_DOOR, _SIDE),
    *(_SHORT_UNIT, _LAST_LETTER),
)
_MOST = 6

LEADING_UNIT = re.compile(
    r"(?<![^\s(:,])((?:(?:flat|apt|apartment|suite|ste|unit|room|rm|shop|studio|office|plot)\.? "
    r"?(?:no\.? ?)?#?(?:[0-9]{1,5}[a-z]?|[a-z])"
    r"|(?:[0-9]{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|top|ground) floor(?: flat)?"
    r"|(?:basement|garden) flat),? )\Z",
    re.IGNORECASE,
)
"""A flat or a floor right before a house's number, as in English."""


def after_units(text: str, end: int) -> int:
    """Return where the stairs, floors, sides and flats end that follow a house's number."""
    for _ in range(_MOST):
        for unit in _UNITS:
            match = unit.match(text, end)
            if match and match.end() > end:
                end = match.end()
                break
        else:
            break
    return end

"""Countries and the groups that rules speak of; what is not on the list is unknown."""

from sayso.community import UNKNOWN_REGION, Region

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""

COUNTRIES = frozenset(Region(code) for code in _CODES.split())
"""ISO 3166-1 alpha-2, the officially assigned codes."""

_EU_CODES = """
AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE
"""
_EU = frozenset(Region(code) for code in _EU_CODES.split())

GROUPS: dict[str, frozenset[Region]] = {
    "EU": _EU,  # Treaty on European Union Art. 52, without the United Kingdom since 2020-02-01
    "EEA": _EU | {Region("IS"), Region("LI"), Region("NO")},  # EEA Agreement, OJ L 1, 3.1.1994
    "UK": frozenset({Region("GB")}),
}

_ALSO_WRITTEN = {"UK": Region("GB"), "EL": Region("GR")}  # as the EU's own offices write them


def region_named(text: str) -> Region:
    """Return the country that `text` names, or `ZZ`: never a guess."""
    code = text.strip().upper()
    named = _ALSO_WRITTEN.get(code, Region(code))
    return named if named in COUNTRIES else UNKNOWN_REGION


def countries_of(name: str) -> frozenset[Region]:
    """Return the countries of a group or of one country's code; empty when there is none."""
    if name in GROUPS:
        return GROUPS[name]
    return frozenset({Region(name)}) if Region(name) in COUNTRIES else frozenset()

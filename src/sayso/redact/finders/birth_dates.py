"""Dates that are said to be somebody's birth: a date alone is nobody's."""

import re
from collections.abc import Iterator

import numpy as np

from sayso.redact.folding import fold
from sayso.redact.letters import Places
from sayso.redact.scan import Finder, Hit, Kind, Scan
from sayso.redact.sight import Sight, Signs

_NEAR = 40

_WORDS = (
    # English, German, Spanish
    r"born|birth ?date|birthday|date of birth|D\.?O\.?B\.?|geboren|geburtsdatum|geb\.|geburtstag"
    r"|nacid[oa]|naci[óo]|nac[íi]|fecha de nacimiento|f\. ?nac\.?|nacimiento"
    # French, Portuguese, Italian, Dutch
    r"|date de naissance|naissance|nascid[oa]|nasceu|nasci|data de nascimento|data di nascita"
    r"|geboortedatum|geb\. ?datum"
    # Nordic, Finnish
    r"|f[öø]dd|f[øo]dt|f[öø]delsedato|f[öø]delsedag|f[öo]delsedatum|syntynyt|syntym[äa]aika|syntyi"
    # Polish, Czech, Slovak, Croatian, Hungarian, Romanian, Turkish
    r"|urodzon[yae]|data urodzenia|ur\.|narozen[aáý]?|datum narozen[íi]|narodený|rođen[a]?"
    r"|datum rođenja|sz[üu]letett|sz[üu]let[ée]si(?: d[áa]tum| ideje)?|n[ăa]scut[ă]?"
    r"|data na[șs]terii|do[ğg]um(?: tarihi)?|doğdu"
    # Russian, Ukrainian, Bulgarian, Greek
    r"|родил(?:ся|ась)|дата рождения|народив(?:ся)|народилась|дата народження|роден[\u0430]?"
    r"|γεννήθηκ[εα]|ημερομηνία γέννησης"
)
_HEARD = (
    "born birthdate birthday birth dob d geboren geburtsdatum geb geburtstag nacido nacida nacio "
    "naci nac nacimiento naissance nascido nascida nasceu nasci nascimento nascita geboortedatum "
    "fodd fodt fodelsedato fodelsedag fodelsedatum syntynyt syntymaaika syntyi urodzony urodzona "
    "urodzone urodzenia ur narozen narozena narozeny narozeni narodeny roden rodena rodenja "
    "szuletett szuletesi nascut nascuta nasterii dogum dogdu родился родилась рождения народився "
    "народилась народження роден родена γεννηθηκε γεννηθηκα γεννησης ne nee b nat nato nata * "
    "出生 生年月日 생년월일"
)
"""Of which one stands in every text in which `_NAMED` finds anything."""
_AT_ONCE = r"n[ée]e?|b\.|nat[oa]|\*"
_NAMED = re.compile(
    rf"(?<!\w)(?:{_WORDS})(?!\w)|出生(?:日期|于|於)?|生年月日|생년월일"
    rf"|(?<!\w)(?:{_AT_ONCE})(?: le| il| on| em| el| am)?[ :]{{1,2}}\Z",
    re.IGNORECASE,
)
"""After a word the date may stand a few words on; after the short ones it follows at once."""

_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?:0?[1-9]|[12][0-9]|3[01])[-/.] ?(?:0?[1-9]|[12][0-9]|3[01])[-/.] ?(?:1[89]|20)?[0-9]{2}"
    r"|(?:1[89]|20)[0-9]{2}[-/] ?(?:0?[1-9]|1[0-2])[-/] ?(?:0?[1-9]|[12][0-9]|3[01])"
    r"|(?:1[89]|20)[0-9]{2}\. ?(?:0?[1-9]|1[0-2])\. ?(?:0?[1-9]|[12][0-9]|3[01])\.?"
    r"|(?:1[89]|20)[0-9]{2} ?[年년] ?(?:0?[1-9]|1[0-2]) ?[月월]"
    r" ?(?:0?[1-9]|[12][0-9]|3[01]) ?[日일]"
    r"|(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|er|\.|º|ª)?(?: of| de)? ?(?P<one>[^\W\d_]{3,12})"
    r"\.?,?(?: de| del)? (?:1[89]|20)[0-9]{2}"
    r"|(?P<other>[^\W\d_]{3,12})\.? (?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?,?"
    r" (?:1[89]|20)[0-9]{2}"
    r")(?!\w|[-/.][0-9])"
)
# The first three letters of the months' names: English, German, Spanish, French, Italian,
# Portuguese, Dutch, Nordic, Finnish, Polish, Czech, Croatian, Turkish, Russian.
_MONTHS = frozenset(
    (
        *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        *("mai", "okt", "dez", "ene", "abr", "ago", "set", "dic", "fev", "avr", "jui", "aou"),
        *("gen", "mag", "giu", "lug", "ott", "out", "maa", "mei", "maj", "des", "tam", "hel"),
        *("huh", "tou", "kes", "hei", "elo", "syy", "lok", "jou", "sty", "lut", "kwi", "cze"),
        *("lip", "sie", "wrz", "paz", "lis", "gru", "led", "uno", "bre", "dub", "kve", "cer"),
        *("srp", "zar", "rij", "pro", "sij", "vel", "ozu", "tra", "svi", "kol", "ruj", "stu"),
        *("oca", "sub", "nis", "haz", "tem", "agu", "eyl", "eki", "kas", "ara", "янв", "фев"),
        *("мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
    )
)


_AFTER = frozenset("-/. ,snrte\u5e74\ub144ºª")
_LONGEST_MONTH, _LONGEST_WORD, _YEAR_DIGITS = 14, 24, 4


_AFTER_SIGNS = Signs(_AFTER)


def may_be_date(sight: Sight) -> Places:
    """Return the digits of a day, a month or a year that go on like a date."""
    return sight.runs[np.isin(sight.sizes, (1, 2, 4)) & _AFTER_SIGNS.hold(sight.after())]


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each date that follows a word for being born within forty characters."""
    text, end = scan.text, 0
    for start, stop in scan.likely_runs(may_be_date):
        if stop - start not in {1, 2, 4} or start < end or text[stop : stop + 1] not in _AFTER:
            continue
        match = _DATE.match(text, start)
        if not match and text[start - 1 : start] == " " and stop - start < _YEAR_DIGITS:
            match = _DATE.match(text, _word_start(text, start))
        if not match or not _is_month(match) or match.end() <= stop:
            continue
        if _is_called_birth(text, match.start()) and scan.is_free(*match.span()):
            end = match.end()
            yield Hit(*match.span(), "date + word")


def _word_start(text: str, day: int) -> int:
    """Return where the word before the day begins: a month, it may be."""
    at = day - 1
    while at > max(0, day - _LONGEST_MONTH) and (text[at - 1].isalpha() or text[at - 1] == "."):
        at -= 1
    return max(at, 0)


def _is_month(match: re.Match[str]) -> bool:
    month = match["one"] or match["other"]
    return not month or fold(month)[:3] in _MONTHS


def _is_called_birth(text: str, start: int) -> bool:
    low = max(0, start - _NEAR - _LONGEST_WORD)
    blank = text.rfind("\n\n", low, start)
    low = low if blank < 0 else blank
    return any(start - word.end() <= _NEAR for word in _NAMED.finditer(text, low, start))


DATE_OF_BIRTH = Finder(
    kind=Kind.DATE_OF_BIRTH,
    version="1",
    find=find,
    about="Dates that follow a word for being born.",
    likely=(may_be_date,),
    words=tuple(_HEARD.split(" ")),
)

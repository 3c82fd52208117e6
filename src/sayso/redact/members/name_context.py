"""Whether words that mean something else as well are a person's name where they stand."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sayso.redact.members.ordinary import MONTHS, OPENERS, ORDINARY, PLACE_WORDS, frequent

_REACH = 60
_BEFORE = re.compile(
    r"([^\W\d_]+(?:['\u2019.-][^\W\d_]+)*)[,.]?[ \t]{0,2}\n?[ \"'\u2018\u201c(]{0,2}\Z"
)
_AFTER = re.compile(r"[ \t]?\n?([^\W\d_]+)")
_STARTS = re.compile(
    r"(?:\A|[.!?:;\u2026\u2022*#>|][\"'\u2019\u201d)]*|\d[.)]|\n[ \t]*-?)"
    r"[ \t]*[\"'\u2018\u201c(]?\Z"
)
_APPOSED = re.compile(
    r"['\u2019]s\b(?! (?:a|an|the|not)\b)|, (?:who|whose|our|my|their|his|her|\d\d|ceo|cto|cfo|coo|"
    r"director|head|lead|(?:co-?)?founder|author|president|manager|professor|engineer|designer|"
    r"an? [a-z]+|the [a-z]+ (?:of|at|for)|[a-z]+ (?:of|at|for|from))\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"(?:[\u2014\u2013~]|--) ?\Z|(?:^|\n)(?:kind regards|regards|best|cheers|thanks|yours)\b"
    r"[^\n]{0,20}\n+\Z|\b(?:photo|image|illustration|author|by|speaker|presenter|host|moderator|"
    r"contact|credit|guest)s?(?: by)?: ?\Z",
    re.IGNORECASE,
)
_SHE = re.compile(r" ?\((?:she|he|they|her|him|@)", re.IGNORECASE)
_CAPITALISED = 0.6

_TITLES = """
mr mrs ms miss mx dr prof professor sir dame lord lady judge justice senator representative
congressman congresswoman president governor mayor secretary minister chancellor general colonel
captain sergeant officer director chief ceo cto cfo coo cio chair chairman chairwoman chairperson
commissioner administrator superintendent dean principal coach editor author writer reporter
journalist designer developer engineer architect analyst scientist researcher manager strategist
consultant specialist lead founder cofounder teammate colleague colleagues friend friends boss
mentor intern attorney doctor nurse pastor reverend brother sister uncle aunt cousin herr frau
monsieur madame senor senora signor signora dona rev hon sen rep gov gen
"""
_SHORT = frozenset(("dr", "mr", "mrs", "ms", "prof", "rev", "hon", "sen", "rep", "gov", "gen"))
"""Titles that end with a dot, and no sentence with it."""

_INTRODUCTIONS = """
by thanks thank hi hello hey dear cc said says asked asks told met calls emailed congratulate
congrats congratulations welcomed introducing introduce named called interviewed thanked hired
quoted quoting crediting featuring starring via adds added explains explained noted replied
"""
_WEAK_INTRODUCTIONS = "and with from to meet ask tell call email ping welcome joined invited per"
_ACTS = """
said says say told tells asked asks wrote writes explained explains added adds noted notes thinks
thought believes shared shares argued argues replied joined joins leads led works worked served
serves founded teaches taught studied lives lived loves loved wants wanted hoped hopes knew knows
joked laughed smiled spoke speaks talked talks presented presents discussed discusses described
describes recalled recalls agreed agrees suggested suggests recommended recommends announced
moderated hosted manages managed ran runs designed helped helps gave gives won married died
retired graduated moved grew became who whose
"""
_WEAK_ACTS = """
is was has had can could did does also came comes went goes got gets took takes made makes built
created developed started
"""
_ROLES = "|".join(sorted((*_TITLES.split(), "member", "expert", "student", "fellow", "advisor")))
_ROLE = re.compile(
    rf"[ \n](?:is|was|works|has been)(?: now)? (?:as )?(?:an?|the|our|my|one of)\b[^.\n]{{0,40}}?"
    rf"\b(?:{_ROLES})\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r" ?[(;&]|[ \t]*(?:\n|\Z)|, (?:and |& )?[^\W\d_a-z][\w'-]+, ")
_MIDDLE = re.compile(r"[^\W\d_] [^\W\d_a-z]\. [^\W\d_]")
_POINTERS = """
the a an this that these those our your its my every each any no some all of many most several
such another other new old
"""
_PLACED = """
in at on near along off across around toward towards outside inside behind beside down up into
onto over under through
"""
_TITLED, _INTRODUCED, _WEAKLY = map(
    frozenset, (_TITLES.split(), _INTRODUCTIONS.split(), _WEAK_INTRODUCTIONS.split())
)
_ACTING, _WEAKLY_ACTING = frozenset(_ACTS.split()), frozenset(_WEAK_ACTS.split())
_POINTED, _IN_PLACE = frozenset(_POINTERS.split()), frozenset(_PLACED.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands on both sides of some words; `before` and `after` are small."""

    before: str
    after: str
    begins_sentence: bool
    is_signed: bool
    is_apposed: bool
    has_a_role: bool
    is_listed: bool
    is_among_capitals: bool


def may_mean_more(words: Sequence[str], rule: str) -> bool:
    """Say whether `words`, small, first names first, are a name only where something says so."""
    *first, last = [word for word in words if len(word) > 1] or words
    if rule == "capitals" and words[0] in ORDINARY:
        return True
    is_word = last in ORDINARY or last in frequent()
    return last in PLACE_WORDS or (is_word and ORDINARY.issuperset(first))


def names_a_person(
    text: str, span: tuple[int, int], words: Sequence[str], rule: str, people: AbstractSet[str]
) -> bool:
    """Say whether `words`, at a place of `text`, name somebody although they may mean more.

    `people` are words of the names of those who take part. A single word is believed only
    where it is one of them, or where somebody is introduced by it.
    """
    beside = _beside(text, *span)
    is_place = words[-1] in PLACE_WORDS
    if len(words) > 1 and len(words[0]) > 1 and words[0] not in ORDINARY:
        return not (is_place and beside.before in _POINTED | _IN_PLACE)  # Jackson Park, Ana Park
    for speaks, answer in (
        (beside.before in _TITLED or beside.is_signed, True),
        (beside.is_among_capitals, False),
        (beside.before in _INTRODUCED or beside.after in _ACTING or beside.has_a_role, True),
        (beside.before in _POINTED or (is_place and beside.before in _IN_PLACE), False),
        (beside.is_apposed and not is_place, True),
        (rule in {"turned", "capitals"}, beside.is_listed),
        (_MIDDLE.search(text, *span) is not None, True),
    ):
        if speaks:
            return answer
    return _is_called(beside, words, is_known=all(word in people for word in words))


def _is_called(beside: Beside, words: Sequence[str], *, is_known: bool) -> bool:
    """Say whether the capital is a name's, where nothing beside it speaks clearly."""
    is_told = beside.before in _WEAKLY or beside.after in _WEAKLY_ACTING
    if words[0] in MONTHS or (beside.begins_sentence and (len(words) < 2 or words[0] in OPENERS)):
        return is_known and is_told
    if is_known:
        return True
    if beside.begins_sentence or len(words) < 2:
        return False
    if len(words[0]) == 1:  # J. Fisher; plan B. Have
        return is_told or words[-1] not in frequent()
    return words[-1] not in PLACE_WORDS


def _beside(text: str, start: int, end: int) -> Beside:
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    before, after = _BEFORE.search(left), _AFTER.match(right)
    begins = start == 0 or (len(left) < _REACH and not left.strip()) or bool(_STARTS.search(left))
    is_short = before is not None and before[1].lower() in _SHORT and left.rstrip().endswith(".")
    said_before = before[1] if before and (is_short or not begins) else ""
    said_after = after[1] if after else ""
    return Beside(
        before=said_before.lower(),
        after=said_after.lower(),
        begins_sentence=begins,
        is_signed=bool(_SIGNS.search(left) or _SHE.match(right)),
        is_apposed=_APPOSED.match(right) is not None,
        has_a_role=_ROLE.match(right) is not None,
        is_listed=_LISTED.match(right) is not None,
        is_among_capitals=_is_large(said_after)
        or (_is_large(said_before) and said_before.lower() not in _INTRODUCED | _WEAKLY)
        or _is_heading(text, start, end),
    )


def _is_large(word: str) -> bool:
    return len(word) > 1 and word[0].isupper()


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether most other words of the line begin with a capital, or all of it is capitals."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    others = text[line_start:start] + " " + text[end : line_end if line_end >= 0 else len(text)]
    words = [word for word in others[:400].split() if len(word) > 3 and word[0].isalpha()]
    large = sum(word[0].isupper() for word in words)
    return len(words) >= 2 and large >= _CAPITALISED * len(words)

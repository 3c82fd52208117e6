"""Invented sentences: templates filled with invented names, places, firms and other words."""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel import Locale
from faker import Faker

from tagger import phrases
from tagger.gazetteer import by_locale, cities
from tagger.lists import FIRMS
from tagger.people import Person, person
from tagger.sets import BODY, PERSON, PLACE, Example, Span

_TEMPLATES = Path(__file__).parent / "templates"
_SLOT = re.compile(r"\{([A-Za-z#]+?)(\d*)\}")

_OWN_PLACES = {
    "en": ("en_US", "en_GB", "en_IN", "en_CA", "en"),
    "de": ("de_DE", "de_AT", "de_CH", "de"),
    "pt": ("pt_BR", "pt_PT"),
    "da": ("da_DK",),
    "sv": ("sv_SE", "fi_FI"),
    "hr": ("hr_HR", "sl_SI"),
    "es": ("es_CO", "es_ES"),
    "fr": ("fr_FR", "fr_CH"),
    "it": ("it_IT",),
    "nl": ("nl_NL", "nl_BE"),
    "pl": ("pl_PL",),
    "zh": ("zh_CN", "zh_TW"),
}
_FAKER = {
    "en": "en_US", "de": "de_DE", "pt": "pt_BR", "da": "da_DK", "sv": "sv_SE", "hr": "hr_HR",
    "es": "es_ES", "fr": "fr_FR", "it": "it_IT", "nl": "nl_NL", "pl": "pl_PL", "zh": "zh_CN",
}  # fmt: skip

LANGUAGES = tuple(_FAKER)


class Inventor:
    """Fills templates of one language; the same seed invents the same sentences."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self._language = language
        self._chance = chance
        self._fake = Faker(_FAKER[language])
        self._fake.seed_instance(chance.randrange(2**32))
        self._templates = templates(language)
        self._words = _small_words(language)
        self._large = phrases.LARGE[language].split("|")
        self._dates = _dates(language)
        self._slots = self._fillers()

    def example(self, most: int) -> Example:
        """Return one text of up to `most` templates, one after another."""
        chance = self._chance
        pieces: list[tuple[str, str]] = []
        for at in range(chance.randint(1, most)):
            if at:
                glue = "" if self._language == "zh" else " "
                pieces.append((chance.choice((glue, glue, "\n", "\n\n")), ""))
            pieces += self._filled(chance.choice(self._templates))
        text, spans = "", []
        for piece, label in pieces:
            if label and piece:
                spans.append(Span(start=len(text), end=len(text) + len(piece), label=label))
            text += piece
        return Example(text=text, spans=tuple(spans), language=self._language)

    def _filled(self, template: str) -> list[tuple[str, str]]:
        people: dict[str, Person] = {}
        pieces: list[tuple[str, str]] = []
        at = 0
        for slot in _SLOT.finditer(template):
            pieces.append((template[at : slot.start()], ""))
            kind, number = slot.group(1), slot.group(2)
            if kind in {"n", "f", "l", "N", "F", "ln", "i", "en"}:
                if number not in people:
                    people[number] = person(self._language, self._chance)
                named = people[number].written(kind, self._chance)
                pieces.append((named, PERSON))
            else:
                pieces.append(self._slots[kind]())
            at = slot.end()
        pieces.append((template[at:], ""))
        return pieces

    def _fillers(self) -> dict[str, Callable[[], tuple[str, str]]]:
        chance, language = self._chance, self._language
        roles = phrases.ROLES[language].split("|")
        bodies = phrases.BODIES[language].split("|")
        demonyms = phrases.DEMONYMS[language].split("|")
        return {
            "o": lambda: (self._firm(), BODY),
            "O": lambda: ("".join(chance.choices("ABCDEFGHIKLMNOPRSTUV", k=3)), BODY),
            "b": lambda: (chance.choice(bodies), BODY),
            "w": lambda: (chance.choice(_firms()), BODY),
            "p": lambda: (self._place(), PLACE),
            "P": lambda: (self._place().upper(), PLACE),
            "s": lambda: (self._fake.street_address().replace("\n", ", "), PLACE),
            "d": lambda: (chance.choice(self._dates), ""),
            "D": lambda: (chance.choice(demonyms), ""),
            "r": lambda: (chance.choice(roles), ""),
            "x": lambda: (chance.choice(self._words), ""),
            "X": lambda: (chance.choice(self._large), ""),
            "h": lambda: (self._fake.user_name(), ""),
            "e": lambda: (self._fake.email(), ""),
            "t": lambda: (self._fake.phone_number(), ""),
            "#": lambda: (
                str(chance.choice((chance.randint(1, 31), chance.randint(1900, 2026)))),
                "",
            ),
        }

    def _place(self) -> str:
        chance = self._chance
        roll = chance.random()
        if self._language == "zh":
            return chance.choice(phrases.HAN_PLACES.split("|"))
        if roll < 0.35:
            return chance.choice(_countries(self._language))
        own = [place for key in _OWN_PLACES[self._language] for place in cities().get(key, ())]
        if self._language == "en" or not own or roll > 0.85:
            return chance.choice(_big_cities()) if roll > 0.6 or not own else self._fake.city()
        return chance.choice(own)

    def _firm(self) -> str:
        chance, language = self._chance, self._language
        roll = chance.random()
        if language == "zh":
            ends = ("公司", "大学", "集团", "银行", "医院", "队", "學院", "電視台")
            if roll < 0.5:
                return chance.choice(phrases.BODIES["zh"].split("|"))
            return self._place() + chance.choice(ends)
        ends = phrases.FIRM_ENDS[language].split("|")
        if roll < 0.25:
            return chance.choice(_firms())
        if roll < 0.4:
            return chance.choice(phrases.BODIES[language].split("|"))
        if roll < 0.5:
            return "".join(chance.choices("ABCDEFGHIKLMNOPRSTUV", k=chance.randint(2, 4)))
        if roll < 0.65:
            name = chance.choice(by_locale()["en_US"][1])
            return f"{name} {chance.choice(ends)}"
        if roll < 0.75:
            return (
                f"{self._place()} {chance.choice(('FC', 'United', 'City', 'University', 'Bank'))}"
            )
        if roll < 0.85:
            return f"{chance.choice(self._large)} {chance.choice(ends)}"
        if roll < 0.93:
            return f"{chance.choice(self._large)} {chance.choice(self._large)}"
        return chance.choice(self._large) + chance.choice(("soft", "tech", "com", "x", "net", "ly"))


@cache
def templates(language: str) -> tuple[str, ...]:
    """Return the templates of a language, line ends put in."""
    lines: list[str] = []
    for path in sorted(_TEMPLATES.glob(f"{language}*.txt")):
        lines += path.read_text(encoding="utf-8").splitlines()
    return tuple(line.replace("\u00b6", "\n") for line in lines if line.strip())


@cache
def _small_words(language: str) -> tuple[str, ...]:
    if language in phrases.SMALL:
        return tuple(phrases.SMALL[language].split("|"))
    fake = Faker(_FAKER[language])
    words = {word for word in fake.get_words_list() if word.islower()}
    return tuple(sorted(words))


@cache
def _dates(language: str) -> tuple[str, ...]:
    locale = Locale("hr" if language == "hr" else language)
    held = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    return tuple(str(name) for name in held)


@cache
def _countries(language: str) -> tuple[str, ...]:
    held = Locale(language).territories
    return tuple(str(name) for key, name in sorted(held.items()) if key.isalpha())


@cache
def _big_cities() -> tuple[str, ...]:
    names = (
        "London|Paris|Berlin|Rome|Madrid|New York|Los Angeles|Chicago|Houston|San Francisco|Boston|"
        "Seattle|Washington|Miami|Dallas|Atlanta|Toronto|Vancouver|Sydney|Melbourne|Tokyo|Beijing|"
        "Shanghai|Hong Kong|Singapore|Delhi|Mumbai|Dubai|Cairo|Moscow|Istanbul|Athens|Vienna|Zürich|"
        "Amsterdam|Brussels|Dublin|Edinburgh|Glasgow|Manchester|Liverpool|Oxford|Cambridge|Brooklyn|"
        "Manhattan|Hollywood|Texas|California|Florida|Virginia|Georgia|Carolina|Iraq|Iran|Baghdad|"
        "Kabul|Jerusalem|Gaza|Belgrade|Zagreb|Sarajevo|Pristina|Skopje|Tirana|Sofia|Bucharest|Haag|"
        "Lisboa|Porto|São Paulo|Rio de Janeiro|Brasília|Recife|Salvador|København|Stockholm|Oslo|"
        "Göteborg|Malmö|Aarhus|Odense|Helsinki|München|Köln|Frankfurt|Hamburg|Wien|Warszawa|Praha|"
        "Budapest|Europe|Africa|Asia|America|USA|UK|Beograd|Priština|Solun|Ankara|Brisel|Kosovo"
    )
    return tuple(names.split("|"))


@cache
def _firms() -> tuple[str, ...]:
    odd = {"ibm", "bbc", "cnn", "bmw", "nasa", "nato", "un", "hbo", "hp", "bp", "nba", "nfl", "nhl"}
    return tuple(
        firm.upper() if firm in odd or len(firm) <= 3 else firm.capitalize()
        for firm in FIRMS.split()
    )

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
from tagger.people import Person, person, sounded
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
_ABROAD = (
    "en_GB", "en_US", "en_CA", "en_AU", "en_NZ", "en_IE", "en_IN", "de_DE", "de_AT", "de_CH",
    "fr_FR", "fr_CH", "es_ES", "es_MX", "es_CO", "it_IT", "pt_BR", "pt_PT", "nl_NL", "nl_BE",
    "sv_SE", "da_DK", "no_NO", "fi_FI", "pl_PL", "cs_CZ", "sk_SK", "hr_HR", "sl_SI", "hu_HU",
    "ro_RO", "id_ID", "el_GR",
)  # fmt: skip
_PLACED = ("FC", "United", "City", "University", "Bank")
_TOWN_ENDS = ("", "", "burg", "ville", "ton", "stad", "ovo", "ia", "berg", "by", "ów", "hausen")
_NAMED_AFTER = (
    "{0} {end}", "{0} {end}", "{0}, {1} and {2}", "{0}-{1}", "{0} and {1}", "{0} & {1}",
    "{0} and Sons", "{0} Brothers", "{0}'s", "{0}'s Pizza", "{0} Street Grill", "{0} Foundation",
    "{0} University", "{0} Hospital", "{0} Institute", "{0} & Co", "{0} Futures",
)  # fmt: skip


_SMALL = 0.1


class Inventor:
    """Fills templates of one language; the same seed invents the same sentences."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self._language = language
        self._chance = chance
        self._fake = Faker(_FAKER[language])
        self._fake.seed_instance(chance.randrange(2**32))
        self._abroad = Faker(chance.sample(_ABROAD, 12))
        self._abroad.seed_instance(chance.randrange(2**32))
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

    def filler(self, kind: str) -> tuple[str, str]:
        """Return what stands for a slot that is no person, and its label."""
        return self._slots[kind]()

    def _filled(self, template: str) -> list[tuple[str, str]]:
        people: dict[str, Person] = {}
        pieces: list[tuple[str, str]] = []
        at = 0
        for slot in _SLOT.finditer(template):
            pieces.append((template[at : slot.start()], ""))
            kind, number = slot.group(1), slot.group(2)
            if kind in {"n", "f", "l", "N", "F", "L", "ln", "i", "en"}:
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
            "s": lambda: (self._street(), PLACE),
            "d": lambda: (chance.choice(self._dates), ""),
            "D": lambda: (chance.choice(demonyms), ""),
            "r": lambda: (chance.choice(roles), ""),
            "x": lambda: (chance.choice(self._words), ""),
            "X": lambda: (chance.choice(self._large), ""),
            "h": lambda: ("@" + self._fake.user_name(), "HANDLE"),
            "e": lambda: (self._fake.email(), "EMAIL"),
            "t": lambda: (self._fake.phone_number(), "PHONE"),
            "k": lambda: (self._trade(), BODY),
            "q": lambda: (chance.choice(by_locale()["en_US"][0]), ""),
            "Q": lambda: (chance.choice(by_locale()["en_US"][1]), ""),
            "v": lambda: (chance.choice(phrases.PLANETS.split("|")), ""),
            "m": lambda: (chance.choice(phrases.MOVEMENTS.split("|")), ""),
            "y": lambda: (chance.choice(phrases.THINGS.split("|")), ""),
            "Y": lambda: (chance.choice(phrases.THINGS.split("|")).capitalize(), ""),
            "J": lambda: (f"{chance.choice(self._large)} {chance.choice(self._large)}", ""),
            "#": lambda: (
                str(chance.choice((chance.randint(1, 31), chance.randint(1900, 2026)))),
                "",
            ),
        }

    def _street(self) -> str:
        fake = self._fake if self._chance.random() < 0.5 else self._abroad
        address = str(fake.street_address() if self._chance.random() < 0.5 else fake.address())
        return address.replace("\n", self._chance.choice((", ", ", ", " ", "\n")))

    def _place(self) -> str:
        chance = self._chance
        roll = chance.random()
        if self._language == "zh":
            return self._chinese_place()
        if roll > 0.95:
            return self._made_up() + chance.choice(_TOWN_ENDS)
        if roll < 0.35:
            return chance.choice(_countries(self._language))
        own = [place for key in _OWN_PLACES[self._language] for place in cities().get(key, ())]
        if self._language == "en" or not own or roll > 0.85:
            if roll > 0.8:
                return str(self._abroad.city())
            return chance.choice(_big_cities()) if roll > 0.5 or not own else str(self._fake.city())
        return chance.choice(own)

    def _chinese_place(self) -> str:
        chance = self._chance
        roll = chance.random()
        if roll < 0.5:
            return chance.choice(phrases.HAN_PLACES.split("|"))
        end = chance.choice(
            "市州省县縣区區镇鎮村乡鄉河江山湖岛島路街站港省郡灣谷" if roll < 0.95 else "语語"
        )
        if roll < 0.75:
            return sounded(chance, parts=1) + chance.choice(("", end))
        return "".join(chance.choices(phrases.HAN_GIVEN, k=chance.randint(1, 2))) + end

    def _made_up(self) -> str:
        """Return a capitalised word that means nothing."""
        one, other = self._chance.choices(self._words + tuple(self._large), k=2)
        return (one[: len(one) // 2 + 1] + other[len(other) // 2 :]).lower().capitalize()

    def _firm(self) -> str:
        chance, language = self._chance, self._language
        if language == "zh":
            return self._chinese_firm()
        ends = phrases.FIRM_ENDS[language].split("|")
        capitals = "".join(chance.choices("ABCDEFGHIKLMNOPRSTUV", k=chance.randint(2, 4)))
        after = chance.choice(_NAMED_AFTER)
        names = chance.sample(by_locale()["en_US"][1], 3)
        forms = (
            (0.25, chance.choice(_firms())),
            (0.40, chance.choice(phrases.BODIES[language].split("|"))),
            (0.50, capitals),
            (0.60, after.format(*names, end=chance.choice(ends))),
            (0.68, self._made_up() + chance.choice(("", "", " " + chance.choice(ends)))),
            (0.76, f"{self._place()} {chance.choice(_PLACED)}"),
            (0.85, f"{chance.choice(self._large)} {chance.choice(ends)}"),
            (0.93, f"{chance.choice(self._large)} {chance.choice(self._large)}"),
            (1.00, chance.choice(self._large) + chance.choice(("soft", "tech", "com", "x", "net"))),
        )
        roll = chance.random()
        return next(name for below, name in forms if roll < below)

    def _trade(self) -> str:
        """Return a shop, a restaurant, a workshop called after somebody."""
        chance = self._chance
        firsts, lasts = by_locale()["en_US"]
        first, other = chance.sample(firsts, 2)
        last, second = chance.sample(lasts, 2)
        trade, after = (
            chance.choice(phrases.TRADES.split("|")),
            chance.choice(("'s", "'s", " 's", " s", "s")),
        )
        forms = (
            f"{first}{after} {trade}", f"{last}{after} {trade}", f"{first}{after}", f"{last}'s",
            f"{first} {last} {trade}", f"{last} {trade}", f"{last} & Sons", f"{last} and {second}",
            f"{last} {second}", f"{last} {second}, Inc.", f"{last}, {second} & Co", f"{last} Bros.",
            f"{first} and {other} {last} Foundation", f"{last} Foundation", f"{last} {trade}, LLC",
            f"{trade} by {first}", f"{chance.choice(self._large)} {last}", f"{last} Hospital",
            f"St. {first} Hospital", f"{last} University", f"{last} High School", last,
        )  # fmt: skip
        named = chance.choice(forms)
        return named.lower() if chance.random() < _SMALL else named

    def _chinese_firm(self) -> str:
        chance = self._chance
        roll = chance.random()
        end = chance.choice(("公司", "大学", "集团", "银行", "医院", "队", "學院", "電視台"))
        if roll < 0.5:
            return chance.choice(phrases.BODIES["zh"].split("|"))
        if roll < 0.75:
            return "".join(chance.choices(phrases.HAN_GIVEN, k=2)) + end
        return self._place() + end


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
        "Shanghai|Hong Kong|Singapore|Delhi|Mumbai|Dubai|Cairo|Moscow|Istanbul|Athens|Vienna|"
        "Zürich|"
        "Amsterdam|Brussels|Dublin|Edinburgh|Glasgow|Manchester|Liverpool|Oxford|Cambridge|"
        "Brooklyn|"
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

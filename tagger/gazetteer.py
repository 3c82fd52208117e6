"""Which words name people, places and firms, gathered from permissively licensed packages."""

import importlib
import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import faker.providers.address
import faker.providers.person
import numpy as np
from babel import Locale
from phonenumbers.geodata import GEOCODE_DATA

from sayso.redact.tagger.characters import Characters
from sayso.redact.tagger.hashing import of_words
from sayso.redact.tagger.words import CAPITALS, FAMILIES, FIRSTS, KEPT, KINDS, LASTS, TOWNS, Lexicon
from tagger import capitals, census, kinds, lists, towns
from tagger.characters import make as characters_of_all
from tagger.famous import FAMOUS
from tagger.sets import texts_to_count

_CLDR = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "hr", "fi", "zh", "cs")
_BIT = {
    "demonym": 6,
    "body": 7,
    "title": 8,
    "role": 9,
    "greeting": 10,
    "particle": 11,
    "firm": 12,
    "speech": 13,
    "kin": 14,
    "small": 15,
}
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_LEVELS = (0, 1, 2, 4)


@cache
def make() -> Lexicon:
    """Return every listed word, folded and hashed, with its classes."""
    characters = characters_of_all()
    classes: defaultdict[str, int] = defaultdict(int)
    firsts, lasts = names()
    places = _places()
    for bit, counted in ((0, firsts), (2, lasts), (4, places)):
        for word, count in counted.items():
            level = sum(count >= step for step in _LEVELS[1:])
            classes[word] |= level << bit
    for kind, words in _listed().items():
        for word in words:
            classes[word] |= 1 << _BIT[kind]
    for bit, people in ((FIRSTS, census.first_names()), (LASTS, census.last_names())):
        for word, count in people.items():
            classes[word] |= census.level(count) << bit
    for word, share in capitals.levels().items():
        classes[word] |= share << CAPITALS
    for word, count in towns.people().items():
        classes[word] |= towns.level(count) << TOWNS
    for word, (own, family) in kinds.kinds().items():
        classes[word] |= own << KINDS | family << FAMILIES
    return _lexicon(dict(classes), characters)


@cache
def names() -> tuple[Counter[str], Counter[str]]:
    """Return first names and last names, small, and in how many of Faker's locales they are."""
    firsts: Counter[str] = Counter()
    lasts: Counter[str] = Counter()
    for own_firsts, own_lasts in by_locale().values():
        firsts.update({part for name in own_firsts for part in _words(name) if len(part) > 1})
        lasts.update({part for name in own_lasts for part in _words(name) if len(part) > 1})
    for name in _words(FAMOUS):
        lasts[name] += 2
    for particle in _words(lists.PARTICLES):
        firsts.pop(particle, None)
        lasts.pop(particle, None)
    return firsts, lasts


@cache
def usually_small() -> tuple[str, ...]:
    """Return English words that the posts (CC0) and sets mostly have in small letters."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts_to_count():
        for word in _WORD.findall(text):
            (small if word.islower() else large)[word.lower()] += 1
    return tuple(
        sorted(word for word, count in small.items() if count >= 5 and count >= 2 * large[word])
    )


@cache
def by_locale() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return Faker's first and last names of each locale."""
    found = {}
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        firsts = sorted(set(_held(provider, "first_name")))
        lasts = sorted(set(_held(provider, "last_name")))
        if firsts and lasts:
            found[module.name] = (tuple(firsts), tuple(lasts))
    return found


@cache
def cities() -> dict[str, tuple[str, ...]]:
    """Return Faker's cities of each locale that has any."""
    found = {}
    for module in pkgutil.iter_modules(faker.providers.address.__path__):
        provider = importlib.import_module(f"faker.providers.address.{module.name}").Provider
        for key in ("cities", "city_names", "municipalities", "places"):
            held = [city for city in getattr(provider, key, ()) if isinstance(city, str)]
            if held:
                found[module.name] = tuple(held)
    return found


def _held(provider: type, kind: str) -> Iterator[str]:
    for key in dir(provider):
        held = getattr(provider, key)
        if kind in key and isinstance(held, (tuple, list, dict)):
            yield from (name for name in held if isinstance(name, str))


def _places() -> Counter[str]:
    counted: Counter[str] = Counter()
    for locale in sorted(cities()):
        for city in cities()[locale]:
            counted.update(_place_words(city, 2))
    for known in GEOCODE_DATA.values():
        for language, place in known.items():
            counted.update(_place_words(re.split(r"[,/]| - ", place)[0], 1))
            if language == "zh":
                counted.update(dict.fromkeys(_chinese_parts(place), 1))
    counted.update(dict.fromkeys(towns.chinese(), 2))
    for code in _CLDR:
        for territory in Locale(code).territories.values():
            counted.update(_place_words(territory, 4))
    for word in _words(lists.PARTICLES):
        counted.pop(word, None)
    return counted


def _place_words(place: str, weight: int) -> Counter[str]:
    words = [word for word in _words(place) if len(word) >= 3]
    return Counter(dict.fromkeys(words, weight if len(words) == 1 else 1))


def _chinese_parts(place: str) -> Iterator[str]:
    for part in re.split(r"[省市县区]|自治", place):
        if 2 <= len(part) <= 4:
            yield part


def _listed() -> dict[str, set[str]]:
    demonyms = set(_words(lists.DEMONYMS))
    for code in _CLDR:
        locale = Locale(code)
        for width in ("wide", "abbreviated"):
            demonyms.update(
                word
                for held in (locale.months["format"][width], locale.days["format"][width])
                for name in held.values()
                for word in _words(name)
            )
        demonyms.update(word for name in locale.languages.values() for word in _words(name)[:1])
    return {
        "demonym": demonyms,
        "body": set(_words(lists.BODIES)),
        "title": set(_words(lists.TITLES)),
        "role": set(_words(lists.ROLES)),
        "greeting": set(_words(lists.GREETINGS)),
        "particle": set(_words(lists.PARTICLES)),
        "firm": set(_words(lists.FIRMS)),
        "speech": set(_words(lists.SPEECH)),
        "kin": set(_words(lists.KIN)),
        "small": set(usually_small()),
    }


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _lexicon(classes: dict[str, int], characters: Characters) -> Lexicon:
    words = sorted(classes)
    hashes = hashed(words, characters) >> KEPT
    merged: defaultdict[int, int] = defaultdict(int)
    for code, word in zip(hashes.tolist(), words, strict=True):
        merged[code] = _both(merged[code], classes[word])
    keys = sorted(merged)
    return Lexicon(
        hashes=np.array(keys, dtype=np.uint64),
        classes=np.array([merged[key] for key in keys], dtype=np.uint64),
    )


def _both(one: int, other: int) -> int:
    levels = sum(max(one >> bit & 3, other >> bit & 3) << bit for bit in (0, 2, 4))
    for bit in (FIRSTS, LASTS, CAPITALS, TOWNS):
        levels |= max(one >> bit & 7, other >> bit & 7) << bit
    levels |= (one if one >> KINDS else other) >> KINDS << KINDS
    return levels | ((one | other) & 0b1111_1111_1100_0000)


def hashed(
    words: Iterable[str], characters: Characters
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Return the hash of each word as the tagger sees it."""
    kept = list(words)
    codes, _ = characters.read("".join(kept))
    sizes = np.array([len(word) for word in kept], dtype=np.int64)
    ends = np.cumsum(sizes)
    return of_words(characters.folded(codes), ends - sizes, ends)

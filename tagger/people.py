"""Invented people: first and last names of one place, and the forms that texts write them in."""

import random
from dataclasses import dataclass

from tagger import census, phrases
from tagger.famous import FAMOUS
from tagger.gazetteer import by_locale

_LOCALES = {
    "en": ("en_US", "en_GB", "en_IE", "en", "en_NZ", "en_IN"),
    "de": ("de_DE", "de_AT", "de_CH"),
    "pt": ("pt_BR", "pt_PT", "es_ES"),
    "da": ("da_DK", "no_NO"),
    "sv": ("sv_SE", "fi_FI"),
    "hr": ("hr_HR", "sl_SI", "tr_TR"),
    "es": ("es_ES", "es_MX", "es_CO", "es_CL"),
    "fr": ("fr_FR", "fr_BE", "fr_CH"),
    "it": ("it_IT",),
    "nl": ("nl_NL", "nl_BE"),
    "pl": ("pl_PL", "cs_CZ"),
}
_ANYWHERE = (
    "en_US", "en_GB", "en_IE", "en_IN", "en_NG", "en_KE", "en_PK", "de_DE", "fr_FR",
    "es_ES", "es_MX", "it_IT", "pt_BR", "nl_NL", "sv_SE", "da_DK", "no_NO", "fi_FI",
    "pl_PL", "cs_CZ", "sk_SK", "hr_HR", "sl_SI", "hu_HU", "ro_RO", "tr_TR", "az_AZ",
    "uz_UZ", "et_EE", "lt_LT", "lv_LV", "is_IS", "ga_IE", "id_ID", "vi_VN", "yo_NG",
    "zu_ZA", "tw_GH", "sw", "en", "en",
)  # fmt: skip
_PARTICLES = {
    "de": ("von", "von der", "zu"),
    "nl": ("van", "van der", "de", "van den"),
    "fr": ("de", "de La", "du"),
    "es": ("de", "de la", "del"),
    "pt": ("da", "de", "dos", "do", "e"),
    "it": ("De", "Di", "Della", "D'"),
    "en": ("van", "de", "von", "al", "bin", "Mc", "O'", "Mac"),
    "da": ("von",),
    "sv": ("af", "von"),
}
_COUNTED = 0.6
_SLAVIC = {"hr", "pl"}
_FAMOUS = FAMOUS.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who does not exist."""

    first: str
    last: str
    middle: str = ""
    language: str = ""

    def written(self, kind: str, chance: random.Random) -> str:
        """Return the name as a slot asks for it; `n` is whole, `f` and `l` are its parts."""
        if self.language == "zh":
            return self._chinese(kind, chance)
        first, last = self._turned(chance)
        if kind == "f":
            return first
        if kind == "F":
            return first.upper()
        if kind == "l":
            return last
        if kind == "L":
            return last.upper()
        if kind == "ln":
            middle = f" {self.middle[:1]}." if self.middle and chance.random() < 0.4 else ""
            return f"{last}, {first}{middle}"
        if kind == "i":
            return f"{first[0]}. {last}"
        if kind == "N":
            return f"{first} {last}".upper()
        return self._whole(first, last, chance)

    def _turned(self, chance: random.Random) -> tuple[str, str]:
        if self.language not in _SLAVIC or chance.random() < 0.55:
            return self.first, self.last
        case = chance.randrange(4)
        return _case(self.first, case), _case(self.last, case)

    def _whole(self, first: str, last: str, chance: random.Random) -> str:
        roll = chance.random()
        if self.middle and roll < 0.12:
            return f"{first} {self.middle[0]}. {last}"
        if self.middle and roll < 0.22:
            return f"{first} {self.middle} {last}"
        if roll < 0.25:
            return f"{first[0]}. {last}"
        if roll < 0.27:
            return f"{first[0]}.{self.middle[:1] or 'J'}. {last}"
        if roll < 0.29:
            return f"{first}-{self.middle or first} {last}"
        if roll < 0.31:
            return f"{first} {last}-{self.middle or last}"
        return f"{first} {last}"

    def _chinese(self, kind: str, chance: random.Random) -> str:
        if kind == "l":
            return self.last
        if kind == "f" or (kind == "n" and chance.random() < 0.4):
            return sounded(chance, parts=1 if kind == "f" else 2)
        if kind == "en":
            return person("en", chance).written("n", chance)
        return self.last + self.first


def person(language: str, chance: random.Random) -> Person:
    """Return somebody who might be written about in `language`."""
    if language == "zh":
        last = chance.choice(phrases.HAN_SURNAMES)
        if chance.random() < 0.04:
            last = chance.choice(phrases.HAN_DOUBLE.split("|"))
        given = "".join(chance.choices(phrases.HAN_GIVEN, k=1 if chance.random() < 0.25 else 2))
        return Person(first=given, last=last, language=language)
    own = chance.random() < (0.6 if language in {"en", "hr"} else 0.75)
    locale = chance.choice(_LOCALES[language] if own else _ANYWHERE)
    firsts, lasts = by_locale()[locale]
    if language == "en" and chance.random() < _COUNTED:
        return _counted(chance)
    roll = chance.random()
    last = chance.choice(lasts) if roll < 0.6 else made_up_last(lasts, chance)
    if roll > 0.94:
        last = chance.choice(_FAMOUS)
    particles = _PARTICLES.get(language if own else "en", ())
    if particles and chance.random() < 0.06:
        particle = chance.choice(particles)
        last = particle + ("" if particle[-1] in "'c" else " ") + last
    middle = chance.choice(firsts) if chance.random() < 0.5 else ""
    return Person(first=chance.choice(firsts), last=last, middle=middle, language=language)


def _counted(chance: random.Random) -> Person:
    """Return somebody with names drawn as often as they are borne, seldom ones a little more."""
    firsts, lasts = census.to_draw_from("first"), census.to_draw_from("last")
    first, middle = chance.choices(firsts[0], cum_weights=firsts[1], k=2)
    (last,) = chance.choices(lasts[0], cum_weights=lasts[1])
    return Person(first=first, last=last, middle=middle if chance.random() < 0.5 else "")


def made_up_last(lasts: tuple[str, ...], chance: random.Random) -> str:
    """Return a last name that no list has: one name's beginning with another one's end."""
    one, other = chance.choice(lasts), chance.choice(lasts)
    if " " in one + other or min(len(one), len(other)) < 5 or not (one + other).isalpha():
        return one
    return one[: len(one) // 2 + 1] + other[len(other) // 2 :].lower()


def sounded(chance: random.Random, parts: int) -> str:
    """Return a foreign name in Han characters, written by its sound."""

    def part() -> str:
        if chance.random() < 0.35:
            return chance.choice(phrases.HAN_KNOWN.split("|"))
        inner = "".join(chance.choices(phrases.HAN_SOUNDS, k=chance.randint(1, 3)))
        return inner + chance.choice(phrases.HAN_LAST_SOUNDS)

    dot = chance.choice("\u00b7\u00b7\u00b7\u2027\u30fb")
    return dot.join(part() for _ in range(parts + (chance.random() < 0.1)))


def _case(word: str, case: int) -> str:
    """Return `word` roughly in another grammatical case, as Croatian declines it."""
    if not word or not word[-1].isalpha():
        return word
    if word[-1] == "a":
        return word[:-1] + ("e", "i", "u", "om")[case]
    if word[-1] in "eiou":
        return word if case == 3 else word + ("a", "ju", "a", "m")[case]
    soft = word[-1] in "ćčšžđjlnr"
    return word + ("a", "u", "a", "em" if soft else "om")[case]

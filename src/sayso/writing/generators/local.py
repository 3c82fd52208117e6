"""Drafts from what a member says of themself and has typed: nothing else, and nothing invented."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sayso.community import Member, Position, Profile
from sayso.writing.generators.english import ENGLISH
from sayso.writing.generators.forms import Pack, Parts, filled, told
from sayso.writing.generators.french import FRENCH
from sayso.writing.generators.german import GERMAN
from sayso.writing.generators.spanish import SPANISH
from sayso.writing.words import words

PACKS: tuple[Pack, ...] = (ENGLISH, GERMAN, SPANISH, FRENCH)
"""The languages there are forms for; the first speaks where none fits."""
HEADLINE_LETTERS = 220
MOST_QUESTIONS = 6
VARIANTS = 3
_FEWEST_SENTENCES = 3
_MOST_SENTENCES = 5
_TOPIC_WORDS = 9
_ACTORS = frozenset(
    {"i", "i'm", "i've", "we", "we're", "we've", "you", "he", "she", "it", "they", "there"}
    | {"ich", "wir", "ihr", "je", "j'ai", "nous", "vous", "il", "elle", "yo", "nosotros"}
)
"""A text with one of these words says something, and is no topic that could stand in a form."""
_MOST_LISTED = 5
_FEW = 2

FROM_PROFILE = "from your profile"
FROM_TYPED = "from what you typed"
FROM_ANSWERS = "from your answers"


def pack_of(*languages: str) -> Pack:
    """Return the forms of the first of these languages (BCP 47) that there are forms for."""
    known = {pack.code: pack for pack in PACKS}
    for language in languages:
        code = language.casefold().replace("_", "-").split("-")[0]
        if code in known:
            return known[code]
    return PACKS[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What a member adds when asking. `answers` fill profile fields that are empty, once."""

    recipient: str = ""
    job: str = ""
    company: str = ""
    topic: str = ""
    language: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request for a draft; `turn` is the number that chooses between ways of saying it."""

    member: Member
    text: str
    extras: Extras
    turn: int

    @property
    def pack(self) -> Pack:
        """The forms of the asked language, else of the member's first that we know."""
        return pack_of(self.extras.language, *self.member.languages)

    @property
    def own_facts(self) -> str:
        """All that the member said of themself or typed now: theirs to say again."""
        extras, profile = self.extras, self.profile
        positions = [
            f"{one.title} {one.organisation} {one.since} {one.until}" for one in profile.positions
        ]
        facts = (
            *(self.member.name, self.member.handle, self.member.pseudonym, self.text),
            *(extras.recipient, extras.job, extras.company, extras.topic),
            *(
                profile.headline,
                profile.role,
                profile.organisation,
                profile.industry,
                profile.location,
            ),
            *(profile.about, profile.looking_for, *profile.skills, *profile.topics),
            *(*positions, *profile.education),
        )
        return "\n".join(facts)

    @property
    def profile(self) -> Profile:
        """The profile, with answers in the fields that are empty."""
        profile = self.member.profile
        given = {name: said.strip() for name, said in self.extras.answers.items() if said.strip()}
        for name in ("role", "organisation", "industry", "location", "looking_for"):
            if name in given and not getattr(profile, name):
                profile = replace(profile, **{name: given[name]})  # type: ignore[arg-type]
        for name in ("skills", "topics", "education"):
            if name in given and not getattr(profile, name):
                parts = tuple(part.strip() for part in given[name].split(",") if part.strip())
                profile = replace(profile, **{name: parts})  # type: ignore[arg-type]
        if "years" in given and not profile.years and given["years"].isdecimal():
            profile = replace(profile, years=int(given["years"]))
        if "positions" in given and not profile.positions:
            profile = replace(profile, positions=(Position(title=given["positions"], until="?"),))
        return profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Ways to say it, best first; questions where too little is known; what it is made of."""

    variants: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()


def headline(ask: Ask) -> Draft:
    """Draft three headlines of at most 220 characters."""
    slots = slots_of(ask)
    said = [filled(form, slots) for form in ask.pack.headlines]
    known = list(dict.fromkeys(text for text in said if text and len(text) <= HEADLINE_LETTERS))
    start = ask.turn % len(known) if known else 0
    variants = tuple((known[start:] + known[:start])[:VARIANTS])
    short = len(variants) < VARIANTS
    missing = ("role", "skills", "organisation", "topics", "industry", "years")
    return _draft(ask, variants, missing if short else ())


def summary(ask: Ask) -> Draft:
    """Draft an "about" of three to five sentences, in the first person."""
    missing = ("role", "skills", "topics", "years", "looking_for", "positions")
    return _told(ask, ask.pack.summary, missing)


def resume(ask: Ask) -> Draft:
    """Draft the summary at the head of a résumé, without "I"."""
    missing = ("role", "skills", "years", "positions", "education", "looking_for")
    return _told(ask, ask.pack.resume, missing)


def message(ask: Ask) -> Draft:
    """Draft a message to a recruiter."""
    slots = slots_of(ask)
    greeting, ways, *about = ask.pack.message
    purpose = tuple(way for way in ways if ("{job}" in way) == bool(slots.get("job")))
    variants = []
    for turn in range(ask.turn, ask.turn + VARIANTS):
        hello = told((greeting,), slots, turn, 1)
        body = [*_own_words(ask), *told((purpose, *about[:-2]), slots, turn, _MOST_SENTENCES)]
        close = [*told((about[-2],), slots, turn, 1), *told((about[-1],), slots, turn, 1)]
        variants.append("\n\n".join([*hello, " ".join(body), *close]))
    missing = tuple(
        name
        for name in ("role", "job", "skills", "years", "looking_for", "organisation")
        if not slots.get(name)
    )
    little = not slots.get("role")
    if not slots.get("role") and not slots.get("skills"):
        variants = []
    return _draft(ask, tuple(dict.fromkeys(variants)), missing if little else ())


def post(ask: Ask) -> Draft:
    """Draft a post: an opening, and an outline that the member fills."""
    slots = slots_of(ask)
    typed = ask.text.strip()
    if not slots.get("topic") and not typed:
        return _draft(ask, (), ("topic", "topics"))
    form = ask.pack.posts[ask.turn % len(ask.pack.posts)]
    opening = filled(form.opening, slots) if slots.get("topic") else typed
    points = "\n".join(f"- {point}" for point in form.points)
    made = Draft(variants=(f"{opening}\n\n{points}\n\n{form.closing}",))
    return replace(made, made_of=(_topic_source(ask),))


GENERATORS: tuple[tuple[str, Callable[[Ask], Draft]], ...] = (
    ("headline", headline),
    ("summary", summary),
    ("post", post),
    ("message", message),
    ("resume", resume),
)
"""Which function drafts which kind; `continue` is the phrase table's."""


def slots_of(ask: Ask) -> dict[str, str]:
    """Return what is known, ready to stand in a sentence; what is not known is not there."""
    pack, profile, extras = ask.pack, ask.profile, ask.extras
    skills, topics = _clean(profile.skills), _clean(profile.topics)
    now, before = _positions(profile)
    slots = {
        "name": ask.member.name,
        "role": profile.role or (now.title if now else ""),
        "organisation": profile.organisation or (now.organisation if now else ""),
        "industry": profile.industry,
        "location": profile.location,
        "years": pack.counted_years(profile.years),
        "skills": pack.listed(skills[:_MOST_LISTED]),
        "few_skills": pack.listed(skills[:_FEW]),
        "topics": pack.listed(topics[:_MOST_LISTED]),
        "few_topics": pack.listed(topics[:_FEW]),
        "education": "; ".join(_clean(profile.education)[:_FEW]),
        "looking_for": profile.looking_for,
        "past": _past(before, pack) if before else "",
        "recipient": extras.recipient,
        "job": extras.job or (ask.text if _is_topic(ask.text) else ""),
        "company": extras.company,
        "topic": _topic(ask, topics),
    }
    known = {name: " ".join(said.split()).rstrip(".,;:!") for name, said in slots.items()}
    known |= pack.words(known)
    return {name: said for name, said in known.items() if said}


def _told(ask: Ask, parts: Parts, missing: tuple[str, ...]) -> Draft:
    slots = slots_of(ask)
    ways = [
        told(parts, slots, turn, _MOST_SENTENCES) for turn in range(ask.turn, ask.turn + VARIANTS)
    ]
    variants = tuple(dict.fromkeys(" ".join(way) for way in ways if way))
    short = all(len(way) < _FEWEST_SENTENCES for way in ways)
    return _draft(ask, variants, missing if short else ())


def _draft(ask: Ask, variants: tuple[str, ...], missing: tuple[str, ...]) -> Draft:
    slots = slots_of(ask)
    asked = [name for name in missing if not slots.get({"positions": "past"}.get(name, name))]
    made_of = (FROM_PROFILE, *((FROM_ANSWERS,) if ask.extras.answers else ()))
    return Draft(
        variants=variants,
        questions=tuple(ask.pack.questions[name] for name in asked)[:MOST_QUESTIONS],
        made_of=made_of if variants else (),
    )


def _own_words(ask: Ask) -> list[str]:
    typed = ask.text.strip()
    return [typed] if typed and not _is_topic(typed) else []


def _is_topic(text: str) -> bool:
    """Few words, no mark that parts sentences, nobody who acts: a subject, not yet a sentence."""
    found = words(text)
    short = 0 < len(found) <= _TOPIC_WORDS and not any(mark in text for mark in ".!?…:\n")
    return short and _ACTORS.isdisjoint(text.casefold().split())


def _topic(ask: Ask, topics: tuple[str, ...]) -> str:
    if ask.extras.topic:
        return ask.extras.topic
    if ask.text.strip():
        return ask.text if _is_topic(ask.text) else ""
    return topics[ask.turn % len(topics)] if topics else ""


def _topic_source(ask: Ask) -> str:
    return FROM_TYPED if ask.extras.topic or ask.text.strip() else FROM_PROFILE


def _clean(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _positions(profile: Profile) -> tuple[Position | None, Position | None]:
    """Return the present position and the one before it."""
    now = next((one for one in profile.positions if one.title and not one.until), None)
    before = next(
        (one for one in profile.positions if one.title and one.until and one is not now), None
    )
    return now, before


def _past(position: Position, pack: Pack) -> str:
    where = f" {pack.at} {position.organisation}" if position.organisation else ""
    return f"{position.title}{where}"

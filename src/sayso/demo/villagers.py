"""One villager: an account, and the person behind it with a trade and habits of their own."""

import random
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sayso.community import AgeBand, Member, MemberId, Position, Profile, Region, Standing
from sayso.demo.names import (
    CITIES,
    FAMILY,
    GIVEN,
    ORIGIN_OF,
    PSEUDONYMS,
    REGIONS,
    TONGUES_OF,
)
from sayso.demo.stock import Deck, Tongue, Trade, fill, words
from sayso.demo.tongues import TONGUES, TRADES

_OWN_NAMES_SHARE = 0.68
_OWN_TONGUE_SHARE = 0.72
_SPARSE_SHARE = 0.14
_ALSO_SPEAKS = {"JP": "ja", "BR": "pt", "IN": "hi", "NL": "nl", "PL": "pl", "SE": "sv", "IT": "it"}
_YEARS = words("""one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve,
    thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a villager writes, so that their posts sound like them."""

    favourite: str
    sign_off: str
    paragraphs: str
    posts: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is settled about a villager beforehand; the rest is drawn."""

    name: str = ""
    region: Region | None = None
    city: str = ""
    trade: str = ""
    tongue: str = ""
    age_band: AgeBand = AgeBand.ADULT
    standing: Standing = Standing.ACTIVE
    pseudonym: str = ""
    sparse: bool | None = None
    posts: int = -1
    articles: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Villager:
    """A member and the facts that their texts may mention, even where the profile is empty."""

    member: Member
    trade: Trade
    tongue: Tongue
    habits: Habits
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> str:
        """What friends call them."""
        return given(self.member.name)


def given(name: str) -> str:
    """Return the first of a person's names."""
    return name.split(" ", 1)[0]


def handle_of(name: str) -> str:
    """Write a name in the letters that handles have."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ł", "l"))
    plain = plain.replace("ø", "o")
    return re.sub(r"[^a-z]+", ".", plain.encode("ascii", "ignore").decode().casefold()).strip(".")


def an(noun: str) -> str:
    """Put the right article before a noun."""
    return f"{'an' if noun[:1].casefold() in 'aeio' else 'a'} {noun}"


def years_said(years: int) -> str:
    """Say a number of years: in words up to twenty, in digits above."""
    return _YEARS[years - 1] if 0 < years <= len(_YEARS) else str(years)


class Registry:
    """Draws villagers one after the other; no two get the same name, handle or favourite words."""

    def __init__(self, rng: random.Random, now: datetime) -> None:
        self._rng = rng
        self._now = now
        self._trades = Deck(rng, TRADES)
        self._pseudonyms = Deck(rng, PSEUDONYMS)
        self._names: set[str] = set()
        self._spoken: dict[str, int] = {}
        self._favourites = {
            code: rng.sample(tongue.favourites, len(tongue.favourites))
            for code, tongue in TONGUES.items()
        }

    def reserve(self, name: str) -> None:
        """Keep a name for somebody who is still to come."""
        self._names.add(handle_of(name))

    def draw(self, number: int, sketch: Sketch) -> Villager:
        """Draw the villager with this number, keeping to the sketch."""
        rng = self._rng
        region = sketch.region or self._region()
        name = sketch.name or self._name(region)
        trade = next((t for t in TRADES if t.key == sketch.trade), None) or self._trades.deal()
        tongue = TONGUES[sketch.tongue or self._tongue(region)]
        cities = CITIES.get(region) or CITIES[rng.choice(sorted(CITIES))]
        city = sketch.city or rng.choice(cities)
        drawn_sparse = rng.random() < _SPARSE_SHARE
        sparse = drawn_sparse if sketch.sparse is None else sketch.sparse
        years = rng.randint(2, 26)
        elsewhere = rng.choice(CITIES[rng.choice(sorted(CITIES))])
        facts = _facts(rng, trade, city=city, elsewhere=elsewhere)
        said = years_said(years) if tongue.code == "en" else str(years)
        facts |= {"years": said, "years_cap": said.capitalize()}
        facts |= {"name": name, "handle": handle_of(name)}
        member = Member(
            id=MemberId(f"m{number:04d}"),
            name=name,
            handle=facts["handle"],
            pseudonym=sketch.pseudonym or self._pseudonyms.deal(),
            region=region,
            age_band=sketch.age_band,
            languages=_languages(tongue, region),
            standing=sketch.standing,
            joined_at=self._now
            - timedelta(days=rng.randint(430, 2600), minutes=rng.randint(0, 900)),
            profile=_sparse(facts)
            if sparse
            else _full(rng, trade, tongue, facts, years=years, year=self._now.year),
        )
        return Villager(
            member=member,
            trade=trade,
            tongue=tongue,
            habits=self._habits(tongue, facts, sketch),
            facts=facts,
        )

    def _region(self) -> Region:
        codes, weights = zip(*REGIONS, strict=True)
        region: Region = self._rng.choices(codes, weights)[0]
        return region

    def _name(self, region: Region) -> str:
        while True:
            origin = ORIGIN_OF[region]
            if self._rng.random() > _OWN_NAMES_SHARE:
                origin = self._rng.choice(sorted(GIVEN))
            first = self._rng.choice(GIVEN[origin])
            if self._rng.random() > 0.9:
                origin = self._rng.choice(sorted(FAMILY))
            name = f"{first} {self._rng.choice(FAMILY[origin])}"
            if handle_of(name) not in self._names:
                self.reserve(name)
                return name

    def _tongue(self, region: Region) -> str:
        own = TONGUES_OF.get(region, "en")
        return own if self._rng.random() < _OWN_TONGUE_SHARE else "en"

    def _habits(self, tongue: Tongue, facts: Mapping[str, str], sketch: Sketch) -> Habits:
        rng = self._rng
        turn = self._spoken.get(tongue.code, 0)
        self._spoken[tongue.code] = turn + 1
        kept = self._favourites[tongue.code]
        sign_off = rng.choice(tongue.sign_offs)
        keeps_sign_off = rng.random() < 0.3
        posts = rng.choices((0, 1, 2, 3, 4, 5, 7), (5, 13, 25, 23, 17, 11, 6))[0]
        articles = rng.choices((0, 1, 2), (87, 10, 3))[0]
        return Habits(
            favourite=fill(rng, kept[turn % len(kept)], facts),
            sign_off=fill(rng, sign_off, facts) if keeps_sign_off else "",
            paragraphs=rng.choice(("airy", "plain", "plain", "dense")),
            posts=posts if sketch.posts < 0 else sketch.posts,
            articles=max(articles, sketch.articles),
        )


def _facts(rng: random.Random, trade: Trade, *, city: str, elsewhere: str) -> dict[str, str]:
    role = rng.choice(trade.roles)
    org, org_two = rng.sample(trade.organisations, 2)
    skill, skill_two = rng.sample(trade.skills, 2)
    topic, topic_two = rng.sample(trade.topics, 2)
    low = role[:1].lower() + role[1:]
    return {
        "role": role,
        "role_low": low,
        "a_role": an(low),
        "org": org,
        "org_two": org_two,
        "city": city,
        "elsewhere": elsewhere,
        "skill": skill,
        "skill_two": skill_two,
        "topic": topic,
        "topic_two": topic_two,
        "industry_low": trade.industry.lower(),
    }


def _languages(tongue: Tongue, region: Region) -> tuple[str, ...]:
    spoken = ("en",) if tongue.code == "en" else (tongue.code, "en")
    other = _ALSO_SPEAKS.get(region) or TONGUES_OF.get(region, "en")
    return spoken if other in spoken else (*spoken, other)


def _sparse(facts: Mapping[str, str]) -> Profile:
    return Profile(role=facts["role"], location=facts["city"])


def _full(  # noqa: PLR0913 - a profile has this many sources
    rng: random.Random,
    trade: Trade,
    tongue: Tongue,
    facts: Mapping[str, str],
    *,
    years: int,
    year: int,
) -> Profile:
    here = rng.randint(1, years)
    before = rng.choice([role for role in trade.roles if role != facts["role"]])
    now = Position(title=facts["role"], organisation=facts["org"], since=str(year - here))
    earlier = Position(
        title=before,
        organisation=facts["org_two"],
        since=str(year - years),
        until=str(year - here),
    )
    skills = [skill for skill in trade.skills if skill not in {facts["skill"], facts["skill_two"]}]
    return Profile(
        role=facts["role"],
        organisation=facts["org"],
        industry=trade.industry,
        location=facts["city"],
        years=years,
        skills=(facts["skill"], facts["skill_two"], *rng.sample(skills, rng.randint(1, 4))),
        topics=(facts["topic"], facts["topic_two"]),
        positions=(now, earlier) if here < years else (now,),
        education=(rng.choice(trade.education),),
        about=fill(rng, rng.choice(tongue.abouts), facts),
        looking_for=rng.choice(
            ("", "", "new colleagues", "exchange with others", "a mentor", "speaking")
        ),
    )

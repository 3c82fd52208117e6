"""A made-up crowd for `benchmarks.deciding`: what members said, in facts a peer can be told too."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import numpy as np

from sayso.community import AgeBand, Category, Kind, Region, Signal, Standing, State, Visibility
from sayso.consent.choices import Answer, Scope
from sayso.consent.columns import (
    AGE_BANDS,
    KINDS,
    REGIONS,
    STANDINGS,
    STATES,
    VISIBILITIES,
    DocumentColumns,
    MemberColumns,
    moment,
)
from sayso.consent.likeness import Question
from sayso.consent.notices import Notice, publish
from sayso.consent.policy import load_preset
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.consent.say import Answered, Grant, OldSetting, Refusal, Say, Seen

SEED = 20260901
NOW = datetime(2026, 9, 1, tzinfo=UTC)
TRAIN = Purpose.GENAI_TRAINING
NOTICE_DAYS = 30
PUBLISHED = {"n1": 240, "n2": 210, "n3": 90}
"""Days before `NOW`; the second changes what matters, the third does not."""
COVERED = (Category.CONTENT, Category.PROFILE, Category.GROUPS)
LICENCES = ("", "cc-by-4.0", "cc-by-nc-4.0", "no-ai-1.0")
SIGNALS = ((), (Signal(standard="aipref-07", value="train-ai=n", seen_at=NOW),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """A yes to a notice, so many days ago, as event number `seq`."""

    seq: int
    notice: str
    days_ago: int
    after_conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that a member ever said, to the purpose as a whole and to one category (content)."""

    yes: Yes | None = None
    no: int = 0
    content_yes: Yes | None = None
    content_no: int = 0
    gpc: int = 0
    told: Mapping[str, int] = field(default_factory=dict)
    setting_no: bool = False


_ANSWERS = (
    (0.70, Story()),
    (0.08, Story(yes=Yes(seq=10, notice="n3", days_ago=60))),
    (0.05, Story(yes=Yes(seq=10, notice="n2", days_ago=120))),
    (0.03, Story(yes=Yes(seq=10, notice="n1", days_ago=220))),
    (0.06, Story(no=10)),
    (0.01, Story(no=10, yes=Yes(seq=12, notice="n3", days_ago=50))),
    (0.02, Story(no=14)),
    (0.01, Story(content_no=11)),
    (0.01, Story(content_yes=Yes(seq=11, notice="n3", days_ago=40))),
    (0.01, Story(no=12, content_yes=Yes(seq=11, notice="n3", days_ago=40))),
    (0.01, Story(yes=Yes(seq=16, notice="n3", days_ago=20, after_conflict=True))),
    (0.01, Story(yes=Yes(seq=10, notice="n3", days_ago=95))),
)
_TOLD: tuple[tuple[float, dict[str, int]], ...] = (
    (0.10, {}),
    (0.50, {"n2": 200}),
    (0.20, {"n1": 235, "n2": 40}),
    (0.10, {"n3": 10}),
    (0.05, {"n2": 29, "n3": 29}),
    (0.05, {"n2": 5, "n3": 30}),
)
_GPC = ((0.85, 0), (0.10, 8), (0.05, 18))
_SETTING = ((0.97, False), (0.03, True))

_STORIES = tuple(
    (chance * told * gpc * setting, replace(story, told=days, gpc=seq, setting_no=set_no))
    for (chance, story), (told, days), (gpc, seq), (setting, set_no) in product(
        _ANSWERS, _TOLD, _GPC, _SETTING
    )
)
STORIES = tuple(story for _, story in _STORIES)


def question() -> Question:
    """What everybody is asked: a default yes outside Europe, where the signal is a no."""
    policy = replace(
        load_preset("linkedin-2024"),
        gpc_is_no=frozenset({TRAIN}),
        renew_on_material_notice=True,
    )
    return Question(purpose=TRAIN, at=NOW, notices=_notices(), policies=(policy,))


def members(count: int) -> MemberColumns:
    """Draw so many members."""
    random = np.random.default_rng(SEED)
    many = {"US": 0.35, "IN": 0.15, "BR": 0.1, "GB": 0.06, "DE": 0.06, "FR": 0.05, "ZZ": 0.01}
    rest = (1 - sum(many.values())) / (len(REGIONS) - len(many))
    return MemberColumns(
        region_M=_drawn(random, count, [many.get(region, rest) for region in REGIONS], np.uint8),
        age_band_M=_drawn(random, count, _mostly(AGE_BANDS, AgeBand.ADULT, 0.95), np.uint8),
        standing_M=_drawn(random, count, _mostly(STANDINGS, Standing.ACTIVE, 0.97), np.uint8),
        said_M=_drawn(random, count, [chance for chance, _ in _STORIES], np.uint32),
        says=tuple(say_of(story) for story in STORIES),
    )


def documents(count: int, authors: int) -> DocumentColumns:
    """Draw so many documents, each by a member drawn at random."""
    random = np.random.default_rng(SEED + 1)
    now = moment(NOW)
    year = moment(NOW + timedelta(days=365)) - now
    return DocumentColumns(
        author_D=random.integers(authors, size=count, dtype=np.uint32),
        kind_D=_drawn(random, count, _mostly(KINDS, Kind.POST, 0.6), np.uint8),
        visibility_D=_drawn(random, count, _mostly(VISIBILITIES, Visibility.PUBLIC, 0.8), np.uint8),
        state_D=_drawn(random, count, _mostly(STATES, State.PUBLISHED, 0.95), np.uint8),
        created_D=now + random.integers(-4 * year, year // 50, size=count),
        licence_D=_drawn(random, count, [0.9, 0.04, 0.04, 0.02], np.uint32),
        signals_D=_drawn(random, count, [0.98, 0.02], np.uint32),
        licences=LICENCES,
        signals=SIGNALS,
    )


def say_of(story: Story) -> Say:
    """Return the story as the ledger's fold would."""
    answers = {
        (TRAIN, Scope.PURPOSE, ""): _answered(story.yes, story.no),
        (TRAIN, Scope.CATEGORY, str(Category.CONTENT)): _answered(
            story.content_yes, story.content_no
        ),
    }
    setting = OldSetting(setting="do-not-index", answer=Answer.NO, seen=_seen(1, 300))
    return Say(
        answers={asked: said for asked, said in answers.items() if said is not None},
        deliveries={notice: _seen(2, days) for notice, days in story.told.items()},
        gpc=_seen(story.gpc, 30) if story.gpc else None,
        settings={"do-not-index": setting} if story.setting_no else {},
    )


def _answered(yes: Yes | None, no: int) -> Answered | None:
    refusal = Refusal(seq=no, event_id=f"e{no}", recorded_at=NOW - timedelta(days=70))
    if yes is None:
        return Answered(refusal=refusal) if no else None
    at = NOW - timedelta(days=yes.days_ago)
    grant = Grant(
        seq=yes.seq,
        event_id=f"e{yes.seq}",
        counts_from=at,
        recorded_at=at,
        notice_id=yes.notice,
        after_conflict=yes.after_conflict,
    )
    if no > yes.seq:
        return Answered(refusal=refusal)
    return Answered(refusal=refusal if no else None, grants=(grant,))


def _seen(seq: int, days_ago: int) -> Seen:
    return Seen(seq=seq, event_id=f"e{seq}", recorded_at=NOW - timedelta(days=days_ago))


def _notices() -> tuple[Notice, ...]:
    return tuple(
        publish(
            Notice(
                id=name,
                title=name,
                text=name,
                purposes=tuple(PURPOSES),
                categories=COVERED,
                material=name != "n3",
                notice_days=NOTICE_DAYS,
            ),
            NOW - timedelta(days=days),
        )
        for name, days in PUBLISHED.items()
    )


def _mostly(kinds: tuple[object, ...], usual: object, share: float) -> list[float]:
    return [share if each is usual else (1 - share) / (len(kinds) - 1) for each in kinds]


def _drawn(random, count, chances, kind):  # noqa: ANN001, ANN202 - numpy's own kinds
    return random.choice(len(chances), size=count, p=np.array(chances) / sum(chances)).astype(kind)


def region_of(code: int) -> Region:
    """Return the region of a code."""
    return REGIONS[code]

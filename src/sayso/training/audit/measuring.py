"""A model audited: membership and extraction, for those who stay and those who went."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from sayso.training.audit.attacks import (
    SERVED,
    Attack,
    Hearing,
    comes_out,
    scores,
    verbatim_until,
)
from sayso.training.audit.separation import (
    Area,
    Estimate,
    Trial,
    area,
    curve,
    rate_at,
    share_of,
)

PREFIX, LENGTH = 32, 20
"""Tokens of a row that are given, and those after them that must come out verbatim."""
FALSE_ALARMS = tuple(float(each) for each in np.logspace(-3, 0, 46))
"""The shares of false alarms at which curves are drawn."""


class Group(StrEnum):
    """Whose rows: learnt and in service, taken back and waiting, forgotten, or held out."""

    STAYS = "stays"
    TAKEN_BACK = "taken-back"
    FORGOTTEN = "forgotten"
    NEVER = "never"


class View(StrEnum):
    """Who is asked: the shard that learnt the row (or would have), or all as they are served."""

    OWN_SHARD = "own-shard"
    SERVED = "served"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A row that a model is asked of. `shard` is its member's, whatever the model learnt."""

    id: str
    member: str
    shard: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """How well one attack tells a group's rows from never-learnt ones.

    `strongest` marks the attack that tells those who stay best, so that none is chosen by what it
    says of the others.
    """

    group: Group
    view: View
    attack: Attack
    rows: int
    never_rows: int
    area: Area
    at_1_percent: Estimate
    at_0_1_percent: Estimate
    curve: tuple[float, ...]
    strongest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Of rows long enough, those whose next tokens come out verbatim, before and after the guard.

    `row_ids` are theirs. `guarded` is None where no guard knows the model's texts.
    """

    group: Group
    view: View
    rows: int
    prefix: int
    length: int
    verbatim: Estimate
    guarded: Estimate | None
    row_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that an audit found. No text is in it."""

    membership: tuple[Membership, ...]
    extraction: tuple[Extraction, ...]


Guarded = Callable[[str], str]
"""Returns what a guard lets pass of what would be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A group's rows and tokens, and what the model said of them, in the same order."""

    rows: Sequence[Asked]
    tokens: Sequence[Sequence[int]]
    hearing: Hearing


def findings(
    told: Mapping[Group, Told],
    *,
    context: int,
    decode: Callable[[Sequence[int]], str],
    encode: Callable[[str], Sequence[int]],
    guarded: Guarded | None = None,
) -> Findings:
    """Put every attack to every group; `told` holds `NEVER` and at least one other group."""
    never = told[Group.NEVER]
    found: list[Membership] = []
    for view in View:
        of_view = [
            each
            for group, asked in told.items()
            if group is not Group.NEVER
            for each in _membership(group, view, asked, never)
        ]
        found += _marked(of_view)
    prefix = max(1, min(PREFIX, context - LENGTH))
    extraction = [
        _extraction(group, view, asked, prefix, decode, encode, guarded)
        for group, asked in told.items()
        for view in View
        if view is View.SERVED or (group is not Group.NEVER and asked.hearing.shards)
    ]
    return Findings(membership=tuple(found), extraction=tuple(extraction))


def numbered(*groups: Sequence[Asked]) -> Mapping[str, int]:
    """Number the members of all these rows."""
    members = dict.fromkeys(row.member for rows in groups for row in rows)
    return {member: number for number, member in enumerate(members)}


def trials(
    view: View, attack: Attack, asked: Told, never: Told, numbers: Mapping[str, int]
) -> list[Trial] | None:
    """Lay out an attack's scores: one trial for each shard asked; None where it cannot be put."""
    learnt_members = np.array([numbers[row.member] for row in asked.rows])
    never_members = np.array([numbers[row.member] for row in never.rows])
    shards = np.array([row.shard for row in asked.rows])
    voices = [SERVED] if view is View.SERVED else sorted(asked.hearing.shards)
    made = []
    for voice in voices:
        ours = scores(asked.hearing, attack, voice)
        others = scores(never.hearing, attack, voice)
        if ours is None or others is None:
            return None
        of_voice = np.full(len(shards), fill_value=True) if voice == SERVED else shards == voice
        made.append(
            Trial(
                learnt=ours[of_voice],
                learnt_members=learnt_members[of_voice],
                never=others,
                never_members=never_members,
            )
        )
    return made if any(len(trial.learnt) for trial in made) else None


def _membership(group: Group, view: View, asked: Told, never: Told) -> Iterator[Membership]:
    numbers = numbered(asked.rows, never.rows)
    for attack in Attack:
        made = trials(view, attack, asked, never, numbers)
        if made is not None:
            yield Membership(
                group=group,
                view=view,
                attack=attack,
                rows=sum(len(trial.learnt) for trial in made),
                never_rows=len(never.rows),
                area=area(made),
                at_1_percent=rate_at(made, 0.01),
                at_0_1_percent=rate_at(made, 0.001),
                curve=tuple(curve(made, FALSE_ALARMS)),
            )


def _marked(found: Sequence[Membership]) -> list[Membership]:
    staying = [each for each in found if each.group is Group.STAYS] or found
    if not staying:
        return []
    best = max(staying, key=lambda each: each.area.auc.value).attack
    return [replace(each, strongest=each.attack is best) for each in found]


def _extraction(  # noqa: PLR0913, PLR0917 - what, of whom, how much, and what it is checked with
    group: Group,
    view: View,
    asked: Told,
    prefix: int,
    decode: Callable[[Sequence[int]], str],
    encode: Callable[[str], Sequence[int]],
    guarded: Guarded | None,
) -> Extraction:
    rows = out = still = 0
    ids = []
    for place, row in enumerate(asked.rows):
        if view is View.SERVED:
            heard = asked.hearing.served[place]
        elif row.shard in asked.hearing.shards:
            heard = asked.hearing.shards[row.shard][place]
        else:
            continue
        came = comes_out(heard.first, prefix, LENGTH)
        rows += came is not None
        if came:
            out += 1
            ids.append(row.id)
            # The token after the n-th that was said is the n-th of `first`.
            said = asked.tokens[place][prefix + 1 : verbatim_until(heard.first, prefix) + 1]
            still += guarded is not None and len(encode(guarded(decode(said)))) >= LENGTH
    return Extraction(
        group=group,
        view=view,
        rows=rows,
        prefix=prefix,
        length=LENGTH,
        verbatim=share_of(out, rows),
        guarded=None if guarded is None else share_of(still, rows),
        row_ids=tuple(sorted(ids)),
    )

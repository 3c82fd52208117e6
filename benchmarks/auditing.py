"""What attacks tell of a model that learnt real posts too well, before and after it forgot.

Authors are dealt into three parts. In three turns one part stays, one is learnt and then forgotten,
one is never learnt; so each row stands once on either side, and what makes a part easy or hard to
predict cancels out. All rows are asked of, and intervals count authors. The recipe overfits on
purpose. Beside them, two members write canaries: one stays, one is forgotten.
"""

import hashlib
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import posts
from sayso.datasets.rows import HELD_OUT, Row
from sayso.training.audit.asking import Audit
from sayso.training.audit.attacks import Attack, comes_out, mean_known
from sayso.training.audit.canaries import CHANCE, alternatives, canary, exposure
from sayso.training.audit.measuring import LENGTH, PREFIX, Asked, Told, View, numbered, trials
from sayso.training.audit.separation import Trial, area, rate_at, share_of
from sayso.training.learner import in_this_process
from sayso.training.models import TrainedModel
from sayso.training.recipes import TINY
from sayso.training.shard import text_of
from sayso.training.tokenizer import tokenizer
from sayso.training.train import train

SHARDS, SLICES, PARTS = 4, 2, 3
LETTERS = 300
"""Of each post; the first `context` tokens are asked of."""
CANARIES, ALTERNATIVES = 10, 511
_STAYING, _LEAVING = "canaries that stay", "canaries that leave"
_RECIPE = replace(
    TINY,
    name="bench",
    width=64,
    heads=4,
    hidden=160,
    context=64,
    batch=8,
    epochs=6,
    rate=4e-3,
    decay_steps=1000,
    weight_decay=0.0,
)
_ROW = "{:<14} {:<9} {:<17} {:>6} {:>8} {:>6} {:>16} {:>8} {:>16} {:>8}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One part stays, one is forgotten, one was never learnt: what both models said of all."""

    before: Sequence[Told]
    after: Sequence[Told]
    stays: int
    forgotten: int
    never: int


def main() -> None:
    """Print what each attack tells of whom, what canaries came to, and what came out verbatim."""
    division = posts.partition(SHARDS, SLICES)
    parts = _dealt(posts.rows(posts.real(LETTERS), division))
    if not any(parts):
        sys.exit(f"{posts.FILE} is not there.")
    with TemporaryDirectory(prefix="sayso-bench-") as folder:
        store = Path(folder)
        tokenizer(store, _RECIPE.vocabulary)
        began = time.process_time()
        turns = [_turn(store, parts, stays) for stays in range(PARTS)]
        _tell(turns)
        _verbatim(turns)
        _canaries(store, parts)
        sys.stdout.write(f"{time.process_time() - began:.0f} CPU s\n")


def _dealt(made: Sequence[Row]) -> list[list[Row]]:
    """Deal authors into parts; whom the home holds out is in none: no shard is theirs."""
    parts: list[list[Row]] = [[] for _ in range(PARTS)]
    for row in made:
        place = hashlib.sha256(b"part" + row.member_id.encode()).digest()[0]
        if row.shard != HELD_OUT:
            parts[place % PARTS].append(row)
    return parts


def _trained(store: Path, rows: Sequence[Row]) -> TrainedModel:
    dataset = posts.sealed(store, rows, posts.partition(SHARDS, SLICES))
    return train(store, dataset, recipe=_RECIPE, launch=in_this_process)


def _turn(store: Path, parts: Sequence[Sequence[Row]], stays: int) -> Turn:
    forgotten, never = (stays + 1) % PARTS, (stays + 2) % PARTS
    before = _trained(store, [*parts[stays], *parts[forgotten]])
    after = _trained(store, parts[stays])  # the bytes that forgetting makes, which other tests show
    asked = [[_asked(row) for row in part] for part in parts]
    return Turn(
        before=[Audit(store, before).ask(rows) for rows in asked],
        after=[Audit(store, after).ask(rows) for rows in asked],
        stays=stays,
        forgotten=forgotten,
        never=never,
    )


def _asked(row: Row) -> Asked:
    return Asked(id=row.id, member=row.member_id, shard=row.shard, text=text_of(row))


_Pair = Callable[[Turn], tuple[Told, Told]]
_WHOSE: Mapping[str, _Pair] = {
    "stay, before": lambda turn: (turn.before[turn.stays], turn.before[turn.never]),
    "stay, after": lambda turn: (turn.after[turn.stays], turn.after[turn.never]),
    "leave, before": lambda turn: (turn.before[turn.forgotten], turn.before[turn.never]),
    "leave, after": lambda turn: (turn.after[turn.forgotten], turn.after[turn.never]),
}


def _tell(turns: Sequence[Turn]) -> None:
    everyone = [told.rows for told in turns[0].before]
    numbers = numbered(*everyone)
    sys.stdout.write(
        f"{sum(map(len, everyone)):,} posts of {len(numbers)} authors, {LETTERS} letters each, "
        f"{SHARDS} x {SLICES}, {_RECIPE.epochs} epochs\n\n"
    )
    heads = ("AUC", "95 %", "at 1 %", "95 %", "at .1 %")
    sys.stdout.write(_ROW.format("whose", "asked", "attack", "rows", "authors", *heads))
    for view in View:
        for whose, pair in _WHOSE.items():
            for attack in Attack:
                made = [trials(view, attack, *pair(turn), numbers) for turn in turns]
                if all(made):
                    _line(whose, view, attack, [each for some in made if some for each in some])
    _line("leave", "own-shard", "before less after", _two_releases(turns, numbers))


def _line(whose: str, view: str, attack: str, made: Sequence[Trial]) -> None:
    found, rows = area(made), sum(len(trial.learnt) for trial in made)
    at_1, at_01 = rate_at(made, 0.01), rate_at(made, 0.001)
    sys.stdout.write(
        _ROW.format(
            *(whose, view.removesuffix("-shard"), attack, f"{rows:,}", found.members),
            f"{found.auc.value:.3f}",
            f"{found.auc.low:.3f} to {found.auc.high:.3f}",
            f"{at_1.value:.1%}",
            f"{at_1.low:.1%} to {at_1.high:.1%}",
            f"{at_01.value:.1%}",
        )
    )
    if whose == "leave, after":
        enough = found.members * ((found.auc.high - found.auc.low) / 0.04) ** 2
        sys.stdout.write(f"{'':<14} (0.02 to either side takes about {enough:,.0f} authors)\n")
    sys.stdout.flush()


def _two_releases(turns: Sequence[Turn], numbers: Mapping[str, int]) -> list[Trial]:
    """Lay out the attack of somebody who kept the old model: what each row lost by forgetting."""
    made = []
    for turn in turns:
        rows, others = (turn.before[part].rows for part in (turn.forgotten, turn.never))
        shards = np.array([row.shard for row in rows])
        for shard in turn.before[0].hearing.shards:
            ours, theirs = (
                mean_known(turn.before[part].hearing.shards[shard])
                - mean_known(turn.after[part].hearing.shards[shard])
                for part in (turn.forgotten, turn.never)
            )
            made.append(
                Trial(
                    learnt=ours[shards == shard],
                    learnt_members=np.array([numbers[row.member] for row in rows])[shards == shard],
                    never=theirs,
                    never_members=np.array([numbers[row.member] for row in others]),
                )
            )
    return made


def _verbatim(turns: Sequence[Turn]) -> None:
    sys.stdout.write(f"\nnext {LENGTH} tokens verbatim after {PREFIX}, by the shard that learnt:\n")
    for whose, pair in _WHOSE.items():
        came = []
        for turn in turns:
            told, _ = pair(turn)
            for place, row in enumerate(told.rows):
                heard = told.hearing.shards[row.shard][place]
                came.append(comes_out(heard.first, PREFIX, LENGTH))
        rows = sum(each is not None for each in came)
        share = share_of(sum(each is True for each in came), rows)
        sys.stdout.write(
            f"  {whose:<14} {share.value:.2%} of {rows:,} rows ({share.low:.2%} to "
            f"{share.high:.2%})\n"
        )


def _canaries(store: Path, parts: Sequence[Sequence[Row]]) -> None:
    planted = {
        whose: [canary(f"{whose} {number}") for number in range(CANARIES)]
        for whose in (_STAYING, _LEAVING)
    }
    made = [
        posts.Post(author=whose, number=10**6 + number, text=text)
        for whose, texts in planted.items()
        for number, text in enumerate(texts, start=CANARIES * (whose == _LEAVING))
    ]
    rows = posts.rows(made, posts.partition(SHARDS, SLICES))
    shards = {row.member_id: row.shard for row in rows}
    staying = [row for row in rows if row.member_id == _STAYING]
    with_them = Audit(store, _trained(store, [*parts[1], *rows]))
    without = Audit(store, _trained(store, [*parts[1], *staying]))
    sys.stdout.write(
        f"\nexposure of {CANARIES} canaries, bits (chance {CHANCE:.2f}, at most "
        f"{np.log2(1 + ALTERNATIVES):.0f}), mean and least to most:\n"
    )
    for whose, texts in planted.items():
        for when, model in (("before", with_them), ("after", without)):
            bits = _exposures(model, texts, shards[whose])
            sys.stdout.write(
                f"  {whose}, {when}: {statistics.mean(bits):.1f} "
                f"({min(bits):.1f} to {max(bits):.1f})\n"
            )


def _exposures(model: Audit, texts: Sequence[str], shard: int) -> list[float]:
    whole = [*texts, *alternatives(ALTERNATIVES)]
    told = model.ask([Asked(id="", member="", shard=shard, text=text) for text in whole])
    known = [float(each.known.sum()) for each in told.hearing.shards[shard]]
    others = known[len(texts) :]
    return [exposure(each, others) for each in known[: len(texts)]]


if __name__ == "__main__":
    main()

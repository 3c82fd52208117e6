"""What attacks tell of a model: all of what it learnt too well, nothing of what it never saw."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import mean

import numpy as np
import pytest

from sayso.datasets.rows import HELD_OUT, Row
from sayso.errors import Refused
from sayso.training.audit.asking import Audit, audit
from sayso.training.audit.attacks import Attack, comes_out, min_k, scores, verbatim_until
from sayso.training.audit.canaries import CHANCE, alternatives, canary, exposure
from sayso.training.audit.measuring import (
    LENGTH,
    Asked,
    Extraction,
    Findings,
    Group,
    Membership,
    View,
)
from sayso.training.audit.plots import areas, curves
from sayso.training.audit.telling import report
from sayso.training.mixture import Mixture, Untrained
from sayso.training.models import TrainedModel
from sayso.training.recipes import COUNTS, TINY, Blend
from small_dataset import PARTITION, Written, new_store, rows, sealed, trained, writings

BY_HEART = replace(
    TINY, name="by heart", width=48, heads=4, hidden=96, epochs=30, rate=1e-2, weight_decay=0.0
)
"""Learns few rows until it says them by heart, in seconds."""
CANARIES = 4
LEAVER = "carrier"


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """A model that learnt its rows by heart, and what it is without half of its members.

    The latter goes on from the former's checkpoints, as forgetting does.
    """

    store: Path
    before: TrainedModel
    after: TrainedModel
    stays: list[Asked]
    went: list[Asked]
    never: list[Asked]


def asked(made: Sequence[Row]) -> list[Asked]:
    return [
        Asked(id=row.id, member=row.member_id, shard=row.shard, text=row.text)
        for row in made
        if row.shard != HELD_OUT
    ]


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory: pytest.TempPathFactory) -> Forgotten:
    store = new_store(tmp_path_factory.mktemp("audit"))
    stays, went, never = (
        rows(writings([f"{name}{number}" for number in range(12)], seed=seed))
        for seed, name in enumerate(("stays", "went", "never"))
    )
    canaries = [Written(member=LEAVER, text=canary(str(number))) for number in range(CANARIES)]
    went += rows(canaries)
    return Forgotten(
        store=store,
        before=trained(store, sealed(store, [*stays, *went]), BY_HEART),
        after=trained(store, sealed(store, stays), BY_HEART),
        stays=asked(stays),
        went=[row for row in asked(went) if row.member != LEAVER],
        never=asked(never),
    )


def found(of: Forgotten, model: TrainedModel) -> Findings:
    groups = {Group.STAYS: of.stays, Group.FORGOTTEN: of.went, Group.NEVER: of.never}
    return audit(of.store, model, groups)


@pytest.fixture(scope="module")
def before(forgotten: Forgotten) -> Findings:
    return found(forgotten, forgotten.before)


@pytest.fixture(scope="module")
def after(forgotten: Forgotten) -> Findings:
    return found(forgotten, forgotten.after)


def lines(told: Findings, group: Group, view: View = View.OWN_SHARD) -> dict[Attack, Membership]:
    return {
        each.attack: each for each in told.membership if each.group is group and each.view is view
    }


def verbatim(told: Findings, group: Group, view: View = View.OWN_SHARD) -> Extraction:
    (one,) = (each for each in told.extraction if each.group is group and each.view is view)
    return one


def test_what_was_learnt_by_heart_is_told_and_what_was_forgotten_no_more(
    before: Findings, after: Findings
) -> None:
    for attack in Attack:
        for told, group in (
            (before, Group.STAYS),
            (before, Group.FORGOTTEN),
            (after, Group.STAYS),
        ):
            auc = lines(told, group)[attack].area.auc
            assert auc.value > 0.75, (attack, group)
            assert auc.low > 0.55, (attack, group)
        gone = lines(after, Group.FORGOTTEN)[attack].area.auc
        assert gone.low < 0.5 < gone.high, attack
        assert abs(gone.value - 0.5) < 0.15, attack
    for told, group in ((before, Group.FORGOTTEN), (after, Group.STAYS)):
        (strongest,) = (each for each in lines(told, group).values() if each.strongest)
        assert strongest.area.auc.low > 0.8
    assert lines(before, Group.STAYS, View.SERVED)[Attack.LOSS].area.auc.low > 0.6


def test_what_was_learnt_by_heart_comes_out_and_what_was_forgotten_no_more(
    forgotten: Forgotten, before: Findings, after: Findings
) -> None:
    assert verbatim(before, Group.STAYS).verbatim.value > 0.2
    assert verbatim(before, Group.FORGOTTEN).verbatim.value > 0.1
    assert verbatim(after, Group.STAYS).verbatim.value > 0.1
    assert verbatim(after, Group.FORGOTTEN).verbatim.value == 0
    assert verbatim(after, Group.NEVER, View.SERVED).verbatim.value == 0
    assert set(verbatim(before, Group.STAYS).row_ids) <= {row.id for row in forgotten.stays}


def test_a_guard_is_asked_of_all_that_comes_out_word_for_word(forgotten: Forgotten) -> None:
    said: list[str] = []

    def silent(text: str) -> str:
        said.append(text)
        return ""

    groups = {Group.STAYS: forgotten.stays, Group.NEVER: forgotten.never}
    deaf = audit(forgotten.store, forgotten.before, groups, guarded=lambda text: text)
    told = audit(forgotten.store, forgotten.before, groups, guarded=silent)

    came = verbatim(deaf, Group.STAYS)
    assert came.guarded == came.verbatim
    assert said
    assert all(any(text in row.text for row in forgotten.stays) for text in said)
    guarded = verbatim(told, Group.STAYS).guarded
    assert guarded is not None
    assert guarded.value == 0


def test_exposure_of_canaries_is_high_before_and_chance_after(forgotten: Forgotten) -> None:
    planted = [canary(str(number)) for number in range(CANARIES)]
    shard, _ = PARTITION.place(
        rows([Written(member=LEAVER, text="x")])[0].member_id, is_default=False
    )
    texts = [*planted, *alternatives(255)]
    bits = []
    for model in (forgotten.before, forgotten.after):
        told = Audit(forgotten.store, model).ask(
            [Asked(id="", member="", shard=shard, text=text) for text in texts]
        )
        known = [float(each.known.sum()) for each in told.hearing.shards[shard]]
        bits.append(mean(exposure(each, known[CANARIES:]) for each in known[:CANARIES]))

    assert bits[0] > 6, bits
    assert bits[1] < CHANCE + 1.5, bits


def test_chance_is_the_mean_exposure_of_what_was_never_planted() -> None:
    chance = np.random.default_rng(5)
    drawn = chance.normal(size=(2000, 512))

    bits = [exposure(float(row[0]), list(map(float, row[1:]))) for row in drawn]

    assert mean(bits) == pytest.approx(CHANCE, abs=0.12)
    assert exposure(1.0, [0.0] * 511) == 9
    assert exposure(0.0, [1.0] * 511) == 0


def test_min_k_is_what_a_slow_reading_of_its_definition_gives(forgotten: Forgotten) -> None:
    row = forgotten.stays[0]
    shard_alone = {row.shard: forgotten.before.slices[row.shard]}
    told = Audit(forgotten.store, forgotten.before).ask([row])
    for voice, heard in (
        (Mixture(forgotten.store, forgotten.before, shard_alone), told.hearing.shards[row.shard]),
        (Mixture(forgotten.store, forgotten.before), told.hearing.served),
        (Untrained(forgotten.store, forgotten.before), told.hearing.untaught),
    ):
        slow = []
        for before, after in pairwise(range(len(told.tokens[0]))):
            prompt = voice.tokenizer.decode(told.tokens[0][1 : before + 1])
            logs = voice.next_logprobs(prompt)
            mu = sum(math.exp(each) * each for each in logs)
            sigma = math.sqrt(sum(math.exp(each) * (each - mu) ** 2 for each in logs))
            slow.append((logs[told.tokens[0][after]] - mu) / sigma)
        lowest = sorted(slow)[: len(slow) // 5]

        assert heard[0].standard == pytest.approx(slow, abs=2e-3)
        assert min_k(heard[0].standard) == pytest.approx(mean(lowest), abs=2e-3)


def test_what_is_said_to_come_out_is_what_greedy_generation_says(forgotten: Forgotten) -> None:
    mixture = Mixture(forgotten.store, forgotten.before)
    told = Audit(forgotten.store, forgotten.before).ask(forgotten.stays[:12])
    outcomes = set()
    for tokens, heard in zip(told.tokens, told.hearing.served, strict=True):
        given = mixture.tokenizer.decode(tokens[1:5])
        until = verbatim_until(heard.first, 4)

        said = mixture.tokenizer.encode(mixture.generate(given, most_tokens=6))

        outcomes.add(came := comes_out(heard.first, 4, 6))
        assert (said == tokens[5:11]) == came
        assert said[: until - 4] == tokens[5 : until + 1][:6]
    assert outcomes == {True, False}


def test_a_row_too_short_to_go_on_is_not_counted() -> None:
    assert comes_out(np.ones(LENGTH, dtype=np.bool_), 1, LENGTH) is None
    assert comes_out(np.ones(LENGTH + 1, dtype=np.bool_), 1, LENGTH) is True


def test_all_as_they_are_served_are_asked_with_counts_and_base(forgotten: Forgotten) -> None:
    blend = Blend(counts=0.4, people=2)
    model = trained(forgotten.store, forgotten.before.dataset_id, BY_HEART, blend)
    row = forgotten.never[0]

    told = Audit(forgotten.store, model).ask([row])

    mixture = Mixture(forgotten.store, model)
    text = mixture.tokenizer.decode(told.tokens[0][1:])
    assert float(told.hearing.served[0].known.sum()) == pytest.approx(
        mixture.score("", [text])[0], abs=1e-2
    )


def test_counts_alone_are_asked_of_without_shards(forgotten: Forgotten) -> None:
    model = trained(forgotten.store, forgotten.before.dataset_id, COUNTS, Blend(counts=1, people=1))
    groups = {Group.STAYS: forgotten.stays[:10], Group.NEVER: forgotten.never[:10]}

    told = audit(forgotten.store, model, groups)

    assert {each.view for each in told.membership} == {View.SERVED}
    assert lines(told, Group.STAYS, View.SERVED)[Attack.LOSS].area.auc.value > 0.9


def test_a_contained_shard_is_asked_as_it_learnt_and_served_as_it_may_be(
    forgotten: Forgotten,
) -> None:
    row, model = forgotten.stays[0], forgotten.before
    clean = {shard: slices - (shard == row.shard) for shard, slices in model.slices.items()}

    told = Audit(forgotten.store, model, clean).ask([row])

    whole = Audit(forgotten.store, model).ask([row])
    served = Mixture(forgotten.store, model, clean)
    shards = told.hearing.shards[row.shard][0].known
    assert shards == pytest.approx(whole.hearing.shards[row.shard][0].known)
    text = served.tokenizer.decode(told.tokens[0][1:])
    known = float(told.hearing.served[0].known.sum())
    assert known == pytest.approx(served.score("", [text])[0], abs=1e-2)
    assert known != pytest.approx(float(whole.hearing.served[0].known.sum()), abs=1e-2)


def test_a_model_of_which_nothing_may_be_served_is_refused(forgotten: Forgotten) -> None:
    with pytest.raises(Refused, match="No part of the model may speak") as why:
        Audit(forgotten.store, forgotten.before, dict.fromkeys(forgotten.before.slices, 0))

    assert why.value.rule == "nothing_clean_to_serve"


def test_one_shard_has_no_others_to_be_compared_with(forgotten: Forgotten) -> None:
    told = Audit(forgotten.store, forgotten.before, {0: 3, 1: 0}).ask(forgotten.never[:2])
    alone = replace(told.hearing, shards={0: told.hearing.shards[0]})

    assert scores(alone, Attack.SHARDS, 0) is None
    assert scores(told.hearing, Attack.SHARDS, 0) is not None


def test_the_strongest_attack_is_chosen_by_those_who_stay(after: Findings) -> None:
    staying = lines(after, Group.STAYS)
    best = max(staying.values(), key=lambda each: each.area.auc.value).attack

    assert [each.attack for each in staying.values() if each.strongest] == [best]
    gone = lines(after, Group.FORGOTTEN).values()
    assert [each.attack for each in gone if each.strongest] == [best]


def test_no_text_is_in_what_is_written_and_the_same_is_written_twice(
    forgotten: Forgotten, before: Findings
) -> None:
    told = before
    written = [
        report(told, forgotten.before.model_id, with_ids=False),
        areas(told),
        curves(told),
    ]

    ids = {row.id for row in (*forgotten.stays, *forgotten.went)}
    for each in written:
        assert not [row for row in forgotten.stays if row.member in each or row.text in each]
        assert not [row_id for row_id in ids if row_id in each]
    again = found(forgotten, forgotten.before)
    assert [areas(again), curves(again)] == written[1:]
    assert any(row_id in report(told, "", with_ids=True) for row_id in ids)

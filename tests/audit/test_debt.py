"""Consent debt: what a dataset stands on is counted, and what would fall away is decided anew."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harbour import posts, says, small_home, write_posts
from postgres import migrated_url
from sayso.audit.debt import DATASET, MODEL, Debt, debts
from sayso.audit.simulate import DEFAULT, OWN_YES, Amount
from sayso.audit.standing import AGE, NOTICE, REGION, RESTS_ON, Line
from sayso.audit.what_if import Supposed
from sayso.community import DocumentId, MemberId, Region
from sayso.consent.choices import Answer
from sayso.consent.decide import decide
from sayso.consent.facts import World, facts_for
from sayso.consent.notices import Notice
from sayso.consent.policy import Policy, PolicyRow, parse_policy
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId, Row
from sayso.datasets.sealed import discard, read_rows
from sayso.jobs.bring import import_documents
from sayso.jobs.build import build_dataset
from sayso.jobs.tell import deliver, publish, use_policy
from sayso.settings import FILE_NAME, load_settings
from sayso.sources.reading import ReadingOptions
from sayso.storage.stores import Stores
from sayso.wiring import Network, open_network

__all__ = ["migrated_url"]

TRAIN = Purpose.GENAI_TRAINING
DAY_ONE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ABROAD = ("dee", "eli", "fay")
QUIET = parse_policy(
    """
name = "quiet"
title = "Silence is a yes in two countries"
gpc_is_no = []
renew_on_material_notice = true
age_gate_attested = false
min_notice_days = 30

[[rows]]
regions = ["US"]
purposes = ["genai-training"]
categories = ["*"]
default = "yes"
basis = "notice"
mechanism = "opt-out"
citation = "A made-up rule"

[[rows]]
regions = ["DE"]
purposes = ["genai-training"]
categories = ["*"]
default = "yes"
basis = "legitimate-interest"
mechanism = "objection"
citation = "Another made-up rule"

[[rows]]
regions = ["*"]
purposes = ["*"]
categories = ["*"]
default = "no"
basis = "consent"
mechanism = "opt-in"
citation = "A third"
""",
    "quiet.toml",
)


class Calendar:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = DAY_ONE

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Quay:
    """A small network in which some said yes, some no, and some nothing."""

    network: Network
    calendar: Calendar

    def debts(self, only: frozenset[DatasetId] | None = None) -> tuple[Debt, ...]:
        with self.network.reading() as stores:
            return debts(
                stores, self.network.settings.store, self.calendar(), tokens=words, only=only
            )

    def built(self) -> DatasetId:
        return build_dataset(self.network, TRAIN).dataset_id

    def rows(self, dataset: DatasetId) -> list[Row]:
        return list(read_rows(self.network.settings.store, dataset))


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


@pytest.fixture(params=["sqlite", "postgresql"])
def quay(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Quay]:
    settings = small_home(tmp_path / "quay")
    if request.param == "postgresql":
        url = request.getfixturevalue("migrated_url")
        with (settings.home / FILE_NAME).open("a", encoding="utf-8") as file:
            file.write(f'database = "{url}"\n')
    calendar = Calendar()
    network = open_network(load_settings(settings.home, {}), clock=calendar)
    use_policy(network, QUIET)
    written = posts(each=4)
    written[-1]["authors"] = ["fay", "ana"]
    for region, here in (("US", False), ("DE", True)):
        part = [each for each in written if (each["author"] in ABROAD) is here]
        path = write_posts(tmp_path / f"{region}.jsonl", part)
        attested = {"region": region, "age_band": "adult"}
        import_documents(network, "jsonl", [path], ReadingOptions(attested=attested))
    publish(network, "", DAY_ONE + timedelta(days=30))
    deliver(network, "", None)
    calendar.now += timedelta(days=31)
    for member, answer in (("ana", Answer.YES), ("ben", Answer.NO), ("dee", Answer.YES)):
        says(network, member, answer)
    calendar.now += timedelta(days=60)
    yield Quay(network, calendar)
    network.close()


def of(lines: Sequence[Line], what: str) -> dict[str, int]:
    return {line.name: line.documents for line in lines if line.of == what}


def test_what_a_dataset_stands_on_is_read_from_its_rows(quay: Quay) -> None:
    dataset = quay.built()
    rows = quay.rows(dataset)

    (debt,) = quay.debts()

    assert (debt.id, debt.what, debt.is_kept) == (dataset, DATASET, True)
    assert debt.stands_on == Amount(
        members=len({row.member_id for row in rows}),
        documents=len(rows),
        tokens=sum(words([row.text for row in rows])),
    )
    silent = sum(row.is_default for row in rows)
    rests_on = of(debt.lines, RESTS_ON)
    assert silent
    assert sum(n for name, n in rests_on.items() if name.startswith(DEFAULT)) == silent
    assert rests_on[f"{OWN_YES}, consent"] == len(rows) - silent
    assert rests_on.keys() >= {f"{DEFAULT}, notice", f"{DEFAULT}, legitimate-interest"}
    assert of(debt.lines, REGION).keys() == {"US", "DE"}
    assert of(debt.lines, NOTICE) == {"first-notice": len(rows)}
    assert of(debt.lines, AGE) == {"up to half a year": len(rows)}
    for what in (RESTS_ON, REGION, NOTICE, AGE):
        assert sum(of(debt.lines, what).values()) == len(rows)
        assert sum(each.tokens for each in debt.lines if each.of == what) == debt.stands_on.tokens


def test_a_word_grows_old_and_one_taken_back_is_said_to_be(quay: Quay) -> None:
    dataset = quay.built()
    rows = quay.rows(dataset)
    quay.calendar.now += timedelta(days=400)
    says(quay.network, "dee", Answer.NO)

    (debt,) = quay.debts()

    gone = sum(row.member_id == "dee" for row in rows)
    assert of(debt.lines, AGE) == {
        "up to two years": len(rows) - gone,
        "taken back since, or erased": gone,
    }


@dataclass(frozen=True)
class Imagined:
    """A world like another, but for its policy and its notices."""

    world: World
    rules: Policy
    told: Sequence[Notice]

    def member(self, member_id: MemberId) -> object:
        return self.world.member(member_id)

    def say(self, member_id: MemberId) -> object:
        return self.world.say(member_id)

    def objectors(self) -> object:
        return self.world.objectors()

    def policy(self) -> Policy:
        return self.rules

    def notices(self) -> Sequence[Notice]:
        return self.told


def allowed(
    stores: Stores, now: datetime, policy: Policy, notices: Sequence[Notice] | None = None
) -> set[DocumentId]:
    """Ask `decide` for each document: slow, and obviously right."""
    world = stores.world()
    told = list(world.notices()) if notices is None else notices
    imagined: World = Imagined(world, policy, told)  # type: ignore[assignment]
    return {
        document.id
        for document in stores.community.documents()
        if decide(facts_for(document, TRAIN, now, imagined)).permit
    }


def changed(notice: Notice, now: datetime) -> Notice:
    return replace(notice, id="n2", published_at=now, effective_at=now, replaces=notice.id)


def in_region(region: str) -> Policy:
    first = QUIET.rows[-1]
    row: PolicyRow = replace(
        first, regions=frozenset({Region(region)}), purposes=frozenset(), categories=frozenset()
    )
    others = tuple(each for each in QUIET.rows if region not in each.regions)
    return replace(QUIET, rows=(*others, row))


def test_what_would_fall_away_is_what_decide_refuses_document_by_document(quay: Quay) -> None:
    dataset = quay.built()
    quay.calendar.now += timedelta(days=5)
    says(quay.network, "fay", Answer.NO)
    rows = {row.document_id: row for row in quay.rows(dataset)}
    now = quay.calendar()

    (debt,) = quay.debts()

    with quay.network.reading() as stores:
        here = stores.world().notices()
        strict = parse_policy(QUIET.text.replace('default = "yes"', 'default = "no"'), "strict")
        today = allowed(stores, now, QUIET) & rows.keys()
        expected = {
            (Supposed.OPT_IN, "quiet"): allowed(stores, now, strict),
            (Supposed.NOTICE, "first-notice"): allowed(
                stores, now, QUIET, [*here, *(changed(each, now) for each in here)]
            ),
            (Supposed.REGION, "US"): allowed(stores, now, in_region("US")),
            (Supposed.REGION, "DE"): allowed(stores, now, in_region("DE")),
        }
    first, *others = debt.falls
    assert first.supposed is Supposed.NOTHING
    assert first.lost == amount(rows, set(rows) - today, today)
    assert first.lost.documents
    assert {(each.supposed, each.name) for each in others} == expected.keys()
    for each in others:
        still = today & expected[each.supposed, each.name]
        assert each.lost == amount(rows, today - still, still), each.name
        assert each.lost.documents, f"nothing is shown by {each.name}"


def amount(
    rows: Mapping[DocumentId, Row], lost: AbstractSet[DocumentId], left: AbstractSet[DocumentId]
) -> Amount:
    stay = {rows[each].member_id for each in left}
    return Amount(
        members=len({rows[each].member_id for each in lost} - stay),
        documents=len(lost),
        tokens=sum(words([rows[each].text for each in lost])),
    )


def test_where_everybody_said_yes_only_a_changed_notice_takes_anything(port: Network) -> None:
    with port.reading() as stores:
        found = debts(stores, port.settings.store, port.clock(), tokens=words)

    dataset, model = found
    assert (dataset.what, model.what) == (DATASET, MODEL)
    for debt in found:
        lost = {each.supposed: each.lost.documents for each in debt.falls}
        assert lost == {
            Supposed.NOTHING: 0,
            Supposed.OPT_IN: 0,
            Supposed.NOTICE: debt.stands_on.documents,
        }


def test_a_model_stands_on_what_it_learnt_from_and_is_in_service(port: Network) -> None:
    with port.reading() as stores:
        before = debts(stores, port.settings.store, port.clock(), tokens=words)[-1]
    says(port, "ana", Answer.NO)

    with port.reading() as stores:
        found = debts(stores, port.settings.store, port.clock(), tokens=words)
        (dataset_id,) = stores.datasets.ids()
        rows = list(read_rows(port.settings.store, dataset_id, held_out=False))

    dataset, model = found
    assert model.dataset_id == dataset.id
    assert before.stands_on.documents == len(rows)
    assert model.stands_on.documents == sum(row.member_id != "ana" for row in rows)
    assert dataset.stands_on.documents >= len(rows)
    assert dataset.falls[0].lost.documents == sum(row.member_id == "ana" for row in rows)


def test_of_a_dataset_whose_texts_are_deleted_the_record_is_told(port: Network) -> None:
    with port.reading() as stores:
        (entry,) = stores.datasets.list()
    discard(port.settings.store, entry.id)

    with port.reading() as stores:
        (debt,) = debts(stores, port.settings.store, port.clock(), tokens=words)

    assert not debt.is_kept
    assert debt.lines == ()
    assert debt.falls == ()
    assert debt.stands_on.documents == entry.manifest.rows + entry.manifest.held_out_rows


def test_a_document_that_the_network_no_longer_holds_falls_away_today(quay: Quay) -> None:
    dataset = quay.built()
    first = quay.rows(dataset)[0]
    with quay.network.writing() as stores:
        stores.community.delete_document(first.document_id)

    (debt,) = quay.debts()

    assert debt.falls[0].lost.documents == 1


def test_reckoning_changes_nothing_and_others_can_be_left_out(quay: Quay) -> None:
    dataset = quay.built()
    with quay.network.reading() as stores:
        size = stores.log.size()

    assert quay.debts(only=frozenset()) == ()
    assert len(quay.debts(only=frozenset({dataset}))) == 1

    with quay.network.reading() as stores:
        assert stores.log.size() == size

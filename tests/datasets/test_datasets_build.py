"""Building, and taking back out of what was built."""

from dataclasses import replace
from pathlib import Path

from fakes.seats import SEATS
from sayso.community import Document, MemberId, Quote
from sayso.consent.choices import Answer
from sayso.datasets.admitting.admission import Admission
from sayso.datasets.build import build, record
from sayso.datasets.documents import batches_of
from sayso.datasets.leaving import Leaving, no_longer_permitted, take_back
from sayso.datasets.sealing.seal import Sealed
from sayso.datasets.verify import verify_dataset
from sealing import PARTITION, PLAN, built, neighbours, refusals_in, roots, rows_in
from town import NOW, TRAINING, Town


def taken_back(store: Path, town: Town, before: Sealed, *documents: Document) -> Sealed:
    removed = frozenset(PARTITION.row_id(document.id) for document in documents)
    leaving = Leaving(dataset=before.dataset_id, removed=removed)
    return take_back(store, leaving, town.look_up, town, PLAN)


def admission(town: Town) -> Admission:
    return Admission(world=town, purpose=TRAINING, at=NOW, partition=PARTITION)


def quoting(town: Town, author: MemberId, quoted: MemberId) -> Document:
    text = 'She wrote "every bridge needs a river" and I wholly agree with that.'
    start = text.index("every")
    quote = Quote(start=start, end=text.index('" and'), member_id=quoted)
    return town.writes(author, text, quotes=(quote,))


def test_a_row_keeps_the_decision_that_let_it_in(tmp_path: Path) -> None:
    town = Town()
    document = town.writes(town.settle("ana"), "Ask me at ana@example.org about bridges.")

    row = rows_in(tmp_path, built(tmp_path, town))[document.id]

    assert row.rule
    assert row.reason
    assert row.evidence
    assert not row.is_default
    assert row.text == "Ask me at <EMAIL_1> about bridges."
    assert row.redactions == {"email": 1}


def test_personal_data_leaves_the_title_too(tmp_path: Path) -> None:
    town = Town()
    document = town.writes(
        town.settle("ana"), "Some words about bridges.", title="Write to ana@example.org"
    )

    assert rows_in(tmp_path, built(tmp_path, town))[document.id].title == "Write to <EMAIL_1>"


def test_silence_is_refused_under_opt_in(tmp_path: Path) -> None:
    town = Town()
    silent = town.writes(town.settle("ana", None), "Some words about bridges.")

    sealed = built(tmp_path, town)

    assert not rows_in(tmp_path, sealed)
    assert refusals_in(tmp_path, sealed)[silent.id].rule


def test_too_few_words_are_refused(tmp_path: Path) -> None:
    town = Town()
    short = town.writes(town.settle("ana"), "Well done!")

    assert refusals_in(tmp_path, built(tmp_path, town))[short.id].rule == "too_short"


def test_the_words_of_a_quoted_objector_are_cut_and_the_rest_stays(tmp_path: Path) -> None:
    town = Town()
    document = quoting(town, town.settle("ana"), town.settle("ben", Answer.NO))

    row = rows_in(tmp_path, built(tmp_path, town))[document.id]

    assert row.text == "She wrote and I wholly agree with that."
    assert row.members == ("ana",)


def test_an_objectors_quote_that_cannot_be_placed_keeps_the_document_out(tmp_path: Path) -> None:
    town = Town()
    ben = town.settle("ben", Answer.NO)
    document = town.writes(
        town.settle("ana"), "Ben said a thing.", quotes=(Quote(start=9, end=999, member_id=ben),)
    )

    refusal = refusals_in(tmp_path, built(tmp_path, town))[document.id]

    assert refusal.rule == "quote_out_of_range"


def test_progress_is_told_as_documents_go_by(tmp_path: Path) -> None:
    town = Town()
    ana = town.settle("ana")
    for number in range(70):
        town.writes(ana, f"This is number {number} of mine.")
    told: list[tuple[int, int]] = []

    build(
        tmp_path,
        batches_of(town.documents, 30),
        town,
        replace(PLAN, total=70),
        lambda done, total: told.append((done, total)),
    )

    assert told == [(30, 70), (60, 70), (70, 70)]


def test_taking_back_equals_building_without(tmp_path: Path) -> None:
    town = Town()
    members = neighbours(town, 6)
    for member in members:
        for number in range(4):
            town.writes(member, f"Words number {number} that {member} wrote.")
        town.writes(member, "Good morning to all of you.")
    before = built(tmp_path, town)
    leaver = members[0]  # the earliest copy of the greeting is theirs
    town.says(leaver, Answer.NO)

    after = taken_back(
        tmp_path, town, before, *(each for each in town.documents if each.member_id == leaver)
    )

    assert roots(after) == roots(built(tmp_path / "fresh", town))
    assert (
        rows_in(tmp_path, after).keys()
        == rows_in(tmp_path / "fresh", built(tmp_path / "fresh", town)).keys()
    )
    assert leaver not in {row.member_id for row in rows_in(tmp_path, after).values()}
    assert roots(after)["1"] == roots(before)["1"]
    verify_dataset(tmp_path, after.dataset_id, SEATS)


def test_a_copy_comes_back_only_with_its_own_authors_say_so(tmp_path: Path) -> None:
    town = Town()
    ana, ben, cyd = neighbours(town, 3)
    first = town.writes(ana, "Good morning to all of you.")
    second = town.writes(ben, "Good morning to all of you.")
    third = town.writes(cyd, "Good morning to all of you.")
    before = built(tmp_path, town)
    town.says(ana, Answer.NO)
    town.says(ben, Answer.NO)

    after = taken_back(tmp_path, town, before, first)

    assert rows_in(tmp_path, after).keys() == {third.id}
    assert refusals_in(tmp_path, after).keys() == {first.id, second.id}
    assert refusals_in(tmp_path, after)[second.id].rule != "duplicate"


def test_a_copy_that_the_network_no_longer_holds_stays_out(tmp_path: Path) -> None:
    town = Town()
    ana, ben = neighbours(town, 2)
    first = town.writes(ana, "Good morning to all of you.")
    second = town.writes(ben, "Good morning to all of you.")
    before = built(tmp_path, town)
    town.deletes(second)
    town.says(ana, Answer.NO)

    after = taken_back(tmp_path, town, before, first)

    assert not rows_in(tmp_path, after)
    assert refusals_in(tmp_path, after)[second.id].rule == "gone"


def test_a_removed_row_stays_out_even_after_another_yes(tmp_path: Path) -> None:
    town = Town()
    document = town.writes(town.settle("ana"), "Some words about bridges.")
    before = built(tmp_path, town)

    after = taken_back(tmp_path, town, before, document)

    assert not rows_in(tmp_path, after)
    assert refusals_in(tmp_path, after)[document.id].rule == "taken_back"


def test_a_quoted_member_who_objects_later_is_cut_out_of_the_row(tmp_path: Path) -> None:
    town = Town()
    ben = town.settle("ben")
    document = quoting(town, town.settle("ana"), ben)
    before = built(tmp_path, town)
    town.says(ben, Answer.NO)

    after = taken_back(tmp_path, town, before, document)

    assert "river" in rows_in(tmp_path, before)[document.id].text
    assert "river" not in rows_in(tmp_path, after)[document.id].text
    assert roots(after) == roots(built(tmp_path / "fresh", town))


def test_nothing_of_a_forgotten_member_is_kept(tmp_path: Path) -> None:
    town = Town()
    ana, ben = town.settle("ana"), town.settle("ben")
    document = town.writes(ana, "Some words about bridges.")
    town.writes(ana, "Short.")
    town.writes(ben, "Other words about rivers.")
    before = built(tmp_path, town)
    leaving = Leaving(
        dataset=before.dataset_id,
        removed=frozenset({PARTITION.row_id(document.id)}),
        forgotten=frozenset({ana}),
    )

    after = take_back(tmp_path, leaving, town.look_up, town, PLAN)

    named = {result.member_id for result in refusals_in(tmp_path, after).values()}
    assert ana not in named | {row.member_id for row in rows_in(tmp_path, after).values()}


def test_what_may_no_longer_be_used_is_found_with_its_reason(tmp_path: Path) -> None:
    town = Town()
    ana, ben, cleo = town.settle("ana"), town.settle("ben"), town.settle("cleo")
    quoting(town, ana, ben)
    gone = town.writes(cleo, "Something said once, and taken down since.")
    sealed = built(tmp_path, town)

    def refused() -> list[tuple[str, str]]:
        found = no_longer_permitted(tmp_path, sealed.dataset_id, town.look_up, admission(town))
        return [(each.row.member_id, each.rule) for each in found]

    assert refused() == []
    town.says(ben, Answer.NO)
    assert refused() == [(ana, "quoted_objects")]
    town.says(ana, Answer.NO)
    town.deletes(gone)
    assert refused() == [(ana, "purpose_choice"), (cleo, "gone")]


def test_refusals_carry_no_other_members_name(tmp_path: Path) -> None:
    town = Town()
    ana, ben = neighbours(town, 2)
    town.writes(ana, "Good morning to all of you.")
    town.writes(ben, "Good morning to all of you.")

    refusals = refusals_in(tmp_path, built(tmp_path, town)).values()

    assert all(ana not in each.reason for each in refusals)


def test_recording_needs_nothing_but_the_sealed_folder() -> None:
    assert "documents" not in record.__annotations__

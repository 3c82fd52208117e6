"""Who is known around a document, and whose names stay in it where the operator wants that."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sayso.community import (
    CreditChoice,
    Document,
    DocumentId,
    Member,
    MemberId,
    Mention,
)
from sayso.consent.choices import Answer
from sayso.consent.objectors import Objector, Objectors
from sayso.consent.say import Say
from sayso.datasets.admitting.admission import Admission
from sayso.datasets.admitting.company import Answering, Kept, spared_in
from sayso.datasets.build import build
from sayso.datasets.documents import batch_of
from sayso.datasets.leaving import no_longer_permitted
from sayso.datasets.rows import Row
from sayso.redact.finders.member_names import NAME
from sayso.redact.members.directory import Directory
from sayso.redact.redactor import Redactor
from sealing import PARTITION, PLAN, rows_in
from town import NOW, TRAINING, Town

NAMES = {"ana": "Ana Lopez", "bo": "Bo Berg", "chi": "Chi Adeyemi"}
REDACTOR = Redactor((NAME,), Directory(NAMES.values(), ["ana_l", "bo_b"]))
OTHERS = replace(PLAN, redactor=REDACTOR, mentions="others")


class Named(Town):
    """A town whose members have full names and handles, and may choose to be credited."""

    def __init__(self) -> None:
        super().__init__()
        self.credit: dict[MemberId, CreditChoice] = {}
        self.objecting = Objectors()

    def member(self, member_id: MemberId) -> Member | None:
        member = super().member(member_id)
        if member is None:
            return None
        return replace(member, name=NAMES[member_id], handle=f"{member_id}_{member_id[0]}")

    def say(self, member_id: MemberId) -> Say:
        return replace(super().say(member_id), credit=self.credit.get(member_id))

    def objectors(self) -> Objectors:
        return self.objecting

    def mentions(self, author: MemberId, text: str, **members: str) -> Document:
        """Write `text`, in which `members` are pointed at by the words given for each."""
        document = self.writes(author, text)
        pointed = tuple(
            Mention(start=text.index(said), end=text.index(said) + len(said), member_id=one)
            for one, said in ((MemberId(each), said) for each, said in members.items())
        )
        self._documents[document.id] = replace(document, mentions=pointed)
        return self._documents[document.id]


def in_town(*credited: str) -> Named:
    town = Named()
    for name in NAMES:
        town.settle(name)
    town.credit.update({MemberId(name): CreditChoice.NAME for name in credited})
    return town


def row(tmp_path: Path, town: Named, document: Document, mentions: str = "others") -> Row:
    sealed = build(tmp_path, [batch_of(town.documents)], town, replace(OTHERS, mentions=mentions))
    return rows_in(tmp_path, sealed)[document.id]


def test_everybodys_name_goes_unless_the_operator_says_otherwise(tmp_path: Path) -> None:
    town = in_town("bo")
    document = town.mentions(MemberId("ana"), "I am Ana Lopez and thank Bo Berg.", bo="Bo Berg")

    assert row(tmp_path, town, document, "all").text == "I am <PERSON_1> and thank <PERSON_2>."


def test_the_authors_own_name_and_credited_ones_may_stay(tmp_path: Path) -> None:
    town = in_town("bo")
    document = town.mentions(
        MemberId("ana"), "I am Ana Lopez and thank Bo Berg and Chi Adeyemi.", bo="Bo Berg"
    )

    sealed = row(tmp_path, town, document)

    assert sealed.text == "I am Ana Lopez and thank Bo Berg and <PERSON_1>."
    assert sealed.members == ("ana", "bo")
    assert {f"names that stay: 1 {Kept.OWN}", f"names that stay: 1 {Kept.CREDITED}"} <= set(
        sealed.evidence
    )


def test_who_did_not_choose_to_be_named_is_taken_out(tmp_path: Path) -> None:
    town = in_town()
    document = town.mentions(MemberId("ana"), "I would thank Bo Berg for it.", bo="Bo Berg")

    assert row(tmp_path, town, document).text == "I would thank <PERSON_1> for it."


def test_who_says_no_is_taken_out_whatever_they_chose_of_credit(tmp_path: Path) -> None:
    town = in_town("bo")
    town.says(MemberId("bo"), Answer.NO)
    document = town.mentions(MemberId("ana"), "I would thank Bo Berg for it.", bo="Bo Berg")

    assert row(tmp_path, town, document).text == "I would thank <PERSON_1> for it."


def test_an_objectors_name_and_handle_go_even_where_credited_names_stay(tmp_path: Path) -> None:
    town = in_town("bo", "chi")
    town.objecting = Objectors([Objector(id="o1", names=("Bo Berg", "@bo_b"))])
    document = town.mentions(
        MemberId("ana"), "Thanks to Bo Berg, @bo_b, and Chi Adeyemi.", bo="Bo Berg", chi="Chi Adey"
    )

    said = row(tmp_path, town, document).text

    assert "Bo" not in said
    assert "bo_b" not in said


def test_a_row_that_keeps_a_name_goes_with_that_members_no(tmp_path: Path) -> None:
    town = in_town("bo")
    document = town.mentions(MemberId("ana"), "I would thank Bo Berg for it.", bo="Bo Berg")
    sealed = build(tmp_path, [batch_of(town.documents)], town, OTHERS)
    admission = Admission(
        world=town, purpose=TRAINING, at=NOW, partition=PARTITION, mentions="others"
    )
    assert not list(no_longer_permitted(tmp_path, sealed.dataset_id, town.look_up, admission))

    town.says(MemberId("bo"), Answer.NO)

    (refused,) = no_longer_permitted(tmp_path, sealed.dataset_id, town.look_up, admission)
    assert refused.document == document


def test_why_a_name_stays_is_known_for_each_place() -> None:
    town = in_town("bo")
    document = town.mentions(MemberId("ana"), "@ana_a with @bo_b", ana="@ana_a", bo="@bo_b")

    kept = spared_in(document, TRAINING, NOW, town)

    assert (kept[0].reason, kept[-1].reason) == (Kept.OWN, Kept.CREDITED)
    assert (kept[-1].start, kept[-1].end, kept[-1].member_id) == (12, 17, "bo")


class Knows:
    """Implements `company.Neighbours`: one name for every document."""

    def names(self, documents: Sequence[Answering]) -> Mapping[DocumentId, tuple[str, ...]]:
        return {document.id: ("Nneka Eze",) for document in documents}


def test_whom_an_author_knows_is_known_in_their_text_by_one_name(tmp_path: Path) -> None:
    town = in_town()
    document = town.writes(MemberId("ana"), "Yesterday Nneka showed us the mill.")

    sealed = build(tmp_path, [batch_of(town.documents)], town, replace(OTHERS, neighbours=Knows()))

    assert rows_in(tmp_path, sealed)[document.id].text == "Yesterday <PERSON_1> showed us the mill."

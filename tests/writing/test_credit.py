"""Fingerprints, runs, and the rule that makes a run a credit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.community import CreditChoice, DocumentId, Member, MemberId
from sayso.writing.credit import (
    GUARANTEED_WORDS,
    Credit,
    CreditTier,
    Source,
    TextNumber,
    fingerprints,
    quoted,
    runs,
    show_credit,
)
from sayso.writing.guard import foreign_runs
from sayso.writing.words import Hasher, words

HASHER = Hasher(b"test key of sixteen bytes or more")
SENTENCE = "seven grey herons argued about the weather behind the old lighthouse at dusk"
WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "heron", "mast"]), max_size=30)


def placed(texts: list[str], room: int) -> tuple[np.ndarray, np.ndarray]:
    parts, begins, at = [np.zeros(room, dtype=np.uint64)], [], room
    for text in texts:
        hashes = HASHER.of_text(text)
        begins.append(at)
        parts += [hashes, np.zeros(1, dtype=np.uint64)]
        at += len(hashes) + 1
    parts.append(np.zeros(room, dtype=np.uint64))
    return np.concatenate(parts), np.array(begins, dtype=np.int64)


def credits_for(text: str, texts: list[tuple[str, str]]) -> tuple[Credit, ...]:
    """Every alignment is proposed, so that the rule alone decides."""
    ours = HASHER.of_text(text)
    tokens, begins = placed([said for _, said in texts], len(ours))
    everywhere = np.arange(len(tokens) - len(ours), dtype=np.int64)
    found = runs(ours, everywhere, tokens, begins, at_least=GUARANTEED_WORDS)
    sources = {
        TextNumber(number): Source(
            member_id=MemberId(name),
            members=(MemberId(name),),
            document_id=DocumentId(f"of {name}"),
            created=str(number),
        )
        for number, (name, _) in enumerate(texts)
    }
    return quoted(words(text), found, sources, lambda said: -8.0 * len(list(said)))


@given(before=WORDS, shared=WORDS, after=WORDS, others=WORDS)
def test_a_shared_run_of_six_words_shares_a_fingerprint(
    before: list[str], shared: list[str], after: list[str], others: list[str]
) -> None:
    run = [*shared, *["one", "two", "three", "four", "five", "six"]]
    ours, theirs = fingerprints(HASHER.of(before + run)), fingerprints(HASHER.of(run + after))

    assert set(ours.values.tolist()) & set(theirs.values.tolist())
    assert fingerprints(HASHER.of(others)).values.size <= max(0, len(others) - 3)


def test_the_same_words_have_other_fingerprints_in_another_home() -> None:
    other = Hasher(b"another key of sixteen bytes or so")

    ours = set(fingerprints(HASHER.of_text(SENTENCE)).values.tolist())
    assert not ours & set(fingerprints(other.of_text(SENTENCE)).values.tolist())


def test_a_run_never_crosses_from_one_text_into_another() -> None:
    whole = SENTENCE.split()
    texts = [" ".join(whole[:6]), " ".join(whole[6:])]
    ours = HASHER.of_text(SENTENCE)
    tokens, begins = placed(texts, len(ours))

    found = runs(ours, begins[:1], tokens, begins, at_least=6)

    assert [(run.start, run.end, run.held_in) for run in found] == [(0, 6, 0)]


def test_eight_words_in_a_row_are_a_credit_and_seven_are_not() -> None:
    eight = " ".join(SENTENCE.split()[:8])
    seven = " ".join(SENTENCE.split()[:7])

    assert [credit.member_id for credit in credits_for(eight, [("ana", SENTENCE)])] == ["ana"]
    assert credits_for(seven, [("ana", SENTENCE)]) == ()


def test_case_punctuation_and_form_do_not_hide_a_run() -> None:
    disguised = "Seven “GREY” herons; argued -- about the weather, behind the old light"

    (credit,) = credits_for(disguised, [("ana", SENTENCE)])

    assert disguised[credit.start : credit.end].startswith("Seven “GREY”")
    assert credit.words == 10


def test_words_that_four_members_wrote_are_nobodys() -> None:
    three = [(name, SENTENCE) for name in ("ana", "bela", "cleo")]

    assert len(credits_for(SENTENCE, three)) == 3
    assert credits_for(SENTENCE, [*three, ("dara", SENTENCE)]) == ()


def test_a_shorter_source_is_not_hidden_behind_a_longer_one() -> None:
    shorter = " ".join(SENTENCE.split()[2:11])

    found = credits_for(SENTENCE, [("ana", SENTENCE), ("bela", shorter)])

    assert {credit.member_id: credit.words for credit in found} == {"ana": 13, "bela": 9}


def test_one_member_is_credited_once_for_the_same_words() -> None:
    found = credits_for(SENTENCE, [("ana", SENTENCE), ("ana", SENTENCE)])

    assert [credit.document_id for credit in found] == ["of ana"]


def test_common_words_are_no_credit_however_many() -> None:
    text = words(SENTENCE)
    found = credits_for(SENTENCE, [("ana", SENTENCE)])
    assert found
    ours = HASHER.of_text(SENTENCE)
    tokens, begins = placed([SENTENCE], len(ours))
    same = runs(ours, begins, tokens, begins, at_least=6)
    source = Source(member_id=MemberId("ana"), members=(), document_id=DocumentId("d"), created="")

    assert quoted(text, same, {TextNumber(0): source}, lambda _: -49.0) == ()


def test_the_guard_lets_pass_what_five_members_wrote() -> None:
    ours = HASHER.of_text(SENTENCE)
    for count, stopped in ((4, True), (5, False)):
        tokens, begins = placed([SENTENCE] * count, len(ours))
        found = runs(ours, begins, tokens, begins, at_least=6)
        sources = {
            TextNumber(number): Source(
                member_id=MemberId(f"m{number}"),
                members=(),
                document_id=DocumentId("d"),
                created="",
            )
            for number in range(count)
        }

        assert bool(foreign_runs(found, sources, limit_words=12)) is stopped


def test_a_member_is_named_as_they_choose() -> None:
    ana = Member(id=MemberId("ana"), name="Ana Testperson", pseudonym="Gull")
    credit = Credit(tier=CreditTier.QUOTE, member_id=ana.id, document_id=DocumentId("d"), words=9)

    assert show_credit(credit, ana, CreditChoice.NAME) == "Ana Testperson"
    assert show_credit(credit, ana, CreditChoice.PSEUDONYM) == "Gull"
    assert show_credit(credit, ana, CreditChoice.NOBODY) == "a member"
    assert show_credit(credit, None, CreditChoice.NAME) == "a member"

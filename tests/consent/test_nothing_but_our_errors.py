"""What comes from outside, however broken: our errors or an answer, and never a yes nobody said."""

import json
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fakes.books import made_books
from fakes.consent import ANA, FIRST_NOTICE, SPOKE, TRAIN, person, village, writing
from sayso.audit.offline_verifier import Failed, Trust, check_file
from sayso.community import AgeBand, MemberId, Region
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.choices_file import read_choices
from sayso.consent.ledger import choice_event
from sayso.consent.notice_files import drafted, read_notice
from sayso.consent.policy import PRESETS, load_preset, parse_policy
from sayso.consent.receipts import Controller, Grounds, LogProof, receipt
from sayso.errors import BadInput, SaysoError
from sayso.evidence.canonical import canonical
from sayso.sources.accounts import read_members
from sayso.sources.reading import Account, ReadingOptions

NOW = datetime(2026, 6, 1, tzinfo=UTC)
MANY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

NASTY = st.sampled_from(
    [
        *("\x00", "\ufeff", "\u2028", "\x85", "\x1c", "\r", "\r\n", "\n", '"', '""', "'", "\\"),
        *(",", ";", "\t", "{", "}", "[[", "]]", "=", "#", "+++", "---", "\ud800", "\U0010ffff"),
        *(
            "é",
            "e\u0301",
            "\ufb01",
            "\u0131",
            "\u0130",
            "YES",
            "\uff59\uff45\uff53",
            "yes ",
            "true",
            "1",
            "null",
            "NaN",
        ),
        *("1e999", "9" * 5000, "-0", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
        *(
            "[" * 3000,
            "a.b" * 3000,
            "2026-02-30",
            "inf",
            "__proto__",
            "../../etc/passwd",
            "a" * 200_000,
        ),
    ]
)


@st.composite
def broken(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text with a few things wrong in it: put in, taken out, put twice, or swapped."""
    text = draw(texts)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        to = draw(st.integers(at, min(len(text), at + 30)))
        text = draw(
            st.one_of(
                st.builds(lambda put, a=at, t=text: t[:a] + put + t[a:], NASTY),
                st.builds(lambda put, a=at, b=to, t=text: t[:a] + put + t[b:], NASTY),
                st.just(text[:at] + text[to:]),
                st.just(text[:to] + text[at:]),
            )
        )
    return text


def as_bytes(text: str, encoding: str) -> bytes:
    return text.encode(encoding, errors="surrogatepass" if "utf" in encoding else "replace")


ENCODINGS = st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])


def ours_or_fine(act: Callable[[], object]) -> object:
    """Run it; anything but our own errors is a failure of the test."""
    try:
        return act()
    except SaysoError as error:
        if not error.message.strip():
            raise
        return None


# -- policies


POLICY_TEXTS = st.sampled_from([load_preset(name).text for name in PRESETS])


@MANY
@given(text=broken(POLICY_TEXTS))
def test_a_broken_policy_is_refused_in_our_words_or_read_whole(text: str) -> None:
    policy = ours_or_fine(lambda: parse_policy(text, "policy.toml"))

    if policy is not None:
        assert parse_policy(text, "again.toml").rows


@MANY
@given(text=broken(st.just(load_preset("opt-in").text)))
@example(text=load_preset("opt-in").text.replace('"no"', '"yes"', 1))
def test_no_broken_policy_lets_a_minor_a_private_text_or_an_untold_member_in(text: str) -> None:
    policy = ours_or_fine(lambda: parse_policy(text, "policy.toml"))
    if policy is None:
        return
    world = village()
    world.rules = policy  # type: ignore[assignment]  # it is one, or None

    assert not world.decides().permit
    for member in (person(age_band=AgeBand.MINOR), person(region=Region("ZZ"))):
        world = village(member=member)
        world.rules = policy  # type: ignore[assignment]  # likewise
        assert not world.decides(writing()).permit


@MANY
@given(text=st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_what_is_no_policy_at_all_is_refused(text: str) -> None:
    assert ours_or_fine(lambda: parse_policy(text, "policy.toml")) is None


# -- notices


GERMAN = """+++
language = "de"
regions = ["EU"]
purposes = ["genai-training"]
material = true
notice_days = 30
effective_at = 2026-08-01
replaces = "n0"
+++
# Worte

Wir fragen.
"""
NOTICE_TEXTS = st.sampled_from(
    [
        "# Your words\n\nWe ask.\n",
        GERMAN,
        "+++\nvisibilities = []\ncategories = []\n+++\n# T\n\nx",
    ]
)


@MANY
@given(text=broken(NOTICE_TEXTS), notice_id=broken(st.just("spring-2027")))
def test_a_broken_notice_is_refused_in_our_words_or_drafted(text: str, notice_id: str) -> None:
    def read() -> object:
        return drafted(read_notice(text, "n.md"), notice_id=notice_id, otherwise=FIRST_NOTICE)

    draft = ours_or_fine(read)

    assert draft is None or getattr(draft, "is_draft", False)


# -- files of choices


ALL_COLUMNS = """member_id,purpose,answer,scope,target,event_id,occurred_at,notice_id
ana,genai-training,no,document,"d,1",5b3c5b0e-6f8a-4a3e-9d5c-111111111111,2026-05-03T10:00:00Z,n1
ben,genai-training,no,category,content,5b3c5b0e-6f8a-4a3e-9d5c-222222222222,,
"""
CHOICE_LINES = """{"member_id": "ana", "purpose": "genai-training", "answer": "no"}
{"member_id": "ben", "purpose": "ai-research", "answer": "no", "scope": "purpose"}
"""
CHOICE_FILES = st.sampled_from(
    [
        "member_id,purpose,answer\nana,genai-training,no\nben,ai-research,yes\n",
        ALL_COLUMNS,
        CHOICE_LINES,
    ]
)
NO_FILES = CHOICE_FILES.map(lambda text: text.replace("yes", "no"))


def read_from(content: bytes, name: str, read: Callable[[Path], object]) -> object:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return ours_or_fine(lambda: read(path))


def test_a_column_that_stands_twice_is_no_choice(tmp_path: Path) -> None:
    path = tmp_path / "choices.csv"
    path.write_text("member_id,purpose,answer,answer\nana,genai-training,no,yes\n")

    with pytest.raises(BadInput, match="'answer' stands there twice"):
        list(read_choices(path, NOW))


def test_a_file_that_is_no_text_at_its_end_is_refused_before_its_first_row(tmp_path: Path) -> None:
    path = tmp_path / "choices.csv"
    path.write_bytes(b"member_id,purpose,answer\n" + b"ana,genai-training,no\n" * 9000 + b"\xff")

    with pytest.raises(BadInput, match="not UTF-8"):
        next(read_choices(path, NOW))


def choices_in(path: Path) -> list[Choice]:
    return [each for each in read_choices(path, NOW) if isinstance(each, Choice)]


@MANY
@given(text=broken(CHOICE_FILES), encoding=ENCODINGS)
@example(
    text='{"member_id": "\\ud800", "purpose": "genai-training", "answer": "no"}', encoding="utf-8"
)
@example(text="member_id,purpose,answer\nan\x00a,genai-training,no\n", encoding="utf-8")
def test_a_broken_file_of_choices_is_told_line_by_line(text: str, encoding: str) -> None:
    found = read_from(as_bytes(text, encoding), "choices", choices_in)

    for choice in found if isinstance(found, list) else []:
        event = choice_event(choice)
        assert canonical(dict(event.body))
        assert choice.event_id.isprintable()
        assert choice.member_id.isprintable()
        assert len(choice.event_id) <= 200


@MANY
@given(text=broken(NO_FILES), encoding=ENCODINGS)
def test_no_damage_makes_a_yes_of_a_file_of_noes(text: str, encoding: str) -> None:
    """Unless somebody wrote the very word into it."""
    found = read_from(as_bytes(text, encoding), "choices", choices_in)

    if "yes" not in text.casefold() and "true" not in text:
        choices = found if isinstance(found, list) else []
        assert all(each.answer is Answer.NO for each in choices)


@MANY
@given(content=st.binary(max_size=400))
def test_bytes_that_are_no_file_of_choices_are_refused(content: bytes) -> None:
    assert not read_from(content, "choices", choices_in)


# -- files of members


MEMBER_LINES = """{"id": "ana", "name": "Ana Example", "region": "DE", "age_band": "minor"}
{"id": "ben", "profile": {"positions": [{"title": "x"}]}, "joined_at": "2026-05-03"}
"""
MEMBER_FILES = st.sampled_from(
    [
        "id,name,region,age_band,years\nana,Ana Example,DE,minor,12\nben,Ben Example,,,\n",
        MEMBER_LINES,
    ]
)


def members_in(path: Path) -> list[Account]:
    return [each for each in read_members(path, ReadingOptions()) if isinstance(each, Account)]


@MANY
@example(text="id,years\nana," + "9" * 5000 + "\n", encoding="utf-8", name="m.csv")
@given(text=broken(MEMBER_FILES), encoding=ENCODINGS, name=st.sampled_from(["m.csv", "m.jsonl"]))
def test_a_broken_file_of_members_makes_nobody_an_adult(
    text: str, encoding: str, name: str
) -> None:
    found = read_from(as_bytes(text, encoding), name, members_in)

    for account in found if isinstance(found, list) else []:
        assert account.member.age_band is not AgeBand.ADULT or "adult" in text.casefold()
        member = account.member
        shown = member.id + member.name + member.handle + member.pseudonym
        assert not any(unicodedata.category(each) in {"Cc", "Cs"} for each in shown)


# -- receipts and proofs


BOOKS = made_books()
RECORDED = BOOKS.ledger.record(
    choice_event(
        Choice(
            event_id="e-1",
            member_id=ANA,
            purpose=TRAIN,
            answer=Answer.NO,
            occurred_at=SPOKE,
            notice_id="n1",
        )
    ),
    SPOKE,
)
RECEIPT = canonical(
    receipt(
        RECORDED,
        controller=Controller(name="Fernhollow"),
        grounds=Grounds(region=Region("DE"), notice=FIRST_NOTICE),
        proof=LogProof(text=BOOKS.log.proof_text(RECORDED.leaf), vkey=BOOKS.log.vkey),
        history=BOOKS.ledger.history(ANA),
    )
).decode()
LEAF = BOOKS.log.entry(RECORDED.leaf).entry.decode()
HELD = st.sampled_from([RECEIPT, BOOKS.log.proof_text(RECORDED.leaf), BOOKS.log.checkpoint()])


def holds(text: str, leaf: str = LEAF) -> bool:
    try:
        check_file(text, Trust(BOOKS.log.vkey, leaf), {})
    except Failed:
        return False
    return True


@MANY
@given(text=broken(HELD), leaf=broken(st.just(LEAF)))
def test_a_broken_receipt_proof_or_checkpoint_fails_and_nothing_worse(text: str, leaf: str) -> None:
    holds(text, leaf)


@MANY
@given(text=broken(st.just(RECEIPT)))
@example(text=RECEIPT.replace("ConsentRefused", "ConsentGiven"))
@example(text=RECEIPT.replace('\\"no\\"', '\\"yes\\"'))
def test_no_damage_lets_a_receipt_of_a_no_hold_as_a_yes(text: str) -> None:
    if holds(text):
        told = json.loads(text)
        assert json.loads(told["proof"]["record"])["body"]["answer"] == "no"
        assert told["dpv:hasConsentStatus"][0]["@type"] in {
            *("dpv:ConsentRefused", "dpv:ConsentWithdrawn")
        }


@MANY
@given(text=st.text(max_size=300))
def test_what_is_no_proof_at_all_does_not_hold(text: str) -> None:
    assert not holds(text)


# -- a choice, however it is made


@MANY
@given(
    event_id=broken(st.just("5b3c5b0e-6f8a-4a3e-9d5c-111111111111")),
    member_id=broken(st.just("ana")),
    target=broken(st.just("d1")),
)
def test_a_choice_holds_only_what_can_be_written_down(
    event_id: str, member_id: str, target: str
) -> None:
    def made() -> Choice:
        return Choice(
            event_id=event_id,
            member_id=MemberId(member_id),
            purpose=TRAIN,
            answer=Answer.NO,
            occurred_at=SPOKE,
            scope=Scope.DOCUMENT,
            target=target,
        )

    choice = ours_or_fine(made)

    if isinstance(choice, Choice):
        assert (event_id + member_id + target).encode()
        assert "\x00" not in event_id + member_id + target

import re

from hypothesis import given
from hypothesis import strategies as st

from sayso.redact.draft import Draft, Part
from sayso.redact.glance import Listener
from sayso.redact.letters import Places, Together
from sayso.redact.redactor import FINDERS
from sayso.redact.scan import PLACEHOLDER, STAGES, Glance, Scan, Stage
from sayso.redact.sight import Sight

WORDS = ("born", "nac", "née", "роден", "id")
SETS = tuple(frozenset({word}) for word in WORDS)
LOOKED_FOR = [one for one in FINDERS if STAGES[one.kind] is Stage.NUMBERS]


def all_runs(sight: Sight) -> Places:
    return sight.runs


def all_numbers(sight: Sight) -> Places:
    return sight.numbers


LISTENER = Listener(SETS, [(all_runs, all_numbers)])
EVERYTHING = Listener(
    [words for one in LOOKED_FOR for words in one.heeds],
    [one.likely for one in LOOKED_FOR],
    [likely for one in LOOKED_FOR for likely in one.asks],
)
PIECES = st.sampled_from(
    (
        *("12 Long Lane", "Calle Mayor, nº 5", "s/n", "lives at", "Hope", "D.C. 20001", "SW1A 1AA"),
        *("rue de la", "10115", "Berlin", "PO Box 7", "corner of Hope and Main", "elm street"),
        *("GB82 WEST 1234 5698 7654 32", "4111 1111 1111 1111", "bic DEUTDEFF", "calle", "9"),
        *("192.168.10.12", "fe80::1ff:fe23:4567:890a", "aa:bb:cc:dd:ee:ff", "+1 (212) 555-0147"),
        *("call", "ssn 123-45-6789", "dni 12345678Z", "RSSMRA85T10A562S", "plate AB12 CDE", "x"),
        *("password=hunter2xyz!", "born 1.2.1980", "40.71280, -74.00600", "gps", "v1.2.3", "é"),
        *("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "<EMAIL_1>", "<PHONE_12345678>", "2012."),
        *("0x52908400098527886E0F7030069857D2E4169EE7", "eth", ",", ".", "\n", "#3", "Xcode 5.0"),
        *("8FVC9G8F+6XQ", "id", "AKIAIOSFODNN7EXAMPLQ", "24 mi", "3-4", "ß", "nº", "\u0663"),
    )
)
TEXTS = st.text(
    st.sampled_from("01 9.-/()\n_a\u00e9eBORNnab id\u0440\u043e\u0434\u0435\u043d\u0661\U0001f642"),
    max_size=40,
)


@given(st.lists(TEXTS, max_size=5))
def test_digits_seen_at_a_glance_are_those_a_scan_sees(texts: list[str]) -> None:
    for text, glance in zip(texts, LISTENER.glance(Together.of(texts)), strict=True):
        scan = Scan(text)

        assert glance.spans(all_runs) == scan.runs
        assert glance.spans(all_numbers) == scan.numbers


@given(st.lists(st.lists(PIECES, max_size=8).map(" ".join), min_size=1, max_size=3))
def test_who_looks_where_something_is_likely_finds_what_is_found_by_looking_everywhere(
    texts: list[str],
) -> None:
    drafts = [Draft(Part(text)) for text in texts]
    seen = [draft.seen.text for draft in drafts]
    taken = [[match.span() for match in PLACEHOLDER.finditer(text)] for text in seen]

    for text, spans, glance in zip(
        seen, taken, EVERYTHING.glance(Together.of(seen), taken), strict=True
    ):
        has_digits = any(map(str.isdigit, PLACEHOLDER.sub("<>", text)))
        for at, finder in enumerate(LOOKED_FOR):
            plain, quick = Scan(text, taken=spans), Scan(text, taken=spans)
            quick.know(glance)
            found = [*finder.find(plain)]
            assert found == [*finder.find(quick)]
            is_asked = quick.asked & 1 << at or any(need in text for need in finder.needs)
            assert is_asked or not found or not has_digits


@given(st.lists(st.one_of(TEXTS, st.sampled_from(WORDS)), max_size=6).map(" ".join))
def test_a_word_that_stands_in_a_text_is_heard(text: str) -> None:
    (glance,) = LISTENER.glance(Together.of([text]))

    standing = {word for word in re.findall(r"\w+", text.lower()) if word in WORDS}
    scan = Scan(text)
    scan.know(glance)
    assert all(scan.may_say(frozenset({word})) for word in standing)


def test_no_word_is_heard_in_another_text() -> None:
    glances = LISTENER.glance(Together.of(["I was born", "", "bo", "rn", "N\u00c9E"]))

    assert [heard(glance) for glance in glances] == [["born"], [], [], [], ["née"]]


def test_a_set_that_nobody_registered_may_always_be_there() -> None:
    (glance,) = LISTENER.glance(Together.of(["nothing"]))

    scan = Scan("nothing")
    assert scan.may_say(SETS[0])
    scan.know(glance)
    assert scan.may_say(frozenset({"unheard"}))
    assert not scan.may_say(SETS[0])


def heard(glance: Glance) -> list[str]:
    scan = Scan("")
    scan.know(glance)
    return [word for word in WORDS if scan.may_say(frozenset({word}))]

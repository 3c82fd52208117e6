import re

from hypothesis import given
from hypothesis import strategies as st

from sayso.redact.glance import Listener
from sayso.redact.scan import Glance, Scan

WORDS = ("born", "nac", "née", "роден", "id")
SETS = tuple(frozenset({word}) for word in WORDS)
LISTENER = Listener(SETS)
TEXTS = st.text(
    st.sampled_from("01 9.-/()\n_a\u00e9eBORNnab id\u0440\u043e\u0434\u0435\u043d\u0661\U0001f642"),
    max_size=40,
)


@given(st.lists(TEXTS, max_size=5))
def test_digits_seen_at_a_glance_are_those_a_scan_sees(texts: list[str]) -> None:
    for text, glance in zip(texts, LISTENER.glance(texts), strict=True):
        scan = Scan(text)

        assert glance.runs == scan.runs
        assert glance.numbers == scan.numbers


@given(st.lists(st.one_of(TEXTS, st.sampled_from(WORDS)), max_size=6).map(" ".join))
def test_a_word_that_stands_in_a_text_is_heard(text: str) -> None:
    (glance,) = LISTENER.glance([text])

    standing = {word for word in re.findall(r"\w+", text.lower()) if word in WORDS}
    scan = Scan(text)
    scan.know(glance)
    assert all(scan.may_say(frozenset({word})) for word in standing)


def test_no_word_is_heard_in_another_text() -> None:
    glances = LISTENER.glance(["I was born", "", "bo", "rn", "N\u00c9E"])

    assert [heard(glance) for glance in glances] == [["born"], [], [], [], ["née"]]


def test_a_set_that_nobody_registered_may_always_be_there() -> None:
    (glance,) = LISTENER.glance(["nothing"])

    scan = Scan("nothing")
    assert scan.may_say(SETS[0])
    scan.know(glance)
    assert scan.may_say(frozenset({"unheard"}))
    assert not scan.may_say(SETS[0])


def heard(glance: Glance) -> list[str]:
    scan = Scan("")
    scan.know(glance)
    return [word for word in WORDS if scan.may_say(frozenset({word}))]

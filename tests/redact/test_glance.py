import re

from hypothesis import given
from hypothesis import strategies as st

from sayso.redact.glance import Listener
from sayso.redact.scan import Scan

WORDS = ("born", "nac", "née", "роден", "id")
LISTENER = Listener(WORDS)
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
    assert glance.said is None or standing <= glance.said
    assert glance.said is None or glance.said <= set(WORDS)


def test_no_word_is_heard_in_another_text() -> None:
    assert [glance.said for glance in LISTENER.glance(["I was born", "", "bo", "rn"])] == [
        frozenset({"born"}),
        frozenset(),
        frozenset(),
        frozenset(),
    ]

"""What is counted in texts many at once is what a plain count of each says."""

import re

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.datasets.making.measures import measured
from sayso.datasets.similarity.shingles import SHINGLE, plain, small, tokens

TEXTS = st.lists(
    st.lists(st.sampled_from(["a", "B ", "one ", "#x ", "é", "日", "ไ", "𠀀", " \n", "\x1f"])).map(
        "".join
    ),
    min_size=1,
)
ALONE = re.compile("[日ไ𠀀]|[^\\s日ไ𠀀]+")


@settings(deadline=None)
@given(TEXTS)
def test_words_are_between_white_space_and_signs_of_scripts_without_it(texts: list[str]) -> None:
    (block,) = plain(pa.array(texts))
    begins, ends = tokens(small(block).data)
    words = [
        block.data[begin:end].tobytes().decode() for begin, end in zip(begins, ends, strict=True)
    ]

    assert words == [word for text in texts for word in ALONE.findall(text)]
    assert measured(block).words.tolist() == [len(ALONE.findall(text)) for text in texts]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(["no", "No", "yes", "日"]), max_size=60), min_size=1))
def test_a_run_of_words_is_repeated_if_it_came_before_in_the_same_text(
    texts: list[list[str]],
) -> None:
    (block,) = plain(pa.array([" ".join(words) for words in texts]))
    found = measured(block)
    for at, words in enumerate(texts):
        lowered = [word.lower() for word in words]
        runs = [tuple(lowered[of : of + SHINGLE]) for of in range(max(len(words) - 4, 1))]

        assert found.repeated[at] == len(runs) - len(set(runs))
        assert found.shingles[at] == (len(runs) if words else 0)


def test_hashes_that_lie_over_one_another_are_all_counted() -> None:
    words = [str(number % 20_000) for number in range(30_000)]
    (block,) = plain(pa.array([" ".join(words)]))

    assert measured(block).repeated.tolist() == [10_000 - SHINGLE + 1]

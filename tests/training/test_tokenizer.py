from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import NotFound, Tampered
from sayso.training.recipes import TINY
from sayso.training.tokenizer import END, Tokenizer, load_tokenizer, tokenizer
from small_dataset import new_store


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    return tokenizer(new_store(tmp_path_factory.mktemp("made")), TINY.vocabulary)


@settings(deadline=None)
@given(text=st.text())
def test_any_text_comes_back_as_it_was(made: Tokenizer, text: str) -> None:
    assert made.decode(made.encode(text)) == text


@settings(deadline=None)
@given(text=st.text())
def test_tokens_stand_for_exactly_the_bytes_of_the_text(made: Tokenizer, text: str) -> None:
    lengths = made.byte_lengths()

    assert sum(lengths[number] for number in made.encode(text)) == len(text.encode())


def test_a_member_who_writes_the_end_mark_ends_nothing(made: Tokenizer) -> None:
    numbers = made.encode(f"before {END} after")

    assert made.end not in numbers
    assert made.decode(numbers) == f"before {END} after"


def test_it_has_the_size_that_the_recipe_says(made: Tokenizer) -> None:
    assert made.size == TINY.vocabulary


def test_making_it_twice_gives_the_same_bytes(made: Tokenizer, tmp_path: Path) -> None:
    assert tokenizer(tmp_path, TINY.vocabulary).digest == made.digest


def test_a_changed_file_is_refused_by_name(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    path = next((store / "tokenizers").glob("*.json"))
    path.write_text(path.read_text().replace("the", "teh", 1))

    with pytest.raises(Tampered, match=path.name):
        tokenizer(store, TINY.vocabulary)


def test_an_unknown_digest_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no tokenizer abc"):
        load_tokenizer(tmp_path, "abc")

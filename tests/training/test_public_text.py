"""Bases for the small decoder, of text that no member wrote."""

from pathlib import Path

import pytest

from sayso.errors import BadInput
from sayso.training.bases import DECODER, FOLDER, Base, starting_from
from sayso.training.environment import describe
from sayso.training.public_text import Work, in_a_process, make, text_files
from sayso.training.recipes import TINY
from small_dataset import new_store, rows, sealed, trained, writings

_SAID = "The ferry leaves at nine.\n\nIt comes back at five, with half the town on it. "


def _texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "more").mkdir(parents=True)
    for number in range(9):
        (folder / f"{number}.txt").write_text(f"{_SAID * 4}Page {number}.")
    (folder / "more" / "read.md").write_text("# A heading\n\nAnd a paragraph below it.")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def _work(store: Path, *places: Path) -> Work:
    return Work(
        store=store,
        recipe=TINY,
        environment=describe(),
        files=text_files(places),
        name="texts",
        made_of="sentences about a ferry",
    )


class _Stopped(Exception):
    pass


def test_the_same_text_gives_the_same_base_here_and_in_a_process_of_its_own(
    tmp_path: Path,
) -> None:
    folder = _texts(tmp_path)
    told: list[float] = []

    here = make(_work(new_store(tmp_path, "here"), folder))
    there = in_a_process(_work(new_store(tmp_path, "there"), folder), told.append)

    assert here == there
    assert (here.architecture, here.made_of) == (DECODER, "sentences about a ferry")
    assert all(0 <= share <= 1 for share in told)
    assert not list((tmp_path / "here" / "store" / FOLDER).glob(".*"))


def test_a_base_that_was_stopped_half_way_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    folder = _texts(tmp_path)
    store = new_store(tmp_path, "stopped")
    later: list[float] = []

    def stop(share: float) -> None:
        if share > 0.5:
            raise _Stopped

    with pytest.raises(_Stopped):
        make(_work(store, folder), stop)
    base = make(_work(store, folder), later.append)

    assert min(later) >= 0.5
    assert base == make(_work(new_store(tmp_path, "whole"), folder))


def test_shards_that_start_from_it_learn_on_in_all_their_weights(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    base = make(_work(store, _texts(tmp_path)))
    dataset = sealed(store, rows(writings([f"m{number}" for number in range(12)])))

    model = trained(store, dataset, starting_from(TINY, base))

    assert model.tokenizer_digest == base.tokenizer
    assert model.environment.packages == {}
    assert model.model_id != trained(store, dataset).model_id
    assert trained(store, dataset, starting_from(TINY, base)).report.slices_learnt == 0


def test_another_text_is_another_base(tmp_path: Path) -> None:
    store, folder = new_store(tmp_path), _texts(tmp_path)
    first: Base = make(_work(store, folder))
    (folder / "0.txt").write_text("Another first page.")

    assert make(_work(store, folder)).digest != first.digest


def test_what_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "latin.txt").write_bytes("caf\u00e9".encode("latin-1"))
    (tmp_path / "folder").mkdir()

    with pytest.raises(BadInput, match="no file or folder"):
        text_files([tmp_path / "nowhere"])
    with pytest.raises(BadInput, match=r"No text file lies in .*folder"):
        text_files([tmp_path / "folder"])
    with pytest.raises(BadInput, match="hold no text"):
        make(_work(store, tmp_path / "empty.txt"))
    with pytest.raises(BadInput, match=r"latin\.txt is not text in UTF-8 \(byte 3\)"):
        in_a_process(_work(store, tmp_path / "latin.txt"))
    assert not list((store / FOLDER).glob("[!.]*"))

"""The card says what the manifest says."""

from pathlib import Path

from sayso.consent.choices import Answer
from sayso.datasets.card import card
from sealing import built
from town import Town


def test_a_card_names_what_is_in_and_what_is_not(tmp_path: Path) -> None:
    town = Town()
    town.writes(town.settle("ana"), "Ask me at ana@example.org about bridges.")
    town.writes(town.settle("ben", Answer.NO), "Words that nobody may use.")
    sealed = built(tmp_path, town)

    text = card(sealed.manifest)

    assert "Words of 1 members" in text
    assert "1 are in and 1 were left out" in text
    assert "| email | 1 |" in text
    assert sealed.dataset_id in text
    assert "ana" not in text

from pathlib import Path

import pytest

from harbour import small_home
from sayso.errors import Refused
from sayso.jobs.turn import turn


def test_only_one_heavy_act_runs_in_a_home_and_the_next_may_when_it_ends(tmp_path: Path) -> None:
    settings = small_home(tmp_path / "harbour")

    with (
        turn(settings, "building a dataset"),
        pytest.raises(Refused) as refused,
        turn(settings, "forgetting"),
    ):
        pass

    assert "building a dataset" in refused.value.message
    with turn(settings, "forgetting"):
        pass


def test_a_turn_is_given_back_when_the_act_fails(tmp_path: Path) -> None:
    settings = small_home(tmp_path / "harbour")

    with pytest.raises(ZeroDivisionError), turn(settings, "dividing"):
        _ = 1 / 0
    with turn(settings, "forgetting"):
        pass

from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

import pytest

from sayso.errors import BadInput, NotHere
from sayso.evidence.canonical import digest
from sayso.training.environment import Mode, child_variables, describe, processor_type


def test_native_names_the_processor_and_portable_names_none() -> None:
    native, portable = describe("native"), describe("portable")

    assert native.processor == processor_type()
    assert portable.processor == "any"
    assert native.digest != portable.digest
    assert native.digest == describe(Mode.NATIVE).digest


@pytest.mark.parametrize("change", [{"torch": "0"}, {"processor": "x"}, {"threads": 2}])
def test_whatever_may_change_a_bit_changes_the_digest(change: dict[str, object]) -> None:
    here = describe()

    assert replace(here, **change).digest != here.digest  # type: ignore[arg-type]


def test_a_shards_process_inherits_nothing_that_steers_torch() -> None:
    inherited = {"PATH": "/bin", "MKL_CBWR": "AVX512", "OMP_NUM_THREADS": "8", "TORCH_X": "1"}

    native = child_variables(describe("native"), inherited)
    portable = child_variables(describe("portable"), inherited)

    assert native == {"PATH": "/bin", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    assert portable["MKL_CBWR"] == "COMPATIBLE"
    assert portable["ATEN_CPU_CAPABILITY"] == "avx2"


def test_two_processors_of_one_model_with_other_abilities_are_two_types(tmp_path: Path) -> None:
    told = "model name : Some processor\nflags : fma avx2\ncpu MHz : {}\n\nmodel name : second"
    for name, text in {
        "one": told.format(2000),
        "slower": told.format(1000),
        "other": told.format(2000).replace("avx2", "avx512f"),
    }.items():
        (tmp_path / name).write_text(text)

    assert processor_type(tmp_path / "one") == processor_type(tmp_path / "slower")
    assert processor_type(tmp_path / "one") != processor_type(tmp_path / "other")
    assert processor_type(tmp_path / "nothing there")


def test_an_unknown_mode_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match="no training environment 'fast'") as refused:
        describe("fast")

    assert "native or portable" in refused.value.hint


def test_packages_that_compute_are_part_of_an_environment_where_a_recipe_needs_them() -> None:
    bare, told = describe(), describe(packages=("numpy",))

    assert told.packages == {"numpy": version("numpy")}
    assert told.digest != bare.digest
    assert told.digest != replace(told, packages={"numpy": "0"}).digest


def test_an_environment_without_packages_is_named_as_before_there_was_the_choice() -> None:
    bare = describe()
    said = {name: value for name, value in asdict(bare).items() if name != "packages"}

    assert bare.digest == digest(said)


def test_a_package_that_is_not_there_is_named_with_the_mend() -> None:
    with pytest.raises(NotHere, match="no-such-package, which is not installed") as refused:
        describe(packages=("no-such-package",))

    assert "pip install" in refused.value.hint

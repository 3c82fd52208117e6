"""Six stories of the village, told through the command line as its people would live them."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from sayso.audit import offline_verifier
from terminal import alone, must

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Newcomer:
    """A member who joined the finished village, said yes, and was learnt from."""

    home: Path
    id: str
    dataset: str
    model: str


NAME = "m9001"
SENTENCE = "Anyone who repairs harmoniums in winter should warm the bellows for nine minutes first."


@pytest.fixture(scope="module")
def newcomer(finished_village: Path, tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    """She joins, is told, says yes; the village builds and trains again."""
    base = tmp_path_factory.mktemp("journey")
    home = Path(shutil.copytree(finished_village, base / "village"))
    post = {
        "id": f"{NAME}/1",
        "member_id": NAME,
        "author_name": "Wilhelmina Harmon",
        "text": SENTENCE,
        "date": "2026-01-02",
        "lang": "en",
        "visibility": "public",
    }
    file = base / "joined.jsonl"
    file.write_text(json.dumps(post) + "\n", encoding="utf-8")
    attested = ("--set", "region=DE", "--set", "age_band=adult")
    assert "new 1" in must("import", "jsonl", file, *attested, home=home)
    must("notice", "deliver", home=home)
    must("choose", NAME, "genai-training", "yes", home=home)
    dataset = must("build", home=home).split()[1]
    model = must("train", dataset, "--size", "tiny", home=home).split()[1]
    return Newcomer(home, NAME, dataset, model)


def test_1_she_joins_says_yes_and_is_used(newcomer: Newcomer) -> None:
    explained = must("explain", f"{newcomer.id}/1", home=newcomer.home)

    assert "may be used" in explained
    manifest = json.loads(must("datasets", "show", newcomer.dataset, home=newcomer.home))
    assert manifest["rows"] > 0
    assert f"{newcomer.dataset} holds" in must("verify", newcomer.dataset, home=newcomer.home)
    models = json.loads(must("models", "list", "--json", home=newcomer.home))
    assert [each["id"] for each in models if each["state"] == "in_use"] == [newcomer.model]


def test_2_whoever_writes_her_words_credits_her(newcomer: Newcomer) -> None:
    given = json.loads(
        must(
            *("suggest", "post", "--member", "m0001", "--json"),
            *("--text", "Who knows how to repair harmoniums in winter and warm the bellows?"),
            home=newcomer.home,
        )
    )

    assert given["variants"]
    held_out = json.loads(must("datasets", "show", newcomer.dataset, home=newcomer.home))
    credited = {credit["member_id"] for credit in given["credits"]}
    assert newcomer.id in credited or held_out["held_out_rows"], given["credits"]


def test_3_she_takes_a_copy_with_everything_in_it(newcomer: Newcomer, tmp_path: Path) -> None:
    to = tmp_path / "copy.zip"

    must("copy", newcomer.id, to, home=newcomer.home)

    with zipfile.ZipFile(to) as archive:
        assert archive.testzip() is None
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert SENTENCE in whole
    assert newcomer.dataset in whole


def test_4_she_says_no_and_is_out_of_service_at_once(newcomer: Newcomer) -> None:
    said = json.loads(
        must("choose", newcomer.id, "genai-training", "no", "--json", home=newcomer.home)
    )

    withdrawal = said["withdrawal"]
    assert withdrawal["contained_at"] == withdrawal["acknowledged_at"]
    assert "may not be used" in must("explain", f"{newcomer.id}/1", home=newcomer.home)
    assert json.loads(must("status", "--json", home=newcomer.home))["pending"]
    given = json.loads(
        must(
            *("suggest", "post", "--member", "m0001", "--json"),
            *("--text", "Who knows how to repair harmoniums in winter and warm the bellows?"),
            home=newcomer.home,
        )
    )
    assert newcomer.id not in json.dumps(given)
    assert "harmoniums in winter should warm" not in json.dumps(given)


def test_5_she_is_forgotten_and_the_certificate_is_checked_by_learning_again(
    newcomer: Newcomer,
) -> None:
    issued = must("forget", home=newcomer.home)

    certificate = issued.split()[1]
    assert newcomer.id in issued
    assert "every part is equal" in must("verify", certificate, home=newcomer.home)
    assert "The log holds" in must("verify", "LOG", home=newcomer.home)
    assert "Nothing waits" in must("forget", home=newcomer.home)
    assert not json.loads(must("status", "--json", home=newcomer.home))["pending"]


def test_6_the_certificate_in_her_copy_is_checked_without_sayso(
    newcomer: Newcomer, tmp_path: Path
) -> None:
    must("copy", newcomer.id, tmp_path / "copy.zip", home=newcomer.home)
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        archive.extractall(tmp_path / "copy")
    [certificate] = (tmp_path / "copy" / "certificates").glob("*.json")
    alone = tmp_path / "verifier.py"
    alone.write_bytes(Path(offline_verifier.__file__).read_bytes())

    checked = subprocess.run(
        [sys.executable, "-I", str(alone), str(certificate)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr
    certificate.write_text(certificate.read_text().replace('"rows": 1', '"rows": 0'))
    again = subprocess.run(
        [sys.executable, "-I", str(alone), str(certificate)], capture_output=True, check=False
    )
    assert again.returncode == 1


def test_the_demo_ends_by_itself_and_twice_in_a_row_changes_nothing(tmp_path: Path) -> None:
    demo = ("demo", "--no-serve", "--members", "40", "--home", "village")

    first = alone(*demo, cwd=tmp_path)
    second = alone(*demo, cwd=tmp_path)

    assert first.code == 0, first.err
    assert second.code == 0, second.err
    assert "Six things to try" in first.out
    certificate = re.compile(r"verify --home village (\w{12})")
    assert certificate.findall(first.out) == certificate.findall(second.out) != []
    assert "Going on with the village" in second.out

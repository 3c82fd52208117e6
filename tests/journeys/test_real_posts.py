"""The README's second section, command by command, on real public-domain posts."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from sayso.writing.suggest import SuggestionKind
from terminal import must, sayso

pytestmark = pytest.mark.journey

POSTS = Path(__file__).parents[3] / "shared" / "data" / "posts" / "posts.jsonl"
READ = 600
YES_OUT_OF_TEN = 8


def test_the_whole_circle_on_real_posts(tmp_path: Path) -> None:
    if not POSTS.is_file():
        pytest.skip(f"there are no posts beside the repository ({POSTS.name})")
    with POSTS.open(encoding="utf-8") as file:
        lines = [line for _, line in zip(range(READ), file, strict=False)]
    (tmp_path / "posts.jsonl").write_text("".join(lines), encoding="utf-8")
    home = tmp_path / "posts"

    must("init", "posts", cwd=tmp_path)
    read = must(
        *("import", "jsonl", tmp_path / "posts.jsonl"),
        *("--set", "region=US", "--set", "age_band=adult"),
        home=home,
    )
    assert f"read {READ} /" in read
    must("notice", "publish", home=home)
    must("notice", "deliver", home=home)
    members = [each["id"] for each in json.loads(must("members", "list", "--json", home=home))]
    willing = write_choices(tmp_path / "choices.csv", members)
    recorded = must("choices", "import", tmp_path / "choices.csv", home=home)
    assert f"recorded {len(members)} /" in recorded

    dataset = must("build", home=home).split()[1]
    assert must("build", home=home).split()[1] == dataset, "building twice is building once"
    manifest = json.loads(must("datasets", "show", dataset, home=home))
    assert manifest["rows"] > READ // 4
    assert manifest["redactions"]
    model = must("train", dataset, "--size", "tiny", home=home).split()[1]

    ana = most_used(home, willing)
    every_kind_is_offered(home, ana)

    said = json.loads(must("choose", ana, "genai-training", "no", "--json", home=home))
    assert said["withdrawal"]["contained_at"] == said["withdrawal"]["acknowledged_at"]
    issued = must("forget", home=home)
    certificate = issued.split()[1]
    assert ana in issued
    assert f"{model[:12]} gave way to" in issued
    assert "every part is equal" in must("verify", certificate, home=home)
    assert "The log holds" in must("verify", "LOG", home=home)
    assert sayso("verify", dataset, home=home).code == 1, "its texts are gone with it"
    again = must("build", home=home).split()[1]
    assert ana not in members_of(home, again, tmp_path / "rows.jsonl")


def write_choices(path: Path, members: list[str]) -> list[str]:
    """Of ten members eight say yes and two say no; return those who said yes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("member_id", "purpose", "answer"))
        for number, member in enumerate(members):
            answer = "yes" if number % 10 < YES_OUT_OF_TEN else "no"
            rows.writerow((member, "genai-training", answer))
    return [member for n, member in enumerate(members) if n % 10 < YES_OUT_OF_TEN]


def most_used(home: Path, willing: list[str]) -> str:
    """Return a willing member who is in the model: the first with a receipt of being served."""
    for member in willing:
        found = must("choices", "show", member, home=home)
        if "answer=yes" in found and is_served(home, member):
            return member
    raise AssertionError("nobody who said yes is in the model")


def is_served(home: Path, member: str) -> bool:
    to = home / f"{member.replace('/', '-')}.zip"

    must("copy", member, to, home=home)
    with zipfile.ZipFile(to) as archive:
        used = json.loads(archive.read("used.json"))
    to.unlink()
    return any(each["serving"] and each["shard"] >= 0 for each in used["documents"])


def every_kind_is_offered(home: Path, member: str) -> None:
    for kind in SuggestionKind:
        given = json.loads(
            must(
                *("suggest", kind, "--member", member, "--json"),
                *("--text", "Last week the General Services"),
                home=home,
            )
        )
        assert given["variants"] or given["questions"], f"{kind} has nothing to say"


def members_of(home: Path, dataset: str, to: Path) -> set[str]:
    must("datasets", "export", dataset, to, "--format", "jsonl", home=home)
    lines = to.read_text(encoding="utf-8").splitlines()
    return {member for line in lines for member in json.loads(line)["members"]}

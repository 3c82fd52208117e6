"""The tables [sources.NAME] of sayso.toml, and the variables that outrank them."""

from dataclasses import fields
from pathlib import Path

import pytest

from sayso.errors import BadInput
from sayso.settings import FILE_NAME, Database, Settings, load_settings
from sayso.sources.readers import READERS
from sayso.sources.sql.statement import statement


def loaded(home: Path, table: str, **environ: str) -> Settings:
    (home / FILE_NAME).write_text(table, encoding="utf-8")
    return load_settings(home, environ)


def test_a_table_names_queries_and_what_is_attested(tmp_path: Path) -> None:
    table = """
        [sources.old-forum]
        url = "sqlite:///data/forum.db?timeout=5"
        documents = "select 1 as id"
        every = "10m"
        overlap = "2h"
        prefix = ""
        [sources.old-forum.attested]
        region = "US"
    """

    found = loaded(tmp_path, table).sources["old-forum"]

    assert found.url == f"sqlite:///{tmp_path}/data/forum.db?timeout=5"
    assert (found.every_s, found.overlap_s, found.prefix) == (600, 7200, "")
    assert found.attested == {"region": "US"}
    assert loaded(tmp_path, "").sources == {}


def test_a_variable_outranks_the_file_and_may_stand_alone(tmp_path: Path) -> None:
    table = "[sources.old-forum]\ndocuments = 'select 1 as id'"

    settings = loaded(tmp_path, table, SAYSO_SOURCES_OLD_FORUM_URL="sqlite:////there/forum.db")

    assert settings.sources["old-forum"].url == "sqlite:////there/forum.db"
    assert settings.sources["old-forum"].prefix is None
    assert "there" not in repr(settings)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("sources = 3", "sources"),
        ("[sources.All]", "[sources.All]"),
        ("[sources.all]", "[sources.all]"),
        ("[sources]\nforum = 3", "[sources.forum]"),
        ("[sources.forum]\nurll = 'x'", "'urll'"),
        ("[sources.forum]\nids = 3", "'ids'"),
        ("[sources.forum]\nevery = 'often'", "'often'"),
        ("[sources.forum]\noverlap = '10'", "'10'"),
        ("[sources.forum]\nattested = 'US'", "attested"),
        ("[sources.forum.attested]\nregion = 3", "attested"),
    ],
)
def test_what_is_no_such_table_is_named(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(BadInput) as refusal:
        loaded(tmp_path, table)

    assert FILE_NAME in refusal.value.message
    assert said in refusal.value.message
    assert refusal.value.hint


def test_the_example_in_the_docs_is_a_table_whose_queries_may_be_asked(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    lines = page.partition("## sql")[2].splitlines()
    example = "\n".join(line[4:] for line in lines if line.startswith("    "))

    forum = loaded(tmp_path, example).sources["forum"]

    for query in (forum.members, forum.documents, forum.ids):
        assert statement("the docs", query).pieces
    assert (forum.every_s, forum.overlap_s, len(forum.attested)) == (600, 600, 1)


def test_every_setting_of_a_table_is_in_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")

    assert [each.name for each in fields(Database) if f"`{each.name}`" not in page] == []


def test_every_reader_has_a_heading_in_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")

    assert [each.name for each in READERS if f"\n## {each.name}\n" not in page] == []

"""The tables [sources.NAME] of sayso.toml, and the variables that outrank them."""

from pathlib import Path

import pytest

from sayso.errors import BadInput
from sayso.settings import FILE_NAME, Settings, load_settings


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

"""The whole circle with PostgreSQL behind the protocols."""

from pathlib import Path

import pytest

from postgres import postgres_url
from sayso.jobs.circle import complete_circle
from sayso.jobs.suggest import Assistant
from sayso.jobs.verify import verify
from sayso.settings import FILE_NAME, load_settings
from sayso.wiring import make_home, open_network
from sayso.writing.suggest import SuggestionKind

__all__ = ["postgres_url"]


@pytest.mark.journey
def test_the_village_lives_on_postgresql_too(postgres_url: str, tmp_path: Path) -> None:
    home = make_home(tmp_path / "village", "Fernhollow", demo=True).home
    with (home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(f'database = "{postgres_url}"\n')
    network = open_network(load_settings(home, {}))
    try:
        circle = complete_circle(network, members=20, size="tiny")
        with network.reading() as stores:
            member = next(iter(stores.community.members()))
        suggested = Assistant(network).suggest(member.id, SuggestionKind.HEADLINE)

        assert suggested.variants
        assert "signed checkpoints agree" in " ".join(verify(network, "LOG").sentences)
        assert "equal" in " ".join(verify(network, circle.certificate_id).sentences)
        assert not (home / "sayso.db").exists()
    finally:
        network.close()

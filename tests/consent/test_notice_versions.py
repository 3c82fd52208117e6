"""Which notice is in force, and what publishing means."""

from dataclasses import replace

import pytest

from fakes.consent import ANA, DAY, DRAFT, FIRST_NOTICE, NOW, SPOKE, TOLD, TRAIN, amended
from sayso.community import Category, Region
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.naming import naming_its_notice
from sayso.consent.notices import (
    Notice,
    digest_of,
    in_force,
    publish,
)
from sayso.errors import BadInput, Conflict

US, DE = Region("US"), Region("DE")


def _in_force(*notices: Notice, region: Region = US) -> str | None:
    found = in_force(notices, region, TRAIN, Category.CONTENT, NOW)
    return found.id if found else None


def test_the_newest_that_took_effect_is_in_force() -> None:
    later = amended(NOW - DAY)
    coming = publish(replace(DRAFT, id="n3"), NOW - DAY, effective_at=NOW + DAY)

    assert _in_force(FIRST_NOTICE, later, coming) == "n2"


def test_a_draft_is_never_in_force() -> None:
    assert _in_force(DRAFT) is None


def test_a_notice_speaks_only_to_its_regions() -> None:
    german = replace(amended(SPOKE), regions=(DE,))

    assert _in_force(FIRST_NOTICE, german, region=DE) == "n2"
    assert _in_force(FIRST_NOTICE, german) == "n1"


def test_publishing_seals_what_is_said() -> None:
    published = publish(DRAFT, TOLD)

    assert (published.published_at, published.effective_at) == (TOLD, TOLD)
    assert published.digest == digest_of(DRAFT) != digest_of(replace(DRAFT, text="Other."))


def test_a_notice_cannot_be_dated_back_nor_published_twice() -> None:
    with pytest.raises(BadInput):
        publish(DRAFT, TOLD, effective_at=TOLD - DAY)
    with pytest.raises(Conflict):
        publish(FIRST_NOTICE, SPOKE)


@pytest.mark.parametrize("change", [{"text": " "}, {"purposes": ()}, {"categories": ()}])
def test_a_notice_that_tells_nothing_is_not_published(change: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        publish(replace(DRAFT, **change), TOLD)  # type: ignore[arg-type]


def test_a_choice_names_the_notice_its_maker_could_read() -> None:
    choice = Choice(
        event_id="e", member_id=ANA, purpose=TRAIN, answer=Answer.YES, occurred_at=SPOKE
    )
    german = replace(amended(SPOKE - DAY), regions=(DE,), categories=(Category.PROFILE,))
    notices = [FIRST_NOTICE, german]
    content = replace(choice, scope=Scope.CATEGORY, target=str(Category.CONTENT))

    assert naming_its_notice(choice, US, notices, SPOKE).notice_id == "n1"
    assert naming_its_notice(choice, DE, notices, SPOKE).notice_id == "n2"
    assert naming_its_notice(content, DE, notices, SPOKE).notice_id == "n1"
    assert naming_its_notice(choice, US, notices, TOLD - DAY).notice_id == ""
    assert naming_its_notice(replace(choice, notice_id="x"), US, notices, SPOKE).notice_id == "x"

from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.community import DocumentId, MemberId, Standing
from sayso.wiring import Network
from visitors import Visitor

Visit = Callable[..., Visitor]


def test_a_private_text_is_its_authors_alone(visit: Visit) -> None:
    assert visit("ana").get("/documents/ana-secret").status_code == 200
    for reader in (visit("ben"), visit()):
        gone = reader.get("/documents/ana-secret")
        assert gone.status_code == 404
        assert "secret words" not in gone.text
        assert "secret words" not in reader.get("/members/ana").text
        assert "secret words" not in reader.get("/").text


def test_markup_in_a_text_is_shown_and_never_obeyed(visit: Visit) -> None:
    page = visit().get("/documents/ana-public").text

    assert "&lt;b&gt;as typed&lt;/b&gt;" in page


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.DELETED])
def test_a_closed_account_has_no_page(visit: Visit, hamlet: Network, standing: Standing) -> None:
    with hamlet.writing() as stores:
        ana = stores.community.member(MemberId("ana"))
        assert ana is not None
        stores.community.save_member(replace(ana, standing=standing))

    assert visit().get("/members/ana").status_code == 404
    assert visit().get("/documents/ana-public").status_code == 404
    assert "words of ana" not in visit().get("/").text


def test_only_the_author_sees_what_ai_may_do_with_a_text(visit: Visit) -> None:
    assert "May AI learn from this text?" in visit("ana").get("/documents/ana-public").text
    assert "May AI learn from this text?" not in visit("ben").get("/documents/ana-public").text


def test_another_members_profile_cannot_be_edited(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")

    assert ana.get("/members/ben/edit").status_code == 403
    assert ana.post("/members/ben/edit", act="save", role="Fool").status_code == 403
    with hamlet.reading() as stores:
        ben = stores.community.member(MemberId("ben"))
    assert ben is not None
    assert ben.profile.role == "Engineer"


def test_an_own_profile_is_saved_as_typed(visit: Visit, hamlet: Network) -> None:
    visit("ana").post(
        "/members/ana/edit",
        act="save",
        role=" Bridge\nbuilder ",
        skills="wood, steel,, wood",
        years="11",
        about="I build.",
    )

    with hamlet.reading() as stores:
        ana = stores.community.member(MemberId("ana"))
    assert ana is not None
    assert ana.profile.role == "Bridge builder"
    assert ana.profile.skills == ("wood", "steel")
    assert ana.profile.years == 11
    assert ana.profile.organisation == ""


def test_a_text_names_its_language(visit: Visit, hamlet: Network) -> None:
    with hamlet.writing() as stores:
        document = stores.community.document(DocumentId("ana-public"))
        assert document is not None
        stores.community.save_document(replace(document, language="de"))

    for path in ("/", "/documents/ana-public", "/members/ana"):
        assert 'lang="de">These are the public words of ana' in visit().get(path).text

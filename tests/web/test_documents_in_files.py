"""A text that lies in a file has its page like any other."""

from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

from filed import every_document, lay_down, with_documents
from sayso.community import DocumentId
from sayso.web.app import make_app
from sayso.wiring import Network


def test_a_document_in_a_file_is_shown_at_its_address(hamlet: Network, tmp_path: Path) -> None:
    some = every_document(hamlet)[0]
    filed = replace(some, id=DocumentId("filed/1"), text="Seventeen brass lanterns by the ferry.")
    network = with_documents(hamlet, lay_down(tmp_path / "files", [filed]))

    with TestClient(make_app(network)) as client:
        page = client.get("/documents/filed/1")
        missing = client.get("/documents/filed/2")

    assert page.status_code == 200
    assert filed.text in page.text
    assert missing.status_code == 404
    network.close()

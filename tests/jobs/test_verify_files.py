"""Files that members hold, checked by the network itself."""

import json
import zipfile
from pathlib import Path

import pytest

from harbour import says
from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.errors import BadInput, Tampered
from sayso.jobs.forget import forget_pending
from sayso.jobs.rights import copy_member
from sayso.jobs.verify import verify
from sayso.wiring import Network
from terminal import assert_one_clear_message, sayso


@pytest.fixture
def held(port: Network, tmp_path: Path) -> Path:
    """What ana holds after she was forgotten."""
    says(port, "ana", Answer.NO)
    forget_pending(port)
    copy_member(port, MemberId("ana"), tmp_path / "ana.zip")
    with zipfile.ZipFile(tmp_path / "ana.zip") as archive:
        archive.extractall(tmp_path / "ana")
    return tmp_path / "ana"


def test_receipts_and_certificates_hold_and_changed_ones_do_not(port: Network, held: Path) -> None:
    [certificate] = (held / "certificates").glob("*.json")
    first, second = sorted((held / "receipts").glob("*.json"))

    assert "every part is equal" in " ".join(verify(port, str(certificate)).sentences)
    assert "this network's log" in " ".join(verify(port, str(first)).sentences)

    second.write_text(second.read_text().replace("dpv:ConsentWithdrawn", "dpv:ConsentGiven"))
    with pytest.raises(Tampered):
        verify(port, str(second))
    body = json.loads(certificate.read_text())
    body["forgotten"][0]["rows"] += 1
    certificate.write_text(json.dumps(body))
    with pytest.raises(Tampered):
        verify(port, str(certificate))


def test_a_certificate_and_a_receipt_are_checked_where_there_is_no_home(
    held: Path, tmp_path: Path
) -> None:
    [certificate] = (held / "certificates").glob("*.json")
    receipt = min((held / "receipts").glob("*.json"))
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()

    for file in (certificate, receipt):
        ran = sayso("verify", file, "--home", nowhere)

        assert ran.code == 0, ran.err
        assert "signed by the log sayso.example.org/log" in ran.out
    certificate.write_text(certificate.read_text().replace("rows", "sows"))
    assert_one_clear_message(sayso("verify", certificate, "--home", nowhere), "does not hold")


def test_a_file_that_is_no_proof_is_not_believed(port: Network, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam", encoding="utf-8")
    (tmp_path / "list.json").write_text("[1, 2]", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")

    for name in ("letter.txt", "list.json"):
        with pytest.raises(Tampered):
            verify(port, str(tmp_path / name))
    with pytest.raises(BadInput):
        verify(port, str(tmp_path / "picture.png"))

import pickle

import pytest

from sayso.redact.members.directory import Directory
from sayso.redact.redactor import FINDERS, Redactor
from sayso.redact.scan import Kind, Surroundings

REDACTOR = Redactor(directory=Directory(["Ana Lopez", "José García Pérez", "Madonna", "王小明"]))


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("write to ana.lopez+x@mail.example.org.", "write to <EMAIL_1>."),
        ("(mailto:ana@example.org?subject=hi)", "(mailto:<EMAIL_1>?subject=hi)"),
        ("?to=ana@example.org&x=1", "?to=<EMAIL_1>&x=1"),
        ("ана@пример.рф пишет", "<EMAIL_1> пишет"),
        ("ana (at) example (dot) org", "<EMAIL_1>"),
        ("ana\u200b@exam\u00adple.org", "<EMAIL_1>"),
        ("ana\uff20example\uff0eorg", "<EMAIL_1>"),
        ("RT @ana_lopez: and .@bo", "RT <HANDLE_1>: and .<HANDLE_2>"),
        ("@ana@social.example says", "<HANDLE_1> says"),
        ("感谢@xiaoming", "感谢<HANDLE_1>"),
        ("call (202) 555-0143 x12 now", "call <PHONE_1> now"),
        ("(202-555-0143)", "(<PHONE_1>)"),
        ("TX 77388-5746 (202)555-0106;Fax", "TX 77388-5746 <PHONE_1>;Fax"),
        ("DC 20006 202-555-0142 202-555-0172", "DC 20006 <PHONE_1> <PHONE_2>"),
        ("+44 20 7946 0958 or 020 7946 0958", "<PHONE_1> or <PHONE_2>"),
        ("☎ 5550143", "☎ <PHONE_1>"),
        ("+\uff11 \uff12\uff10\uff12-555-0143", "<PHONE_1>"),
        ("pay 4111 1111 1111 1111, or 378282246310005", "pay <CARD_1>, or <CARD_2>"),
        ("IBAN GB33BUKB20201555555555 ok", "IBAN <IBAN_1> ok"),
        ("to DE89 3704 0044 0532 0130 00.", "to <IBAN_1>."),
        ("from 192.0.2.44:8080", "from <IP_1>:8080"),
        ("host 2001:db8::ff00:42:8329 up", "host <IP_1> up"),
        ("see https://www.linkedin.com/in/ana-lopez-1, yes", "see <URL_1>, yes"),
        ("(see github.com/ana/thing)", "(see <URL_1>)"),
        ("https://ana:secret@example.org/x", "<URL_1>"),
        ("https://example.org/~ana and /@ana", "<URL_1> and /<HANDLE_1>"),
        ("https://example.org/find?user=ana&x=1", "<URL_1>"),
        ("http://ana.tumblr.com/post/1", "<URL_1>"),
        ("Ana Lopez's plan", "<PERSON_1>'s plan"),
        ("LOPEZ, Ana and Lopez, Ana", "<PERSON_1> and <PERSON_1>"),
        (
            "ANA LOPEZ and José Pérez and Jose Garcia Perez",
            "<PERSON_1> and <PERSON_2> and <PERSON_3>",
        ),
        ("Ana\nLopez, Ana  Lopez", "<PERSON_1>, <PERSON_1>"),
        ("王小明说", "<PERSON_1>说"),
    ],
)
def test_personal_data_goes(text: str, redacted: str) -> None:
    assert REDACTOR.redact(text).text == redacted


@pytest.mark.parametrize(
    "text",
    [
        "user@host without a dot, foo@1.2.3 of npm, logo@2x.png, git@github.com:org/repo.git",
        '@Override @media print { } @app.route("/x") and @ 5 pm',
        "2010-2015, 2018-03-04, 03/04/2018, 1,234,567 and 3.14159265",
        "ISBN 978-3-16-148410-0, order no. 202-555-0143, $2025550143, #2025550143",
        "a bare 2025550143 says nothing, and v1.2.3.4 or version 10.20.30.40 neither",
        "127.0.0.1, 0.0.0.0 and 255.255.255.0; std::vector, a::b, 10:30:45",
        "4111 1111 1111 1112 has the wrong check digit; so has GB34BUKB20201555555555",
        "Madonna sang; Ana alone, Lopez alone, Banana Lopez, Ana Lopezes",
        "Bo Lopez, Ana Berg",
        "Ana\n\nLopez",
        "",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    redacted = REDACTOR.redact(text)

    assert redacted.text == text
    assert redacted.found == ()


def test_a_phone_without_its_country_is_read_by_language_or_region() -> None:
    text = "am Empfang 030 90182 0000"

    assert Redactor().redact(text).counts == {}
    assert Redactor().redact(text, Surroundings(language="de")).counts == {"phone": 1}
    assert Redactor().redact(text, Surroundings(region="DE")).counts == {"phone": 1}


def test_offsets_are_code_points_of_the_original_text() -> None:
    text = "\U0001f642\u200b e\u0301 ana\u200b@example.org"

    (found,) = REDACTOR.redact(text).found

    assert text[found.start : found.end] == "ana\u200b@example.org"
    assert found.kind is Kind.EMAIL
    assert found.finder == "email/2"


def test_overlapping_finds_go_together_under_the_longer_ones_name() -> None:
    redacted = REDACTOR.redact("https://example.org/users/x?e=ana@example.org now")

    assert redacted.text == "<URL_1> now"


def test_a_chain_of_glued_pieces_goes_without_end() -> None:
    redacted = REDACTOR.redact("ana@example.org" * 200 + " @a" + "@a" * 200)

    assert "example" not in redacted.text
    assert "@" not in redacted.text


def test_counts_say_how_many_of_each_kind() -> None:
    redacted = REDACTOR.redact("@ana and @bo and a@example.org")

    assert redacted.counts == {"email": 1, "handle": 2}


def test_a_redactor_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(REDACTOR))

    assert sent.digest == REDACTOR.digest
    assert sent.redact("Ana Lopez").text == "<PERSON_1>"


def test_every_kind_has_one_finder_in_the_visible_tuple() -> None:
    assert len({finder.kind for finder in FINDERS}) == len(FINDERS)
    assert all(finder.about.endswith(".") for finder in FINDERS)

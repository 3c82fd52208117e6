from sayso.redact.draft import Part
from sayso.redact.numbering import numbers
from sayso.redact.redactor import Redactor
from sayso.redact.resolve import Claim
from sayso.redact.scan import Kind
from sayso.redact.strangers import strangers

REDACTOR = Redactor()


def person(text: str, name: str, identity: str = "", *, kind: Kind = Kind.PERSON) -> Claim:
    start = text.rindex(name)
    return Claim(start, start + len(name), kind, "", "", identity)


def test_a_value_keeps_its_number_however_it_is_spelled() -> None:
    text = "Ana@example.org, ana@EXAMPLE.org, bo@example.org; +44 20 7946 0958, +442079460958"

    assert REDACTOR.redact(text).text == "<EMAIL_1>, <EMAIL_1>, <EMAIL_2>; <PHONE_1>, <PHONE_1>"


def test_the_title_and_the_text_share_their_numbers() -> None:
    title, text = REDACTOR.redact_document([Part("for @ana"), Part("@bo and @ana")])

    assert (title.text, text.text) == ("for <HANDLE_1>", "<HANDLE_2> and <HANDLE_1>")


def test_a_number_that_a_text_shows_itself_is_not_used_again() -> None:
    redacted = REDACTOR.redact("As <EMAIL_1> and <EMAIL_3> said to ana@example.org, bo@example.org")

    assert redacted.text == "As <EMAIL_1> and <EMAIL_3> said to <EMAIL_2>, <EMAIL_4>"
    assert len(redacted.found) == 2


def test_a_first_name_means_the_only_full_name_that_has_it() -> None:
    text = "Debra Perlingiere, then Debra. Bo Berg, Bo Lind, then Bo"
    claims = [
        Claim(0, 17, Kind.PERSON, "", ""),
        Claim(24, 29, Kind.PERSON, "", ""),
        Claim(31, 38, Kind.PERSON, "", ""),
        Claim(40, 47, Kind.PERSON, "", ""),
        Claim(54, 56, Kind.PERSON, "", ""),
    ]

    assert numbers([text], [claims]) == [[1, 1, 2, 3, 4]]


def test_a_members_handle_and_name_have_one_number() -> None:
    text = "Ana Lopez met Bo, as @ana wrote"
    claims = [
        person(text, "Ana Lopez", "m1"),
        person(text, "Bo"),
        person(text, "@ana", "m1", kind=Kind.HANDLE),
    ]

    assert numbers([text], [claims]) == [[1, 2, 1]]


def test_a_mention_with_a_space_is_one_person_whose_name_comes_again() -> None:
    texts = "@Ben Novak said hi; Ben Novak left, and @Ana too."

    shown = Redactor(tagger=strangers("balanced")).redact(texts).text

    assert shown == "<PERSON_1> said hi; <PERSON_1> left, and <HANDLE_2> too."


def test_where_mentions_are_handles_a_name_after_one_is_somebody_else() -> None:
    shown = Redactor(tagger=strangers("balanced")).redact("@ana_l, @Ben Novak said hi").text

    assert shown == "<HANDLE_1>, <HANDLE_2> <PERSON_3> said hi"

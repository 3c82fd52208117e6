"""The first twenty villagers, settled by hand: between them they are every awkward case."""

from dataclasses import dataclass

from sayso.community import AgeBand, Kind, Region, Standing, State, Visibility
from sayso.demo.villagers import Sketch


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One of the twenty. `steps` is what they did, in order, in the words of `say_so.STEPS`."""

    key: str
    sketch: Sketch
    steps: str
    cases: tuple[str, ...] = ()
    story: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A document that must be in the village, and the case it stands for."""

    case: str
    seat: str
    kind: Kind = Kind.POST
    visibility: Visibility = Visibility.PUBLIC
    state: State = State.PUBLISHED
    licence: str = ""
    co_author: str = ""


def _seat(
    key: str, name: str, where: str, steps: str, *cases: str, story: str = "", **more: str
) -> Seat:
    region, _, city = where.partition(" ")
    sketch = Sketch(
        name=name,
        region=Region(region),
        city=city,
        trade=more.get("trade", ""),
        tongue=more.get("tongue", "en"),
        age_band=AgeBand(more.get("age", "adult")),
        standing=Standing(more.get("standing", "active")),
        pseudonym=more.get("pseudonym", ""),
        sparse=more.get("sparse", "") == "yes",
        posts=int(more.get("posts", "2")),
        articles=int(more.get("articles", "0")),
    )
    return Seat(key=key, sketch=sketch, steps=steps, cases=cases, story=story)


SEATS: tuple[Seat, ...] = (
    _seat(
        "star", "Amara Lindqvist", "GB Bristol", "shown yes name",
        story="Says yes, credited by name: her words help others, and she gets thanked for it.",
        trade="food", posts="6", articles="1",
    ),
    _seat(
        "objector", "Caleb Whitmore", "US Duluth", "shown no", "quoted_objector_member",
        story="Says no: nothing of his is used, not even where somebody else quotes him.",
        trade="workshop", posts="3", articles="1",
    ),
    _seat(
        "undecided", "Yumi Tanabe", "JP Kobe", "sent", "never_shown_notice",
        story="Has not seen the notice yet and said almost nothing about herself.",
        trade="logistics", sparse="yes", posts="1",
    ),
    _seat(
        "german", "Katrin Vogelsang", "DE Bremen", "read yes name no:document",
        "per_document_no_member",
        story="Schreibt deutsch: says yes to everything except one post that she keeps out.",
        trade="energy", tongue="de", posts="5",
    ),
    _seat(
        "pseudonym", "Rosalind Achebe", "IE Galway", "shown yes pseudonym",
        "credit_by_pseudonym",
        story="Says yes under a pseudonym: credited as The Night Librarian.",
        trade="library", pseudonym="The Night Librarian", posts="4",
    ),
    _seat(
        "gpc", "Devon Marsh", "US Sacramento", "shown yes name gpc", "gpc_on_with_earlier_yes",
        story="Said yes, and his browser has sent Global Privacy Control ever since.",
        trade="software", posts="3",
    ),
    _seat(
        "coauthor", "Priya Raghunath", "IN Kochi", "read yes name", "coauthor_of_objector",
        story="Says yes, but wrote an article with somebody who says no: that one stays out.",
        trade="town", posts="3",
    ),
    _seat("minor", "Finn Dallimore", "GB Whitby", "shown yes", "minor", age="minor"),
    _seat("ageless", "Sora Whelan", "CA Halifax", "shown yes", "unknown_age", age="unknown"),
    _seat("nowhere", "Noor Castellane", "ZZ", "shown yes", "unknown_region"),
    _seat(
        "suspended", "Grigor Malenko", "PL Gdańsk", "shown yes", "suspended_account",
        standing="suspended",
    ),
    _seat(
        "deleted", "Beatrix Holloway", "AU Hobart", "shown yes", "deleted_account",
        standing="deleted",
    ),
    _seat("bounced", "Mateus Figueira", "BR Recife", "sent bounced", "bounced_notice"),
    _seat(
        "conflict", "Harriet Odell", "US Portland", "shown gpc yes! nobody no:groups",
        "gpc_on_yes_after_conflict", "credit_nobody", "per_category_no",
    ),
    _seat(
        "leaver", "Jonas Aldridge", "US Asheville", "shown yes name no move:IE",
        "yes_then_no", "moved_us_to_eu",
    ),
    _seat(
        "returner", "Leila Haddad", "FR Nantes", "shown no yes name rename", "no_then_yes",
        "renamed_account",
        tongue="fr",
    ),
    _seat(
        "unindexed", "Pilar Ossorio", "ES Gijón", "setting shown", "old_setting_do_not_index",
        tongue="es",
    ),
    _seat(
        "mover", "Emil Östergren", "SE Malmö", "shown adult move:US", "moved_eu_to_us",
        "minor_turned_adult",
        age="minor",
    ),
    _seat(
        "late_one", "Wanjiru Prentice", "GB Leeds", "shown yes name late",
        "late_withdrawal_one",
        story="Said no after a model had learned from her; it forgot, and she has the certificate.",
        trade="school", posts="4", articles="1",
    ),
    _seat(
        "late_two", "Sean Mulcahy", "IE Cork", "shown yes name late", "late_withdrawal_two",
        trade="building", posts="3",
    ),
)  # fmt: skip

SEAT_NUMBER: dict[str, int] = {seat.key: number for number, seat in enumerate(SEATS)}

NEW_NAME = "Leila Haddad-Brandt"
"""What `renamed_account` is called in the end."""

PLANTED: tuple[Planted, ...] = (
    Planted(case="objector_article", seat="objector", kind=Kind.ARTICLE),
    Planted(case="private_post", seat="pseudonym", visibility=Visibility.PRIVATE),
    Planted(
        case="direct_message", seat="pseudonym", kind=Kind.MESSAGE, visibility=Visibility.PRIVATE
    ),
    Planted(case="connections_only_post", seat="star", visibility=Visibility.CONNECTIONS),
    Planted(case="draft", seat="star", state=State.DRAFT),
    Planted(case="deleted_post", seat="star", state=State.DELETED),
    Planted(case="category_not_in_notice", seat="star", kind=Kind.RESUME),
    Planted(case="pending_moderation", seat="gpc", state=State.PENDING),
    Planted(case="group_only_post", seat="gpc", kind=Kind.GROUP_POST, visibility=Visibility.GROUP),
    Planted(case="per_document_no", seat="german"),
    Planted(
        case="coauthored_with_objector", seat="coauthor", kind=Kind.ARTICLE, co_author="objector"
    ),
    Planted(case="licence_forbids", seat="coauthor", kind=Kind.ARTICLE, licence="CC-BY-ND-4.0"),
    Planted(case="group_post_under_category_no", seat="conflict", kind=Kind.GROUP_POST),
)

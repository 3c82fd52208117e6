"""The people of a site, as its Users file knows them."""

from collections.abc import Mapping

from sayso.community import AgeBand, Member, Profile
from sayso.sources.attested import attested
from sayso.sources.fields import Fields, Unfit
from sayso.sources.plain_text import from_html
from sayso.sources.reading import Account, ReadingOptions, Skipped
from sayso.sources.stackexchange.hands import COMMUNITY, number, own_number
from sayso.sources.stackexchange.rows import Row
from sayso.sources.stackexchange.site import Site

_ADULT = 18


def account(row: Row, site: Site, options: ReadingOptions) -> Account | Skipped:
    """Return a person with what they say of themselves.

    Not kept: their address on the web, their picture and the hash of their e-mail that old dumps
    have, and the number of their account on the whole network: that two accounts are one person
    is for the operator to say.
    """
    try:
        who = own_number(row.fields)
        if who == COMMUNITY:
            return Skipped(
                where=row.where,
                reason="the Community account",
                mend="It is the site's own programs, and nobody can say yes for it.",
                on_purpose=True,
            )
        found = _account(row.fields, who, site)
    except Unfit as unfit:
        return Skipped(where=row.where, reason=unfit.reason, mend=unfit.mend)
    return attested(found, options)


def _account(said: Mapping[str, str], who: int, site: Site) -> Account:
    fields = Fields(said)
    member_id, name = site.member(who), fields.line("DisplayName")
    location, about = fields.text("Location").strip(), from_html(fields.text("AboutMe")).text
    age = number(said, "Age")  # until 2018; a year of birth that many made up, so no proof
    is_minor = age is not None and age < _ADULT
    joined_at = fields.moment("CreationDate")
    member = Member(
        id=member_id,
        name=name or member_id,
        age_band=AgeBand.MINOR if is_minor else AgeBand.UNKNOWN,
        joined_at=joined_at,
        profile=Profile(location=location, about=about.strip()),
    )
    says = {
        "name": bool(name),
        "age_band": is_minor,
        "joined_at": joined_at is not None,
        "location": "Location" in said,
        "about": "AboutMe" in said,
    }
    return Account(member=member, said=frozenset(each for each, is_said in says.items() if is_said))


def byline(who: int, site: Site, options: ReadingOptions) -> Account:
    """Return a person of whom only a number is known."""
    member_id = site.member(who)
    member = Member(id=member_id, name=member_id)
    return attested(Account(member=member, said=frozenset(), is_byline=True), options)

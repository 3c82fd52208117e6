"""Every file of the archive by its name: what is read, and why the others are not."""

import re
from dataclasses import dataclass
from enum import StrEnum

MESSAGES = "private messages"
JOBS = "job applications and what belongs to them"
PAY = "payments and salary"
SIGN_IN = "sign-ins and passwords"
CONTACT = "telephone numbers and address books"
IDENTITY = "proof of identity"
ADS = "advertising"
INFERRED = "what was guessed about them"
SEARCHES = "searches"
OTHERS = "others' words"
ACTS = "what they did, not what they wrote"
UNREAD = "a part of the profile that is not read"
UNKNOWN = "not known to this reader"


class Use(StrEnum):
    """What a file is read for."""

    SHARES = "shares"
    COMMENTS = "comments"
    ARTICLE = "article"
    GIVEN = "recommendations given"
    RECEIVED = "recommendations received"
    PROFILE = "profile"
    SUMMARY = "profile summary"
    POSITIONS = "positions"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    PROJECTS = "projects"
    PUBLICATIONS = "publications"
    VOLUNTEERING = "volunteering"
    HONORS = "honors"
    PATENTS = "patents"
    ORGANIZATIONS = "organizations"
    TEST_SCORES = "test scores"
    EMAILS = "email addresses"
    REGISTRATION = "registration"
    CONNECTIONS = "connections"
    ENDORSED = "endorsements given"
    ENDORSERS = "endorsements received"
    INVITATIONS = "invitations"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is read for, and why no more of it is."""

    use: Use
    reason: str = ""


_READ = {
    "shares": Use.SHARES,
    "comments": Use.COMMENTS,
    "profile": Use.PROFILE,
    "profile summary": Use.SUMMARY,
    "positions": Use.POSITIONS,
    "education": Use.EDUCATION,
    "skills": Use.SKILLS,
    "languages": Use.LANGUAGES,
    "projects": Use.PROJECTS,
    "publications": Use.PUBLICATIONS,
    "volunteering": Use.VOLUNTEERING,
    "volunteering experiences": Use.VOLUNTEERING,
    "honors": Use.HONORS,
    "patents": Use.PATENTS,
    "organizations": Use.ORGANIZATIONS,
    "test scores": Use.TEST_SCORES,
    "email addresses": Use.EMAILS,
    "connections": Use.CONNECTIONS,
    "recommendations given": Use.GIVEN,
    "endorsement given info": Use.ENDORSED,
    "endorsement received info": Use.ENDORSERS,
}
_READ_IN_PART = {
    "recommendations received": Known(Use.RECEIVED, OTHERS),
    "invitations": Known(Use.INVITATIONS, MESSAGES),
    "registration": Known(Use.REGISTRATION, SIGN_IN),
}
"""Only names, or only dates, are taken from these."""

_NOT_READ: dict[str, tuple[str, ...]] = {
    MESSAGES: (
        "messages",
        "guide messages",
        "learningcoachmessages",
        "learning coach messages",
        "learning role play messages",
    ),
    JOBS: (
        "job applications",
        "job applicant saved answers",
        "job applicant saved screening question responses",
        "job seeker preferences",
        "saved jobs",
        "savedjobalerts",
        "saved job alerts",
        "online job postings",
    ),
    PAY: ("receipts", "receipts v2", "salary", "services marketplace"),
    SIGN_IN: ("logins", "security challenges", "account status history"),
    CONTACT: ("phonenumbers", "whatsapp phone numbers", "importedcontacts", "contacts"),
    IDENTITY: ("verifications", "private identity asset"),
    ADS: ("ads clicked", "ad targeting", "lan ads engagement"),
    INFERRED: ("inferences about you",),
    SEARCHES: ("searchqueries", "search queries"),
    OTHERS: ("instantreposts", "saved articles", "saved items", "learning", "events"),
    ACTS: (
        "reactions",
        "votes",
        "rich media",
        "company follows",
        "member follows",
        "hashtag follows",
        "group memberships",
    ),
    UNREAD: (
        "certifications",
        "courses",
        "causes you care about",
    ),
}
_REASONS = {name: reason for reason, names in _NOT_READ.items() for name in names}
_ALARMING = (
    (MESSAGES, ("message", "inmail", "chat", "conversation", "inbox")),
    (PAY, ("salar", "compensation", "payment", "receipt", "billing", "invoice", "purchase")),
    (JOBS, ("job", "applic", "resume", "screening")),
    (SIGN_IN, ("login", "password", "session", "security")),
    (CONTACT, ("phone", "contacts")),
    (IDENTITY, ("verif", "identity")),
    (SEARCHES, ("search",)),
)
"""A name that this reader does not know is still told by its words."""

_MEMBER = re.compile(r"_(\d{4,})(?:\s*\(\d+\))?\.csv$", re.IGNORECASE)
_COPY = re.compile(r"\s*\(\d+\)$")
_BETWEEN = re.compile(r"[\W_]+")


def known(name: str, above: str = "") -> Known:
    """Return what the file at that path inside the archive is read for.

    `above` is the folder that holds all of the archive: `Articles` where nothing else is in it.
    """
    *folders, file = name.casefold().split("/")
    stem, _, ending = file.rpartition(".")
    if ending in {"html", "htm"} and "articles" in {*folders, *above.casefold().split("/")}:
        return Known(Use.ARTICLE)
    if ending != "csv":
        return Known(Use.NOTHING, _told_by(" ".join((*folders, file))))
    called = _BETWEEN.sub(" ", _MEMBER.sub("", f"{_COPY.sub('', stem)}.csv").removesuffix(".csv"))
    called = called.strip()
    if called in _READ and not folders:
        return Known(_READ[called])
    if called in _READ_IN_PART and not folders:
        return _READ_IN_PART[called]
    return Known(Use.NOTHING, _REASONS.get(called) or _told_by(" ".join((*folders, called))))


def member_in(name: str) -> str:
    """Return the member's number at the end of a file's name, as in `Shares_7789716.csv`."""
    found = _MEMBER.search(name)
    return found[1] if found and known(name).reason != UNKNOWN else ""


def _told_by(words: str) -> str:
    for reason, signs in _ALARMING:
        if any(sign in words for sign in signs):
            return reason
    return UNKNOWN

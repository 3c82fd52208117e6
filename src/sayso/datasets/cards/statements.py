"""What every card says alike, once: how the rows came to be, what to expect, what may be done."""

from sayso.datasets.cards.described import Described
from sayso.datasets.cards.figures import KEPT_BACK, halves, shown, totals


def summary(described: Described) -> str:
    """Return what the dataset is, in a few sentences."""
    manifest, smallest = described.manifest, described.smallest
    gone = (
        f" {shown(described.taken_out, smallest)} rows are out of service since."
        if described.taken_out
        else ""
    )
    read, *_ = totals(manifest, smallest)
    of_read = "Of the documents read, " if read is None else f"Of {read:,} documents read, "
    return (
        f"Words of {shown(manifest.members, smallest)} members of {described.controller.name}, "
        f"used for `{manifest.purpose}` with their say-so. "
        f"{of_read}{shown(described.documents, smallest)} are in and "
        f"{shown(sum(manifest.refusals.values()), smallest)} were left out. "
        f"{shown(manifest.held_out_rows, smallest)} of those in only measure models and train none."
        f"{gone}"
    )


def say_so(described: Described) -> str:
    """Return what the members' say-so is."""
    own_yes, default = halves(described.manifest, described.smallest)
    if KEPT_BACK in {own_yes.text, default.text}:
        return (
            "Documents are in by the own yes of whoever wrote them, or because a member was told, "
            "had time to object and did not; how many of each is not told. Each row keeps the rule "
            "that let it in."
        )
    return (
        f"{own_yes.text} documents are in by the own yes of whoever wrote them, {default.text} "
        "because a member was told, had time to object and did not. Each row keeps the rule that "
        "let it in."
    )


def attested_by(described: Described, whom: str = "") -> str:
    """Return the blank that only a person may fill in."""
    return f"to be attested by {whom or described.controller.name}"


COLLECTION = (
    "What members wrote on the network, as its own database or members' own exports hold it; "
    "nothing was crawled. For each document the say-so of everyone whose words are in it was "
    "asked, for this purpose, at the time of sealing: no say-so, no row."
)
REDACTION = "Personal data was replaced by its kind and a number, as in <EMAIL_1>."
PREPARATION = (
    "Private messages, drafts, deleted and non-public texts were left out.",
    "Texts of minors and of people of unknown age were left out.",
    "Quotations of people who do not allow the use were cut.",
    "Text was brought into one form (Unicode NFC, plain white space).",
    REDACTION,
    "Exact copies were taken out; the earliest stays.",
    "Members were put into groups by a keyed hash, so that nobody's leaving moves another.",
)
ANNOTATION = (
    "Nobody labelled anything by hand. Language, licence, kind and marks are what the source says "
    "or what rules find."
)
LIMITATIONS = (
    "Redaction takes out what its detectors know; some personal data may be left.",
    "Members who said yes, or did not say no, are not a fair sample of all members.",
    "What members wrote may be wrong, rude or out of date; nobody checked it.",
    "Texts that stood in public may be found again by their wording.",
)
USES = ("Training and measuring models for the purpose named here.",)
NOT_FOR = "Any other purpose, and finding out who wrote a text."
MAINTENANCE = (
    "A dataset never changes. When a member says no, the rows are out of service at once and the "
    "successor is the same dataset without them; whoever holds a copy must follow it and delete "
    "the earlier one."
)


def checking(described: Described) -> str:
    """Return how anyone with the home can check the dataset."""
    return f"`sayso verify {described.manifest.digest}` recomputes everything from the rows."

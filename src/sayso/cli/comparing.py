"""Policies side by side: one column for each."""

from collections.abc import Sequence

from sayso.audit.simulate import Admitted, Amount
from sayso.cli.output import say, show_table

_AMOUNTS = ("members", "documents", "tokens")


def show_simulation(found: Sequence[Admitted], besides: int | None) -> None:
    """Print what each would admit, what that gains and loses, and what it rests on.

    `besides` are the permitted documents that the last build left out, where there was one.
    """
    names = [each.policy for each in found]
    show_table(
        f"What each would admit, beside {found[0].in_use}, which is in use",
        ("", *names),
        [
            *((name, *(f"{getattr(each, name):,}" for each in found)) for name in _AMOUNTS),
            ("gained", *(_change("+", each.gained) for each in found)),
            ("lost", *(_change("-", each.lost) for each in found)),
        ],
    )
    by_way = [
        {(line.region, line.basis, line.rests_on): line for line in each.lines} for each in found
    ]
    ways = sorted({way for lines in by_way for way in lines})
    show_table(
        "By region, legal basis and what it rests on: members / documents / tokens",
        ("region", "basis", "rests on", *names),
        [
            (
                *way,
                *(
                    f"{line.members:,} / {line.documents:,} / {line.tokens:,}"
                    if (line := lines.get(way))
                    else "-"
                    for lines in by_way
                ),
            )
            for way in ways
        ],
    )
    say("Tokens are those of the texts as written, before personal data is taken out.")
    last = "" if besides is None else f": {besides:,} in the last dataset"
    say(f"A build leaves out copies, and texts of fewer than three words, besides{last}.")


def _change(sign: str, amount: Amount) -> str:
    if not amount.documents:
        return "nothing"
    return (
        f"{sign}{amount.members:,} members, {sign}{amount.documents:,} documents, "
        f"{sign}{amount.tokens:,} tokens"
    )

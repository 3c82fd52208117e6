"""What the operator attests for a whole file, where the file itself is silent."""

from dataclasses import replace

from sayso.community import AgeBand
from sayso.errors import BadInput
from sayso.sources.audience import audience
from sayso.sources.fields import Fields, Unfit
from sayso.sources.reading import Account, ReadingOptions


def check(options: ReadingOptions) -> None:
    """Refuse a value that cannot be, before anything is read.

    Raises:
        BadInput: the value is none of those the field can have.
    """
    fields = Fields(options.attested)
    try:
        fields.region("region")
        fields.choice(AgeBand, "age_band", default=AgeBand.UNKNOWN)
        audience(Fields({"explicit": True}), fields)
    except Unfit as unfit:
        raise BadInput(f"In what you set: {unfit.reason}.", hint=unfit.mend) from unfit


def attested(found: Account, options: ReadingOptions) -> Account:
    """Add what the operator attests of members where `found` is silent."""
    fields = Fields(options.attested)
    member, said = found.member, found.said
    if "region" not in said and fields.has("region"):
        member, said = replace(member, region=fields.region("region")), said | {"region"}
    if "age_band" not in said and fields.has("age_band"):
        age_band = fields.choice(AgeBand, "age_band", default=AgeBand.UNKNOWN)
        member, said = replace(member, age_band=age_band), said | {"age_band"}
    if "languages" not in said and fields.has("language"):
        member, said = replace(member, languages=fields.texts("language")), said | {"languages"}
    return replace(found, member=member, said=said)

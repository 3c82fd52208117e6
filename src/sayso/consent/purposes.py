"""What data is used for; each purpose named after its W3C DPV parent."""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """A use that a member answers for separately."""

    GENAI_TRAINING = "genai-training"
    AI_RESEARCH = "ai-research"
    WRITING_ASSISTANCE = "writing-assistance"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeText:
    """How a purpose is said to a member, and what it is in the Data Privacy Vocabulary."""

    title: str
    plain: str
    if_no: str
    dpv: str
    discloses_to_third_parties: bool = False
    may_use_non_public: bool = False
    """A notice may widen it beyond public documents; nobody but the member sees the outcome."""


PURPOSES: dict[Purpose, PurposeText] = {
    Purpose.GENAI_TRAINING: PurposeText(
        title="Data for Generative AI Improvement",
        plain="Your public posts, articles and comments help train the models that suggest words "
        "to other members, with credit to you.",
        if_no="Suggestions stop drawing on your words within seconds. The models are then "
        "retrained without you, and you get a certificate.",
        dpv="dpv:ImproveExistingProductsAndServices",
    ),
    Purpose.AI_RESEARCH: PurposeText(
        title="Research on AI",
        plain="Researchers outside this network may study your public posts, with personal data "
        "taken out.",
        if_no="The next research dataset leaves you out.",
        dpv="dpv:ResearchAndDevelopment",
        discloses_to_third_parties=True,
    ),
    Purpose.WRITING_ASSISTANCE: PurposeText(
        title="Help with my own writing",
        plain="Your own profile and what you type are used to suggest words to you, when you ask.",
        if_no="You get no suggestions. Nothing else changes.",
        dpv="dpv:ServicePersonalisation",
        may_use_non_public=True,
    ),
}

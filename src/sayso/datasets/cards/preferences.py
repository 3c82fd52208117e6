"""What the members prefer, as a statement that can travel with a model trained on the rows.

IETF AIPREF draft-ietf-aipref-vocab-07 has the words; that preferences are to be conveyed with a
model is discussed in its section "Communicating Preferences with Trained Models" (work in
progress, without consensus). A yes is an allowance; who was told and said nothing is `unknown`.
"""

import json

from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.consent.signals import aipref
from sayso.consent.signals.usage import Usage, Use, combine
from sayso.datasets.cards.described import Described, Layout
from sayso.datasets.cards.figures import Figure, figure, halves
from sayso.evidence.canonical import JSON

VOCABULARY = f"draft-ietf-aipref-vocab-{aipref.CURRENT}"
_USE = {Purpose.GENAI_TRAINING: Use.GENAI_TRAINING}
"""Which category of use a purpose is; the vocabulary has none for others."""
_SIGNAL = "stated_signal"


def preferences(described: Described, layout: Layout) -> str:
    """Return the manifest of preferences as JSON: the whole range of them, and their sum."""
    del layout
    manifest, smallest = described.manifest, described.smallest
    yes, silent = halves(manifest, smallest)
    signals = figure(manifest, "refusals", _SIGNAL, smallest)
    said = combine([*([Answer.YES] if yes.least else []), *([None] if silent.least else [])])
    use = _USE.get(Purpose(manifest.purpose))
    usage = Usage(said={use: said} if use and said else {})
    card: dict[str, JSON] = {
        "vocabulary": VOCABULARY,
        "dataset": described.urn,
        "consistent_with_all_rows": {
            "statement": "" if silent.least else aipref.emit(usage),
            "purposes": [manifest.purpose],
        },
        "combined": aipref.emit(usage),
        "purposes": [
            {
                "purpose": manifest.purpose,
                "title": described.purpose.title,
                "dpv": described.purpose.dpv,
                "category": use.value if use else "",
                "allowed": _count(yes),
                "unknown": _count(silent),
                "disallowed": {"documents": 0},
            }
        ],
        "left_out": {"by_signal": _count(signals)},
        "note": "Each row is in for the purposes named here alone; of any other use nothing was "
        "said. A member may change their mind: the successor of this dataset tells of it.",
    }
    return json.dumps(card, indent=2, ensure_ascii=False) + "\n"


def _count(figure: Figure) -> dict[str, JSON]:
    if figure.count is not None:
        return {"documents": figure.count}
    least: dict[str, JSON] = {"documents_at_least": figure.least}
    return least if figure.most is None else {**least, "documents_at_most": figure.most}

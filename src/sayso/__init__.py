"""Sayso: generative AI that a network's members have a say in.

The rooms tell the story in order: consent, sources, redact, datasets, training, writing,
rights, audit, web, cli. `wiring` alone knows which store stands behind which protocol.
"""

__version__ = "0.1.0"

"""What differential privacy promises those who stay: the accountant's (epsilon, delta)."""

from dataclasses import replace
from typing import Any

from sayso.errors import BadInput, NotHere
from sayso.training.recipes import Privacy

SLICES_OF_A_MEMBER = 2
"""In so many slices of one shard a member's words may be: what rests on a default, and the rest."""

_DEFAULT = Privacy(noise=1.0, clip=1.0, sampling=0.25, steps=40, expected=4)


def bound(privacy: Privacy) -> float:
    """Return epsilon, at the recipe's delta, for one member of a model made by that recipe.

    By Renyi differential privacy of the sampled Gaussian (Mironov et al. 2019), as Opacus counts
    it: neighbours differ by all words of one member. A member is in one shard and in at most
    `SLICES_OF_A_MEMBER` of its slices, whose steps add up; all other shards and slices are
    others' and cost nothing. It bounds one model: each learning anew of a member's slices, after
    somebody else was forgotten, is another release and adds up again.

    Raises:
        NotHere: the package opacus is not installed.
    """
    accountant = _opacus().RDPAccountant()
    steps = privacy.steps * SLICES_OF_A_MEMBER
    accountant.history.append((privacy.noise, privacy.sampling, steps))
    return float(accountant.get_epsilon(delta=privacy.delta))


def private(epsilon: float) -> Privacy:
    """Return how to learn so that `bound` is at most epsilon.

    Raises:
        BadInput: no noise gives such a bound.
        NotHere: the package opacus is not installed.
    """
    if not epsilon > 0:
        raise BadInput(
            f"Epsilon is {epsilon:g}; it must be above 0.", hint="For example: --private 8."
        )
    accountants = _opacus()
    steps = _DEFAULT.steps * SLICES_OF_A_MEMBER
    try:
        noise = accountants.utils.get_noise_multiplier(
            target_epsilon=epsilon,
            target_delta=_DEFAULT.delta,
            sample_rate=_DEFAULT.sampling,
            steps=steps,
            accountant="rdp",
        )
    except ValueError as error:
        raise BadInput(
            f"No noise that still lets anything be learnt gives an epsilon of {epsilon:g}.",
            hint="Ask for a larger one: 1 is strict, 8 is common, beyond 20 little is promised.",
        ) from error
    return replace(_DEFAULT, noise=round(float(noise) + 5e-5, 4))


def _opacus() -> Any:  # noqa: ANN401 - opacus has no types
    try:
        from opacus import accountants  # noqa: PLC0415 - an optional part, and slow to load
    except ImportError as error:
        raise NotHere(
            "Learning with a bound for those who stay needs the package opacus.",
            hint="pip install 'sayso[private]'.",
        ) from error
    return accountants

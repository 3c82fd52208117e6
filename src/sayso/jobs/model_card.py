"""What others are told of a shard that is handed over: README.md of its folder."""

from dataclasses import dataclass

from sayso.training.bases import Base
from sayso.training.models import ShardChain, TrainedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Carded:
    """All that the card may say. `withdrawn` members took back what they gave; nothing is left."""

    model: TrainedModel
    base: Base | None
    network: str
    contact: str
    members: int
    withdrawn: int


def card(told: Carded, chain: ShardChain) -> str:
    """Return README.md: the hub's metadata, then the card for people. It names no member."""
    model, recipe = told.model, told.model.recipe
    adapter = recipe.adapter is not None
    front = [
        "---",
        f"library_name: {'peft' if adapter else 'transformers'}",
        "pipeline_tag: text-generation",
        "license: other",
        "license_name: as-the-network-says",
        "tags: [sayso]",
        "---",
    ]
    parts = [
        "\n".join(front),
        f"# Shard {chain.shard} of model {model.model_id[:12]}, {told.network}",
        _what(told, chain),
        "## How to load it",
        _LOADED[adapter],
        "## Say-so",
        _say_so(told),
        "## Credit",
        (
            "What it writes comes of many people's words, and it cannot say whose. Credit "
            "is given in the network itself, where each suggestion is compared with what members "
            "wrote; outside it there is none."
        ),
        "## Limits",
        "\n".join(f"- {each}" for each in _limits(adapter=adapter)),
        "## How to check it",
        _checked(model, chain),
    ]
    return "\n\n".join(parts) + "\n"


def _what(told: Carded, chain: ShardChain) -> str:
    model, recipe, last = told.model, told.model.recipe, chain.checkpoints[-1]
    kind = (
        f"A low-rank adapter (rank {recipe.adapter.rank}) of one group of members"
        if recipe.adapter
        else f"A small Llama ({recipe.layers} layers of width {recipe.width}) of one group of "
        "members"
    )
    said = [
        (
            f"{kind}, one of {len(model.shards)} shards that speak together in the network. It "
            f"learnt from {last.rows:,} texts ({last.tokens:,} tokens over all passes) of dataset "
            f"{model.dataset_id[:12]}, which holds texts of {told.members:,} members."
        )
    ]
    if told.base:
        said.append(
            f"It starts from base {told.base.digest[:12]} ({told.base.name}, "
            f"{told.base.architecture}), made of, as the network says: {told.base.made_of}"
        )
    else:
        said.append("Its first weights are by chance, and its alphabet is of public word lists.")
    return "\n\n".join(said)


def _say_so(told: Carded) -> str:
    gone = (
        "No text that a member took back is in it"
        if not told.withdrawn
        else f"Nothing is in it of {told.withdrawn:,} members who had said yes and took it back: "
        "its weights are, byte for byte, those of a training that never had them"
    )
    where = f" {told.contact}" if told.contact else " the network"
    return (
        "Every text was used by its author's say-so, asked again on the day this folder was "
        f"written. {gone}. Who says no after that day is forgotten in the network's own model, not "
        f"in this copy: take the newest from{where} and delete this one."
    )


def _limits(*, adapter: bool) -> tuple[str, ...]:
    alone = (
        (
            "It is one shard: the network's suggestions come from all shards together, with guards "
            "against copying and personal data that are no part of this folder."
        ),
    )
    if adapter:
        return (
            *alone,
            "All of the base's own limits and its licence hold.",
            "It may repeat texts it learnt from.",
        )
    return (
        *alone,
        "It is small and writes fluent nonsense; it is no source of facts.",
        "It may repeat texts it learnt from.",
        "It has read no text longer than its context; what comes after that is chance.",
    )


def _checked(model: TrainedModel, chain: ShardChain) -> str:
    last = chain.checkpoints[-1]
    return "\n".join(
        [
            "| what | digest |",
            "|---|---|",
            f"| model | `{model.model_id}` |",
            f"| dataset | `{model.dataset_id}` |",
            f"| recipe | `{model.recipe.digest}` |",
            f"| environment | `{model.environment.digest}` |",
            f"| tokenizer | `{model.tokenizer_digest}` |",
            f"| checkpoint | `{last.chain_key}` |",
            f"| its weights | `{last.weights_digest}` |",
            "",
            (
                f"`sayso verify {model.model_id[:12]}` in the network's home learns it again from "
                "its rows alone and compares the bytes."
            ),
        ]
    )


_LOADED = {
    False: "```python\n"
    "from transformers import AutoModelForCausalLM, AutoTokenizer\n\n"
    'model = AutoModelForCausalLM.from_pretrained("FOLDER")\n'
    'tokenizer = AutoTokenizer.from_pretrained("FOLDER")\n'
    "```\n\n"
    "The tokenizer puts its end mark before each text, as in learning.",
    True: "```python\n"
    "from peft import PeftModel\n"
    "from transformers import AutoModelForCausalLM, AutoTokenizer\n\n"
    'base = AutoModelForCausalLM.from_pretrained("BASE")\n'
    'model = PeftModel.from_pretrained(base, "FOLDER")\n'
    'tokenizer = AutoTokenizer.from_pretrained("FOLDER")\n'
    "```\n\n"
    "In learning, the end mark stood before each text: begin with it.",
}

"""A Hugging Face model folder looked through, and kept as a base."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.errors import BadInput, NotHere
from sayso.training.backends.hugging_face import CONFIG, load_model, reads_apart, shape_said
from sayso.training.bases import Base, Shape, keep_base
from sayso.training.tokenizer import Tokenizer, keep_tokenizer

TOKENIZER = "tokenizer.json"
_TOKENIZER_SAID = "tokenizer_config.json"
_MARKS = "special_tokens_map.json"
_WHOLE = "model.safetensors"
_INDEX = "model.safetensors.index.json"
_TAKEN = (CONFIG, "generation_config.json", TOKENIZER, _TOKENIZER_SAID, _MARKS)
_TAKEN_IF_THERE = ("chat_template.jinja", "LICENSE", "LICENSE.txt", "LICENSE.md", "README.md")
_FETCHED = (*_TAKEN, *_TAKEN_IF_THERE, "*.safetensors", _INDEX)
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")
_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_AS_SAVED = "Give a folder that `save_pretrained` of a causal model and its tokenizer wrote."


def bring(store: Path, folder: Path, *, name: str, made_of: str) -> Base:
    """Keep the causal model in a folder as a base, with its tokenizer.

    Its weights are loaded once to see that they are whole, and asked whether they can read
    documents apart. Nothing is kept of what is refused, but perhaps its tokenizer.

    Raises:
        BadInput: something is missing, pickled or broken; the file is named.
        NotHere: packages that it needs are not installed.
        SaysoError: the disk is full.
    """
    weights = _weights_in(folder)
    described, mark = _tokenizer_in(folder)
    model = load_model(folder)
    shape = Shape(**shape_said(model))
    tokenizer = keep_tokenizer(store, described, mark)
    if _largest(tokenizer) >= shape.vocabulary:
        raise BadInput(
            f"{folder / TOKENIZER} knows more tokens than the model's {shape.vocabulary}.",
            hint="Take the tokenizer that the model was published with.",
        )
    others = [folder / each for each in (*_TAKEN, *_TAKEN_IF_THERE) if (folder / each).is_file()]
    return keep_base(
        store,
        {path.name: path for path in (*others, *weights)},
        name=name,
        architecture=str(model.config.model_type),
        tokenizer=tokenizer.digest,
        made_of=made_of,
        shape=shape,
        reads_apart=reads_apart(model),
    )


def fetched(name: str, revision: str = "") -> Path:
    """Return the folder that a model of the hub lies in, having fetched what is not there yet.

    Pickled weights and programs are not fetched.

    Raises:
        BadInput: that is no name of the hub's, or the hub gives no such model.
        NotHere: the package huggingface_hub is not installed.
    """
    if not _HUB_NAME.fullmatch(name):
        raise BadInput(f"There is no folder {name}.", hint=_AS_SAVED)
    try:
        import huggingface_hub  # noqa: PLC0415 - an optional part
        from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise NotHere(
            f"There is no folder {name}, and the package huggingface_hub is not installed.",
            hint="pip install 'sayso[peft]'",
        ) from error
    try:
        return Path(
            huggingface_hub.snapshot_download(
                name, revision=revision or None, allow_patterns=[*_FETCHED]
            )
        )
    except (HfHubHTTPError, OSError, ValueError) as error:
        said = str(error).strip().partition("\n")[0]
        raise BadInput(
            f"There is no folder {name}, and the hub does not give a model of that name: {said}",
            hint="Check the name and the network; or bring it here by other means and name its "
            "folder.",
        ) from error


def _weights_in(folder: Path) -> list[Path]:
    if not (folder / CONFIG).is_file():
        raise BadInput(f"{folder} has no {CONFIG}.", hint=_AS_SAVED)
    if (folder / _INDEX).is_file():
        places = _read(folder / _INDEX).get("weight_map")
        named = sorted({str(each) for each in places.values()} if isinstance(places, dict) else ())
        if not named:
            raise BadInput(f"{folder / _INDEX} names no weights.", hint=_AS_SAVED)
        for each in named:
            if Path(each).name != each or not (folder / each).is_file():
                raise BadInput(
                    f"{folder / _INDEX} names {each}, which is not there.", hint=_AS_SAVED
                )
        return [folder / _INDEX, *(folder / each for each in named)]
    if (folder / _WHOLE).is_file():
        return [folder / _WHOLE]
    pickled = sorted(path.name for path in folder.iterdir() if path.suffix in _PICKLED)
    if pickled:
        raise BadInput(
            f"{folder / pickled[0]}: pickled weights can run any program; they are not opened.",
            hint="Take the model's safetensors, or have its maker publish them so.",
        )
    raise BadInput(f"{folder} has no weights ({_WHOLE}).", hint=_AS_SAVED)


def _tokenizer_in(folder: Path) -> tuple[Mapping[str, Any], str]:
    """Return the tokenizer's description, its marks called so, and the mark that ends texts."""
    if not (folder / TOKENIZER).is_file():
        raise BadInput(
            f"{folder} has no {TOKENIZER}.",
            hint="`AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER)` writes it.",
        )
    described = _read(folder / TOKENIZER)
    told = [_read(folder / each) for each in (_TOKENIZER_SAID, _MARKS) if (folder / each).is_file()]
    ends = [*_texts(each.get("eos_token") for each in told)]
    marks = {text for each in told for text in _texts(each.values())}
    added = described.get("added_tokens")
    by_text = {
        each["content"]: each
        for each in (added if isinstance(added, list) else ())
        if isinstance(each, dict) and isinstance(each.get("content"), str)
    }
    number = _read(folder / CONFIG).get("eos_token_id")
    ids = number if isinstance(number, list) else [number]
    ends += [text for text, each in by_text.items() if each.get("id") in ids]
    end = next((text for text in ends if text in by_text), None)
    if end is None:
        raise BadInput(
            f"{folder / _TOKENIZER_SAID} does not say what ends a text (eos_token).",
            hint=f"Name a token there that {TOKENIZER} has among its added_tokens.",
        )
    for text, each in by_text.items():
        each["special"] = bool(each.get("special")) or text in marks
    return described, end


def _texts(values: Any) -> Iterator[str]:  # noqa: ANN401 - JSON as others wrote it
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping) and isinstance(value.get("content"), str):
            yield value["content"]
        elif isinstance(value, list):
            yield from _texts(value)


def _read(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadInput(f"{path} is no JSON: {error}.", hint=_AS_SAVED) from error
    if not isinstance(said, dict):
        raise BadInput(f"{path} is no JSON object.", hint=_AS_SAVED)
    return said


def _largest(tokenizer: Tokenizer) -> int:
    return max(tokenizer.pairs.get_vocab().values(), default=-1)

"""`signals`: what others say of a text's use, and what we say of ours."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import HERE, AsJson, Home, opened, say, show_json, show_table
from sayso.community import Document, DocumentId
from sayso.consent.outside import OPEN, outside
from sayso.consent.signals import answer_of
from sayso.consent.signals.headers import headers_of
from sayso.consent.signals.robots import EVERYWHERE
from sayso.consent.signals.statements import Statement, of_file, of_header
from sayso.consent.signals.usage import Usage
from sayso.errors import BadInput, NotFound

signals = typer.Typer(help="What is said of a text's use, in every standard.", no_args_is_help=True)
_NOT_UNDERSTOOD = "no: it is not understood"


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    signals.command("read")(read)
    signals.command("show")(show)
    app.add_typer(signals, name="signals")


def read(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="robots.txt, tdmrep.json, a record, a page, or saved headers."),
    ] = None,
    header: Annotated[
        list[str] | None, typer.Option(help="A header line: 'Content-Usage: train-ai=n'.")
    ] = None,
    path: Annotated[
        str, typer.Option(help="The text's path; a site's file may speak of others.")
    ] = EVERYWHERE,
    as_json: AsJson = False,
) -> None:
    """Say what each line of a file or header says of a text's use.

    Example: `sayso signals read robots.txt --path /blog/1`

    Example: `sayso signals read --header 'Content-Usage: train-ai=n'`
    """
    if not files and not header:
        raise BadInput("There is nothing to read.", hint="Give a file, or --header 'NAME: VALUE'.")
    found = [of_header(line) for line in header or ()]
    for each in files or ():
        found += of_file(str(each), _text(each), path)
    if as_json:
        show_json([_mapping(each) for each in found])
        return
    show_table(
        "What is said",
        ("where", "standard", "says", "to training generative AI"),
        [
            (each.where, each.standard, _said(each.usage), _answer(each.trouble, each.answer))
            for each in found
        ],
    )


def show(
    document: Annotated[str, typer.Argument(help="A document's id.")],
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show what our page of a document says of its use, and what was said where it was found.

    Example: `sayso signals show ana/post-3`
    """
    with opened(home) as network, network.reading() as stores:
        found = stores.documents.one(DocumentId(document))
        if found is None:
            raise NotFound(f"There is no document {document!r}.", hint="Check its id.")
        usage = outside(found, network.clock(), stores.world())
    said = headers_of(usage)
    heard = _heard(found)
    if as_json:
        show_json({"document": document, "is_open": usage == OPEN, "says": said, "heard": heard})
        return
    show_table(f"What our page of {document} says", ("header", "value"), list(said.items()))
    if heard:
        show_table(
            "What was said where it was found",
            ("standard", "value", "seen", "to training generative AI"),
            [(one["standard"], one["value"], one["seen_at"], one["answer"]) for one in heard],
        )
    if usage != OPEN:
        say("Others may not train on it: that needs its authors' own yes to both purposes.")
        say(f"`sayso explain {document} --purpose ai-research` says what is missing.")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}.", hint="Check the path.") from error


def _said(usage: Usage) -> str:
    return ", ".join(f"{use} {answer}" for use, answer in usage.said.items()) or "nothing of a text"


def _answer(trouble: str, answer: object) -> str:
    return f"{_NOT_UNDERSTOOD} ({trouble})" if trouble else str(answer or "unsaid")


def _mapping(each: Statement) -> dict[str, object]:
    return {
        "where": each.where,
        "standard": each.standard,
        "value": each.value,
        "says": {str(use): str(answer) for use, answer in each.usage.said.items()},
        "answer": "no" if each.trouble else each.answer,
        "trouble": each.trouble,
    }


def _heard(document: Document) -> Sequence[dict[str, str]]:
    heard = []
    for each in document.signals:
        try:
            answer = _answer("", answer_of(each.standard, each.value))
        except BadInput as error:
            answer = _answer(error.message, None)
        heard.append(
            {
                "standard": each.standard,
                "value": each.value,
                "seen_at": each.seen_at.isoformat(),
                "answer": answer,
            }
        )
    return heard

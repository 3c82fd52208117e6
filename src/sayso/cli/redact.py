"""`redact`: what would be taken out of a text, and why."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from sayso.cli.output import (
    DONE,
    FAILED,
    HERE,
    AsJson,
    Home,
    console,
    opened,
    say,
    show_json,
    show_table,
)
from sayso.cli.redact_texts import Read, country, documents, fields_of, redactor_of, tag
from sayso.errors import BadInput
from sayso.jobs.missed import missed_rows
from sayso.redact.draft import Part
from sayso.redact.redacted import Redacted
from sayso.redact.redactor import FINDERS
from sayso.redact.scan import Kind, Surroundings
from sayso.sources.fields import Unfit
from sayso.sources.reading import Skipped
from sayso.sources.records import Record, jsonl_records

redact = typer.Typer(help="What would be taken out of a text.", no_args_is_help=True)
_COLOURS = {Kind.PERSON: "magenta", Kind.HANDLE: "magenta", Kind.SECRET: "red", Kind.URL: "blue"}
_LOOKED_FOR = frozenset(kind.upper() for kind in Kind)
"""Labels that name a kind; no finder looks for a place, a company or a date."""


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    redact.command("show")(show)
    redact.command("finders")(finders)
    redact.command("misses")(misses)
    redact.command("check")(check)
    app.add_typer(redact, name="redact")


def show(
    file: Annotated[str, typer.Argument(help="Text, or JSON lines with a text each; - reads in.")],
    home: Home = HERE,
    language: Annotated[str, typer.Option(help="What it is written in: en, pt-BR.")] = "",
    region: Annotated[str, typer.Option(help="The author's country: PT.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show what would be taken out of a file, and why; nothing is kept.

    In a network's home its members' names are known too. Code is told apart in Markdown (.md)
    alone, which is read as `sayso import` reads it; in a .txt all is text.

    Example: `sayso redact show letter.txt --region PT`

    Example: `sayso redact show posts.jsonl --json`
    """
    around = Surroundings(language=tag(language), region=country(region))
    found: list[dict[str, object]] = []
    redactor = redactor_of(home)
    for document in documents(file, around):
        redacted = redactor.redact_document(document.parts)
        if as_json:
            found += map(_mapping, [document.name] * len(redacted), document.parts, redacted)
        else:
            _print(document, redacted)
    if as_json:
        show_json(found)


def finders(as_json: AsJson = False) -> None:
    """List what is looked for.

    Example: `sayso redact finders`
    """
    listed = [{"kind": each.kind, "version": each.version, "about": each.about} for each in FINDERS]
    if as_json:
        show_json(listed)
        return
    rows = [(str(each["kind"]).replace("_", " "), each["about"]) for each in listed]
    show_table("What is taken out", ("kind", "what is found"), rows)


def misses(home: Home = HERE) -> None:
    """Print the texts in which an officer marked what was missed, as labelled JSON lines.

    They hold personal data: keep them as you keep the members' own texts.

    Example: `sayso redact misses > missed.jsonl`
    """
    with opened(home) as network, network.reading() as stores:
        for row in missed_rows(stores):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def check(
    file: Annotated[Path, typer.Argument(help="JSON lines: text, and spans of start and end.")],
    home: Home = HERE,
    as_json: AsJson = False,
) -> int:
    """Say whether all that is labelled in a file would be taken out; fail where it would not.

    Example: `sayso redact check missed.jsonl`
    """
    redactor, labelled, left = redactor_of(home), 0, list[dict[str, object]]()
    others = Counter[str]()
    for record in jsonl_records(file):
        where, text, language, marked = _labelled(record)
        spans = [span for span in marked if span[2].upper() in _LOOKED_FOR]
        others.update(span[2] for span in marked if span[2].upper() not in _LOOKED_FOR)
        labelled += len(spans)
        redacted = redactor.redact(text, Surroundings(language=language))
        left += [
            {"where": where, "start": start, "end": end, "words": text[start:end], "label": label}
            for start, end, label in spans
            if not _is_covered(start, end, redacted)
        ]
    if not labelled:
        raise _nothing_labelled(file, others)
    if as_json:
        show_json({"labelled": labelled, "left": left, "not_looked_for": dict(others)})
        return FAILED if left else DONE
    say(f"{labelled - len(left)} of {labelled} labelled pieces would be taken out.")
    if others:
        named = ", ".join(f"{label} ({count})" for label, count in sorted(others.items()))
        say(f"Not counted, since nothing looks for them: {named}.")
    if left:
        show_table(
            f"{len(left)} would stay",
            ("where", "label", "words"),
            [(each["where"], each["label"], each["words"]) for each in left],
        )
    return FAILED if left else DONE


def _nothing_labelled(file: Path, others: Counter[str]) -> BadInput:
    kinds = ", ".join(sorted(_LOOKED_FOR))
    if others:
        found = ", ".join(sorted(others))
        return BadInput(
            f"No span in {file} has a label that is looked for: {found}.",
            hint=f"Labels can be: {kinds}.",
        )
    return BadInput(
        f"No line of {file} has spans.",
        hint='Give spans, as in {"start": 0, "end": 3, "label": "PERSON"}; labels can be: '
        f"{kinds}.",
    )


def _labelled(record: Record | Skipped) -> tuple[str, str, str, list[tuple[int, int, str]]]:
    fields = fields_of(record)
    try:
        text = fields.text("text")
        spans = [
            (part.number("start"), part.number("end"), part.text("label"))
            for part in fields.parts("spans")
        ]
        language = fields.text("lang", "language")
    except Unfit as unfit:
        raise BadInput(f"{record.where}: {unfit.reason}.", hint=unfit.mend) from unfit
    for start, end, _ in spans:
        if not start < end <= len(text):
            raise BadInput(
                f"{record.where}: a span from {start} to {end} does not lie in the text.",
                hint="Count characters (code points), end exclusive.",
            )
    return record.where, text, language, spans


def _is_covered(start: int, end: int, redacted: Redacted) -> bool:
    gone = {place for one in redacted.found for place in range(one.start, one.end)}
    return gone.issuperset(range(start, end))


def _mapping(name: str, part: Part, redacted: Redacted) -> dict[str, object]:
    return {
        "id": name,
        "text": redacted.text,
        "found": [
            {
                "start": one.start,
                "end": one.end,
                "kind": one.kind,
                "placeholder": one.placeholder,
                "words": part.text[one.start : one.end],
                "finder": one.finder,
                "rule": one.rule,
            }
            for one in redacted.found
        ],
    }


def _print(document: Read, redacted: Sequence[Redacted]) -> None:
    console.print(Text(document.name, style="bold"))
    rows: list[tuple[str, str, str]] = []
    for part, one in zip(document.parts, redacted, strict=True):
        console.print(_coloured(part.text, one))
        rows += [
            (each.placeholder, part.text[each.start : each.end], f"{each.kind}: {each.rule}")
            for each in one.found
        ]
    if rows:
        say("")
        show_table(f"{len(rows)} pieces go", ("becomes", "words", "why"), list(dict.fromkeys(rows)))
    else:
        say("Nothing would be taken out.")


def _coloured(text: str, redacted: Redacted) -> Text:
    """Put in place what stands there instead; in colour, what goes is struck out before it."""
    is_coloured = console.is_terminal and not console.no_color
    shown, at = Text(), 0
    for one in redacted.found:
        colour = _COLOURS.get(one.kind, "yellow")
        shown.append(text[at : one.start])
        if is_coloured:
            shown.append(text[one.start : one.end], style=f"strike dim {colour}")
        shown.append(one.placeholder, style=f"bold {colour}")
        at = one.end
    shown.append(text[at:])
    return shown

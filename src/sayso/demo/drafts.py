"""Posts and articles: cases, tips, views and occasions put into a villager's own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.demo.desk import Pen
from sayso.demo.stock import Case, Tongue, sentence
from sayso.demo.villagers import Villager

_BLOCK = "||"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text and what it is about: what others may say to it, and what is worth repeating."""

    text: str
    tongue: Tongue
    mood: str = "story"
    subject: str = ""
    sayings: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a post says before it is laid out."""

    blocks: list[str]
    mood: str
    subject: str = ""
    sayings: tuple[str, ...] = ()


def post(pen: Pen, *, contact: str = "") -> Draft:
    """Write a post: mostly something that happened, now and then advice, a view, an occasion."""
    sort = pen.desk.rng.choices((_story, _tips, _view, _occasion), (54, 13, 12, 21))[0]
    body = sort(pen)
    if contact:
        body.blocks.append(pen.fill(pen.tongue.contacts[contact]))
    return Draft(
        text=_laid_out(pen.writer, body.blocks),
        tongue=pen.tongue,
        mood=body.mood,
        subject=body.subject,
        sayings=body.sayings,
    )


def _story(pen: Pen) -> Body:
    case = pen.case()
    happened = _happened(pen, case)
    lesson = pen.clause("lesson", pen.tongue.lesson_leads, case.lesson, 0.75)
    if pen.english and pen.desk.chance(0.25):
        happened[0] = f"{happened[0]} {_detail(pen)}"
    if pen.desk.chance(0.6):
        happened[1] = f"{happened[1]} {pen.line('reflection', pen.tongue.reflections)}"
    shape = pen.desk.rng.random()
    if shape < 0.2:
        blocks = [sentence(pen.fill(case.lesson)), *happened]
    elif shape < 0.38:
        blocks = [*happened, lesson]
    else:
        opening = pen.line("opening", pen.tongue.openings)
        blocks = [f"{opening} {happened[0]}", *happened[1:], lesson]
    return Body(
        blocks=blocks + _ending(pen),
        mood="story",
        subject=case.subject,
        sayings=(sentence(case.lesson), pen.fill(case.lesson), sentence(case.result)),
    )


def _happened(pen: Pen, case: Case) -> list[str]:
    problem = (
        pen.clause("problem", pen.tongue.problem_leads, case.problem, 0.55)
        if case.fits(pen.writer.trade.key)
        else pen.clause("told", pen.tongue.told_leads, case.problem, 1)
    )
    tried = pen.clause("tried", pen.tongue.tried_leads, case.tried, 0.5)
    fixed = pen.clause("fix", pen.tongue.fix_leads, case.fix, 0.7)
    result = pen.clause("result", pen.tongue.result_leads, case.result, 0.35)
    return [f"{problem} {tried}", f"{fixed} {result}"]


def _detail(pen: Pen) -> str:
    return pen.line(f"detail/{pen.writer.trade.key}", pen.writer.trade.details)


def _tip(pen: Pen) -> str:
    return pen.trade_line("tip", pen.writer.trade.tips, pen.tongue.tips)


def _tips(pen: Pen) -> Body:
    tips = (_tip(pen), pen.line("tip", pen.tongue.tips), _tip(pen))
    mark = pen.desk.rng.choice(("- ", "* ", "{}. ", ""))
    listed = "\n".join(f"{mark.format(n)}{tip}" for n, tip in enumerate(tips, start=1))
    intro = pen.line("tip_intro", pen.tongue.tip_intros)
    opening = pen.line("opening", pen.tongue.openings) if pen.desk.chance(0.4) else ""
    blocks = [f"{opening} {intro}".strip(), listed, *_ending(pen)]
    return Body(blocks=blocks, mood="tips", sayings=tips)


def _view(pen: Pen) -> Body:
    claim = pen.trade_line("view", pen.writer.trade.views, pen.tongue.views)
    turns = [pen.line("turn", pen.tongue.view_turns) for _ in range(2)]
    case = pen.case()
    proof = f"{sentence(pen.fill(case.problem))} {sentence(pen.fill(case.fix))}"
    blocks = [claim, " ".join(turns)]
    if case.fits(pen.writer.trade.key) and pen.desk.chance(0.6):
        blocks.insert(1, proof)
    return Body(blocks=blocks + _ending(pen), mood="view", sayings=(claim,))


def _occasion(pen: Pen) -> Body:
    mark, _, text = pen.line("occasion", pen.tongue.occasions).partition(" ")
    blocks = [part.strip() for part in text.split(_BLOCK)]
    if pen.at_home and pen.desk.chance(0.35):
        blocks.append(pen.writer.habits.favourite)
    return Body(blocks=blocks, mood=mark.removeprefix("@"))


def _ending(pen: Pen) -> list[str]:
    habits = pen.writer.habits
    last: list[str] = []
    if pen.at_home and pen.desk.chance(0.34):
        last.append(habits.favourite)
    if pen.english and pen.desk.chance(0.16):
        trade = pen.writer.trade
        last.append(pen.desk.deal(f"question/{trade.key}", trade.questions))
    elif pen.desk.chance(0.66):
        last.append(pen.line("closing", pen.tongue.closings))
    if pen.at_home and habits.sign_off:
        last.append(habits.sign_off)
    return [" ".join(last)] if last else []


def _laid_out(writer: Villager, blocks: Sequence[str]) -> str:
    """Set the blocks as this villager does: much air, a little, or none."""
    kept = [block for block in blocks if block]
    listed = any("\n" in block for block in kept)
    if writer.habits.paragraphs == "airy" or listed:
        return "\n\n".join(kept)
    if writer.habits.paragraphs == "plain" and len(kept) > 2:
        return f"{' '.join(kept[:2])}\n\n{' '.join(kept[2:])}"
    return " ".join(kept)


def article(pen: Pen) -> Draft:
    """Write an article: a view, a few things that happened, and advice at the end."""
    cases = [pen.case() for _ in range(3 if pen.desk.chance(0.5) else 4)]
    opening = pen.line("opening", pen.tongue.openings)
    claim = pen.trade_line("view", pen.writer.trade.views, pen.tongue.views)
    turn = pen.line("turn", pen.tongue.view_turns)
    told = [_section(pen, case) for case in cases]
    advice = " ".join([_tip(pen), _tip(pen), pen.line("tip", pen.tongue.tips)])
    blocks = [f"{opening} {claim} {turn}", *told, advice, *_ending(pen)]
    return Draft(
        text="\n\n".join(blocks),
        tongue=pen.tongue,
        mood="story",
        subject=cases[0].subject,
        sayings=tuple(sentence(pen.fill(case.result)) for case in cases),
        title=sentence(pen.fill(cases[0].lesson)).rstrip("."),
    )


def _section(pen: Pen, case: Case) -> str:
    happened = _happened(pen, case)
    if pen.english and pen.desk.chance(0.3):
        happened[0] = f"{happened[0]} {_detail(pen)}"
    if pen.desk.chance(0.7):
        happened.append(pen.line("reflection", pen.tongue.reflections))
    happened.append(pen.clause("lesson", pen.tongue.lesson_leads, case.lesson, 0.6))
    return " ".join(happened)

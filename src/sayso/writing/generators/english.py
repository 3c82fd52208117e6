"""English: forms, questions and which article a word takes."""

import re
from collections.abc import Mapping

from sayso.writing.generators.forms import Pack, PostForm

_AN = re.compile(r"(?i)^(?:[aeiou]|hour|honest|honou?r|heir)")
_A = re.compile(
    r"(?i)^(?:uni(?!n|m|d)|use|usa|usu|uti|ur[aeio]|ubiq|euro?|eul|eug|euph|ewe|one\b|once\b|u\b)"
)
_LETTERS = re.compile(r"^[A-Z][A-Z0-9]{0,4}s?(?![a-z])")
_VOWEL_LETTERS = "AEFHILMNORSX"
_SAID_AS_WORDS = frozenset({"NASA", "NATO", "STEM", "SaaS", "REST", "SCRUM", "LEAN", "RADAR"})
_NUMBERS = re.compile(r"^(?:8\d*|11|18)(?!\d)")


def article(phrase: str) -> str:
    """Return "a" or "an" for how the phrase's first word is said, not spelled.

    >>> article("user researcher"), article("engineer"), article("HR manager"), article("UX lead")
    ('a', 'an', 'an', 'a')
    """
    first = re.split(r"[\s/-]", phrase.strip(), maxsplit=1)[0]
    if not first:
        return "a"
    if first[0].isdigit():
        return "an" if _NUMBERS.match(first) else "a"
    if _LETTERS.match(first) and first not in _SAID_AS_WORDS:
        return "an" if first[0] in _VOWEL_LETTERS else "a"
    return "an" if _AN.match(first) and not _A.match(first) else "a"


def _words(slots: Mapping[str, str]) -> dict[str, str]:
    return {
        f"a_{name}": f"{article(slots[name])} {slots[name]}"
        for name in ("role", "past", "job")
        if slots.get(name)
    }


ENGLISH = Pack(
    code="en",
    conjunction=lambda _following: "and",
    year="year",
    years="years",
    words=_words,
    quotation="“{text}”",
    quotable="What others wrote about it. Keep it as a quotation, or leave it out:",
    at="at",
    headlines=(
        "{role}[ in {industry}]",
        "{role} at {organisation}",
        "{role} at {organisation} | {few_skills}",
        "{role} | {skills}",
        "{role}[ in {industry}] | {few_skills}",
        "{role}[ at {organisation}], writing about {few_topics}",
        "{role} with {years} of experience[ | {industry}]",
        "{role}, interested in {few_topics}",
        "{few_skills} | {role}[ at {organisation}]",
        "{role} · {organisation} · {location}",
        "{role}[ in {location}], working with {few_skills}",
        "{role}[, {organisation}] | {years} of experience | {few_skills}",
        "{role} | {few_topics} | {few_skills}",
        "{role}, looking for {looking_for}",
        "{role}, previously {past}",
        "{role}[ in {industry}], based in {location}",
    ),
    summary=(
        (
            "I am {a_role}[ at {organisation}][, based in {location}].",
            "I work as {a_role}[ at {organisation}][ in {location}].",
            "My job is that of {a_role}[ at {organisation}][ in {location}].",
            "{role}[ at {organisation}][ in {location}]: that is what I do.",
            "By profession I am {a_role}[, at {organisation}][ in {location}].",
            "As {a_role}[ at {organisation}], I work in {industry}.",
        ),
        (
            "I have {years} of experience[ and work with {skills}].",
            "Behind my work: {years} of experience[, and skills such as {skills}].",
            "I am at home with {skills}.",
            "My work draws on {skills}.",
            "You can come to me with questions on {skills}.",
        ),
        (
            "Before that, I was {a_past}.",
            "Earlier in my career I worked as {a_past}.",
            "I have also been {a_past}.",
            "Education: {education}.",
        ),
        (
            "I write about {topics}.",
            "What I like to talk about: {topics}.",
            "I am interested in {topics}.",
            "Ask me about {topics}.",
        ),
        (
            "I am looking for {looking_for}.",
            "Right now I am looking for {looking_for}.",
            "Education: {education}.",
            "My field is {industry}.",
        ),
    ),
    posts=(
        PostForm(
            opening="A few thoughts on {topic}.",
            points=("What I see: …", "What surprises me: …", "What I would change: …"),
            closing="What do you think?",
        ),
        PostForm(
            opening="Something I learned about {topic}:",
            points=("How it was before: …", "What happened: …", "What I do differently now: …"),
            closing="What would you add?",
        ),
        PostForm(
            opening="A question about {topic}.",
            points=("What I have tried: …", "Where I am stuck: …", "What would help: …"),
            closing="How do you go about it?",
        ),
        PostForm(
            opening="How I go about {topic}, step by step:",
            points=("First: …", "Then: …", "Last: …"),
            closing="Which step would you leave out?",
        ),
        PostForm(
            opening="Let me tell you a short story about {topic}.",
            points=("Where it began: …", "The hard part: …", "How it ended: …"),
            closing="Has something like this happened to you?",
        ),
        PostForm(
            opening="There is news about {topic}.",
            points=("What is new: …", "Whom it concerns: …", "What comes next: …"),
            closing="Questions are welcome.",
        ),
        PostForm(
            opening="Looking back on {topic}:",
            points=("What went well: …", "What did not: …", "What I take with me: …"),
            closing="What did you take with you?",
        ),
        PostForm(
            opening="Three things about {topic} that I keep coming back to:",
            points=("One: …", "Two: …", "Three: …"),
            closing="What would be your fourth?",
        ),
        PostForm(
            opening="Thank you to everyone who helped with {topic}.",
            points=("What we set out to do: …", "Who did what: …", "What it made possible: …"),
            closing="It was good to do this together.",
        ),
        PostForm(
            opening="I would like to hear from people who work on {topic}.",
            points=("Why I ask: …", "What I offer: …", "How to reach me: …"),
            closing="Please pass it on.",
        ),
        PostForm(
            opening="My view of {topic} has changed.",
            points=("What I used to think: …", "What changed my mind: …", "What I think now: …"),
            closing="Tell me where you disagree.",
        ),
        PostForm(
            opening="Something to read on {topic}:",
            points=("What it is: …", "The main point: …", "Whom I would give it to: …"),
            closing="What should I read next?",
        ),
    ),
    message=(
        ("Hello[ {recipient}],", "Dear {recipient},", "Good day[, {recipient}],"),
        (
            "I am writing about the {job} position[ at {company}].",
            "The {job} position[ at {company}] caught my interest.",
            "I would like to be considered for the {job} position[ at {company}].",
            "I am writing to ask whether you know of an opening that fits my work.",
        ),
        (
            "I am {a_role}[ at {organisation}][, with {years} of experience].",
            "At the moment I work as {a_role}[ at {organisation}].",
            "My present role is {role}[ at {organisation}][, in {industry}].",
        ),
        (
            "I work with {skills}.",
            "What I can bring: {skills}.",
            "My work draws on {skills}[, and I write about {few_topics}].",
        ),
        (
            "I am looking for {looking_for}.",
            "What I am looking for: {looking_for}.",
            "Before that, I was {a_past}.",
        ),
        (
            "Would you have time for a short conversation?",
            "May I tell you more in a short call?",
            "I would be glad to hear from you.",
        ),
        ("Kind regards,\n{name}", "Best wishes,\n{name}", "Yours sincerely,\n{name}"),
    ),
    resume=(
        (
            "{role} with {years} of experience[; field: {industry}].",
            "{role}[ at {organisation}][, {location}].",
            "{role}[ in {industry}][, currently at {organisation}].",
            "Currently {role}[ at {organisation}][ in {location}].",
        ),
        (
            "Skills: {skills}.",
            "Works with {skills}.",
            "Experienced in {skills}.",
            "Brings {skills}.",
        ),
        (
            "Previously {past}.",
            "Earlier position: {past}.",
            "Past work as {past}.",
        ),
        ("Education: {education}.", "Studied: {education}."),
        (
            "Looking for {looking_for}.",
            "Next step: {looking_for}.",
            "Writes about {topics}.",
        ),
    ),
    questions={
        "role": "What do you do? One or two words, such as a job title.",
        "skills": "What are you good at? Two or three skills.",
        "organisation": "Where do you work?",
        "topics": "What do you like to write or talk about?",
        "years": "How many years of experience do you have?",
        "looking_for": "What are you looking for?",
        "industry": "Which field do you work in?",
        "positions": "What did you do before?",
        "education": "Where or what did you study?",
        "job": "Which position is it about?",
        "topic": "What would you like to write about?",
    },
)

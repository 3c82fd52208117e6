"""German: forms without articles before the member's own words, whose gender is not known."""

from collections.abc import Mapping

from sayso.writing.generators.forms import Pack, PostForm


def _words(slots: Mapping[str, str]) -> dict[str, str]:
    years = slots.get("years", "")
    return {"of_years": years + ("n" if years.endswith("Jahre") else "")}


GERMAN = Pack(
    code="de",
    conjunction=lambda _following: "und",
    year="Jahr",
    years="Jahre",
    words=_words,
    quotation="„{text}“",
    quotable="Was andere dazu geschrieben haben. Als Zitat behalten oder weglassen:",
    at="bei",
    headlines=(
        "{role}[ ({location})]",
        "{role} bei {organisation}",
        "{role} | {skills}",
        "{role}[ bei {organisation}] | {few_skills}",
        "{role} · {organisation} · {location}",
        "{role} mit {of_years} Erfahrung[ | {few_skills}]",
        "{role} | Themen: {few_topics}",
        "{few_skills} | {role}",
        "{role}, zuvor {past}",
    ),
    summary=(
        (
            "Ich arbeite als {role}[ bei {organisation}][ in {location}].",
            "Von Beruf: {role}[ bei {organisation}][ in {location}].",
            "Beruflich bin ich als {role} tätig[, derzeit bei {organisation}].",
        ),
        (
            "Ich habe {years} Erfahrung[ und arbeite mit {skills}].",
            "Meine Schwerpunkte: {skills}.",
            "Ich kenne mich aus mit {skills}.",
        ),
        ("Davor: {past}.", "Frühere Station: {past}.", "Ausbildung: {education}."),
        ("Ich schreibe über {topics}.", "Mich interessiert: {topics}.", "Meine Themen: {topics}."),
        ("Was ich suche: {looking_for}.", "Ausbildung: {education}.", "Branche: {industry}."),
    ),
    posts=(
        PostForm(
            opening="Ein paar Gedanken zum Thema {topic}.",
            points=("Was ich sehe: …", "Was mich überrascht: …", "Was ich ändern würde: …"),
            closing="Wie seht ihr das?",
        ),
        PostForm(
            opening="Was ich über {topic} gelernt habe:",
            points=("Wie es vorher war: …", "Was geschah: …", "Was ich heute anders mache: …"),
            closing="Was würdet ihr ergänzen?",
        ),
        PostForm(
            opening="Eine Frage zum Thema {topic}.",
            points=("Was ich versucht habe: …", "Wo es hakt: …", "Was helfen würde: …"),
            closing="Wie macht ihr das?",
        ),
        PostForm(
            opening="Rückblick zum Thema {topic}:",
            points=("Was gut lief: …", "Was nicht: …", "Was ich mitnehme: …"),
            closing="Was nehmt ihr mit?",
        ),
    ),
    message=(
        ("Guten Tag[ {recipient}]!", "Hallo[ {recipient}]!"),
        (
            "Ich schreibe Ihnen wegen der Stelle „{job}“[ bei {company}].",
            "Die Stelle „{job}“[ bei {company}] interessiert mich sehr.",
            "Ich wollte fragen, ob Sie von einer Stelle wissen, die zu mir passt.",
        ),
        (
            "Ich arbeite als {role}[ bei {organisation}][ und habe {years} Erfahrung].",
            "Derzeit bin ich als {role} tätig[, bei {organisation}].",
        ),
        ("Meine Schwerpunkte: {skills}.", "Was ich mitbringe: {skills}."),
        ("Was ich suche: {looking_for}.", "Davor: {past}."),
        (
            "Hätten Sie Zeit für ein kurzes Gespräch?",
            "Ich freue mich, von Ihnen zu hören.",
        ),
        ("Freundliche Grüße\n{name}", "Mit besten Grüßen\n{name}"),
    ),
    resume=(
        (
            "{role} mit {of_years} Erfahrung.",
            "{role}[ bei {organisation}][, {location}].",
            "Derzeit: {role}[ bei {organisation}].",
        ),
        ("Kenntnisse: {skills}.", "Schwerpunkte: {skills}."),
        ("Zuvor: {past}.", "Frühere Station: {past}."),
        ("Ausbildung: {education}.",),
        ("Gesucht: {looking_for}.", "Themen: {topics}."),
    ),
    questions={
        "role": "Was machen Sie beruflich? Ein oder zwei Wörter.",
        "skills": "Was können Sie gut? Zwei oder drei Fähigkeiten.",
        "organisation": "Wo arbeiten Sie?",
        "topics": "Worüber schreiben oder sprechen Sie gern?",
        "years": "Wie viele Jahre Erfahrung haben Sie?",
        "looking_for": "Was suchen Sie?",
        "industry": "In welcher Branche arbeiten Sie?",
        "positions": "Was haben Sie vorher gemacht?",
        "education": "Was oder wo haben Sie gelernt oder studiert?",
        "job": "Um welche Stelle geht es?",
        "topic": "Worüber möchten Sie schreiben?",
    },
)

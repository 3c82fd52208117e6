"""French: forms without articles before the member's own words, whose gender is not known."""
# ruff: noqa: RUF001 - French is written with this apostrophe and these spaces

from collections.abc import Mapping

from sayso.writing.generators.forms import Pack, PostForm


def _words(_slots: Mapping[str, str]) -> dict[str, str]:
    return {}


FRENCH = Pack(
    code="fr",
    conjunction=lambda _following: "et",
    year="an",
    years="ans",
    words=_words,
    quotation="« {text} »",
    quotable="Ce que d’autres en ont écrit. À garder comme citation, ou à retirer :",
    at="chez",
    headlines=(
        "{role}[ ({location})]",
        "{role} chez {organisation}",
        "{role} | {skills}",
        "{role}[ chez {organisation}] | {few_skills}",
        "{role} · {organisation} · {location}",
        "{role}, {years} d’expérience[ | {few_skills}]",
        "{role} | sujets : {few_topics}",
        "{few_skills} | {role}",
        "{role}, auparavant : {past}",
    ),
    summary=(
        (
            "Je travaille comme {role}[ chez {organisation}][ ({location})].",
            "Mon métier : {role}[, chez {organisation}][ ({location})].",
            "Mon poste actuel : {role}[, chez {organisation}].",
        ),
        (
            "J’ai {years} d’expérience[ ; mes domaines : {skills}].",
            "Mes points forts : {skills}.",
            "Je travaille dans ces domaines : {skills}.",
        ),
        ("Auparavant : {past}.", "Poste précédent : {past}.", "Formation : {education}."),
        ("Mes sujets : {topics}.", "J’écris sur ces sujets : {topics}."),
        (
            "Ce que je recherche : {looking_for}.",
            "Formation : {education}.",
            "Secteur : {industry}.",
        ),
    ),
    posts=(
        PostForm(
            opening="Quelques réflexions. Le sujet : {topic}.",
            points=("Ce que je vois : …", "Ce qui me surprend : …", "Ce que je changerais : …"),
            closing="Qu’en pensez-vous ?",
        ),
        PostForm(
            opening="Ce que j’ai appris sur ce sujet : {topic}.",
            points=(
                "Comment c’était avant : …",
                "Ce qui s’est passé : …",
                "Ce que je fais autrement : …",
            ),
            closing="Qu’ajouteriez-vous ?",
        ),
        PostForm(
            opening="Une question. Le sujet : {topic}.",
            points=("Ce que j’ai essayé : …", "Où je bloque : …", "Ce qui m’aiderait : …"),
            closing="Comment faites-vous ?",
        ),
        PostForm(
            opening="Un regard en arrière. Le sujet : {topic}.",
            points=(
                "Ce qui a bien marché : …",
                "Ce qui n’a pas marché : …",
                "Ce que j’en retiens : …",
            ),
            closing="Et vous, qu’en retenez-vous ?",
        ),
    ),
    message=(
        ("Bonjour[ {recipient}],",),
        (
            "Je vous écris au sujet du poste « {job} »[ chez {company}].",
            "Le poste « {job} »[ chez {company}] m’intéresse beaucoup.",
            "Je vous écris pour savoir si un poste pourrait me convenir.",
        ),
        (
            "Je travaille comme {role}[ chez {organisation}][ et j’ai {years} d’expérience].",
            "Mon poste actuel : {role}[, chez {organisation}].",
        ),
        ("Mes domaines : {skills}.", "Ce que je peux apporter : {skills}."),
        ("Ce que je recherche : {looking_for}.", "Auparavant : {past}."),
        (
            "Auriez-vous un moment pour un bref échange ?",
            "Dans l’attente de votre réponse, je reste à votre disposition.",
        ),
        ("Bien cordialement,\n{name}", "Cordialement,\n{name}"),
    ),
    resume=(
        (
            "{role}, {years} d’expérience.",
            "{role}[, chez {organisation}][, {location}].",
            "Actuellement : {role}[, chez {organisation}].",
        ),
        ("Compétences : {skills}.", "Points forts : {skills}."),
        ("Auparavant : {past}.", "Poste précédent : {past}."),
        ("Formation : {education}.",),
        ("Recherche : {looking_for}.", "Sujets : {topics}."),
    ),
    questions={
        "role": "Que faites-vous ? Un ou deux mots.",
        "skills": "Dans quoi êtes-vous à l’aise ? Deux ou trois compétences.",
        "organisation": "Où travaillez-vous ?",
        "topics": "De quoi aimez-vous parler ou écrire ?",
        "years": "Combien d’années d’expérience avez-vous ?",
        "looking_for": "Que recherchez-vous ?",
        "industry": "Dans quel secteur travaillez-vous ?",
        "positions": "Que faisiez-vous avant ?",
        "education": "Qu’avez-vous étudié, ou bien où ?",
        "job": "De quel poste s’agit-il ?",
        "topic": "Sur quoi aimeriez-vous écrire ?",
    },
)

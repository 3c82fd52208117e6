"""Spanish: forms without articles before the member's own words, whose gender is not known."""

import re
from collections.abc import Mapping

from sayso.writing.generators.forms import Pack, PostForm


def _and(following: str) -> str:
    """Return "e" before the sound i, but not before a diphthong such as "hielo"."""
    return "e" if re.match(r"(?i)h?[ií](?![aeouáéóú])", following) else "y"


def _words(_slots: Mapping[str, str]) -> dict[str, str]:
    return {}


SPANISH = Pack(
    code="es",
    conjunction=_and,
    year="año",
    years="años",
    words=_words,
    quotation="«{text}»",
    quotable="Lo que otras personas han escrito sobre ello. Puede dejarlo como cita o quitarlo:",
    at="en",
    headlines=(
        "{role}[ ({location})]",
        "{role} en {organisation}",
        "{role} | {skills}",
        "{role}[ en {organisation}] | {few_skills}",
        "{role} · {organisation} · {location}",
        "{role} con {years} de experiencia[ | {few_skills}]",
        "{role} | temas: {few_topics}",
        "{few_skills} | {role}",
        "{role}; antes: {past}",
    ),
    summary=(
        (
            "Trabajo como {role}[ en {organisation}][ ({location})].",
            "Mi profesión: {role}[ en {organisation}][ ({location})].",
            "Me dedico a esto: {role}[, actualmente en {organisation}].",
        ),
        (
            "Tengo {years} de experiencia[ y trabajo con {skills}].",
            "Mis puntos fuertes: {skills}.",
            "Trabajo con {skills}.",
        ),
        ("Antes: {past}.", "Puesto anterior: {past}.", "Formación: {education}."),
        ("Escribo sobre {topics}.", "Temas que me interesan: {topics}.", "Mis temas: {topics}."),
        ("Busco lo siguiente: {looking_for}.", "Formación: {education}.", "Sector: {industry}."),
    ),
    posts=(
        PostForm(
            opening="Algunas ideas sobre {topic}.",
            points=("Lo que veo: …", "Lo que me sorprende: …", "Lo que cambiaría: …"),
            closing="¿Qué opináis?",
        ),
        PostForm(
            opening="Lo que he aprendido sobre {topic}:",
            points=("Cómo era antes: …", "Qué pasó: …", "Qué hago ahora de otra manera: …"),
            closing="¿Qué añadiríais?",
        ),
        PostForm(
            opening="Una pregunta sobre {topic}.",
            points=("Lo que he probado: …", "Dónde me atasco: …", "Qué me ayudaría: …"),
            closing="¿Cómo lo hacéis?",
        ),
        PostForm(
            opening="Mirando atrás, sobre {topic}:",
            points=("Lo que salió bien: …", "Lo que no: …", "Lo que me llevo: …"),
            closing="¿Y qué os lleváis vosotros?",
        ),
    ),
    message=(
        ("Hola[, {recipient}]:", "Buenos días[, {recipient}]:"),
        (
            "Le escribo por el puesto «{job}»[ en {company}].",
            "Me interesa el puesto «{job}»[ en {company}].",
            "Le escribo para preguntar si sabe de alguna vacante que encaje con mi trabajo.",
        ),
        (
            "Trabajo como {role}[ en {organisation}][ y tengo {years} de experiencia].",
            "Mi puesto actual: {role}[ en {organisation}].",
        ),
        ("Trabajo con {skills}.", "Lo que puedo aportar: {skills}."),
        ("Lo que busco: {looking_for}.", "Antes: {past}."),
        (
            "¿Tendría tiempo para una breve conversación?",
            "Espero tener noticias suyas.",
        ),
        ("Un saludo,\n{name}", "Saludos cordiales,\n{name}"),
    ),
    resume=(
        (
            "{role} con {years} de experiencia.",
            "{role}[ en {organisation}][, {location}].",
            "Actualmente: {role}[ en {organisation}].",
        ),
        ("Competencias: {skills}.", "Puntos fuertes: {skills}."),
        ("Antes: {past}.", "Puesto anterior: {past}."),
        ("Formación: {education}.",),
        ("Busca: {looking_for}.", "Temas: {topics}."),
    ),
    questions={
        "role": "¿A qué se dedica? Una o dos palabras.",
        "skills": "¿Qué se le da bien? Dos o tres competencias.",
        "organisation": "¿Dónde trabaja?",
        "topics": "¿Sobre qué le gusta escribir o hablar?",
        "years": "¿Cuántos años de experiencia tiene?",
        "looking_for": "¿Qué busca?",
        "industry": "¿En qué sector trabaja?",
        "positions": "¿Qué hacía antes?",
        "education": "¿Qué o dónde ha estudiado?",
        "job": "¿De qué puesto se trata?",
        "topic": "¿Sobre qué le gustaría escribir?",
    },
)

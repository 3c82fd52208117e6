"""What the villagers were told, in full."""

from datetime import datetime

from sayso.community import Category
from sayso.consent.notices import Notice, publish
from sayso.consent.purposes import Purpose

NOTICE_ID = "writing-suggestions-1"

_TITLE = "Using what you write to improve writing suggestions"

_TEXT = """\
Fernhollow is about to offer its members help with writing: a headline, a first draft, the rest of
a sentence. We would like that help to sound like the people here. For this we need examples, and
the best examples are yours. So we are asking you first.

## What we would use

Your public posts, articles and comments, and what you write in open groups. Before anything is
used, we take out e-mail addresses, telephone numbers, card and account numbers, and the names of
members.

## What we never use

Messages. Drafts. Anything that only your connections or a closed group can see. Anything by people
under eighteen. Words of yours that somebody else quotes, if you say no.

## What it is for

To train the models that suggest words to other members, and to show with each suggestion whose
words it draws on. You decide whether you are named, shown under a pseudonym, or not shown at all.
It is not used for advertising, and it is not passed on to anyone outside this network.

## Yes, no, or not yet

Nothing happens until you say yes. If you say nothing, we use nothing. You can also say yes and
keep out a single post, or everything from groups. The switch is under *Settings & privacy → Data
privacy → Data for Generative AI Improvement*.

## If you change your mind

Say no at any time, with one click. Suggestions stop drawing on your words within seconds. The
models that learned from them are then retrained without you, and you get a certificate that
anybody can check. Saying no costs you nothing: you can use Fernhollow exactly as before.

Questions? Write to privacy@example.org. A person will answer.
"""


def notice(published_at: datetime) -> Notice:
    """Return the notice as it was published on that day."""
    draft = Notice(
        id=NOTICE_ID,
        title=_TITLE,
        text=_TEXT,
        purposes=(Purpose.GENAI_TRAINING,),
        categories=(Category.CONTENT, Category.GROUPS),
    )
    return publish(draft, published_at)

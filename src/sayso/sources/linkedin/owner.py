"""Whose archive it is: said by the operator, else by the archive, and never by a name."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sayso.community import Document, DocumentId, Kind, MemberId, Visibility
from sayso.errors import BadInput
from sayso.sources.audience import audience
from sayso.sources.fields import Fields
from sayso.sources.linkedin.files import member_in
from sayso.sources.reading import ReadingOptions

READER = "linkedin"
WHERE_SILENT = Visibility.PUBLIC
"""Articles and the profile have no column that says who may read them; they are made to be found.
A comment is not: whoever sees the post sees it. `--set visibility=` says otherwise of all."""

_LENGTH = 24
"""Hexadecimal digits: 96 bits, so that not even a billion texts of one member collide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The member whose archive it is, and what the operator says for all of it."""

    member_id: MemberId
    options: ReadingOptions

    @property
    def source(self) -> str:
        """The collection its documents belong to."""
        return self.options.source or READER

    @property
    def language(self) -> str:
        """The language of all of it, where the operator says one."""
        return Fields(self.options.attested).text("language")

    @property
    def licence(self) -> str:
        """The licence of all of it, where the operator says one."""
        return Fields(self.options.attested).text("licence")

    def attested_audience(self, default: Visibility) -> Visibility:
        """Return who the operator says may read what the archive is silent about."""
        fields = Fields(self.options.attested)
        return audience(Fields({}), fields) if fields.has("visibility") else default

    def document(self, document_id: DocumentId, kind: Kind, text: str, at: datetime) -> Document:
        """Return what they wrote; nobody else may read it until that is said."""
        return Document(
            id=document_id,
            member_id=self.member_id,
            kind=kind,
            text=text,
            created_at=at,
            visibility=Visibility.PRIVATE,
            language=self.language,
            source=self.source,
            licence=self.licence,
        )

    def document_id(self, name: str) -> DocumentId:
        """Return the id of something of theirs. Nobody else's archive can hold the same one."""
        key = self.member_id.removeprefix(f"{READER}:")
        return DocumentId(f"{READER}:{key}/{name}")

    def hashed_id(self, kind: str, at: datetime | None, *parts: str) -> DocumentId:
        """Return the id of something that LinkedIn gives none: of what it is and says."""
        said = "\x1f".join((at.isoformat() if at else "", *parts))
        digest = hashlib.sha256(said.encode()).hexdigest()[:_LENGTH]
        return self.document_id(f"{kind}/{digest}")


def owner(path: Path, names: tuple[str, ...], email: str, options: ReadingOptions) -> Owner:
    """Return whose archive it is.

    Raises:
        BadInput: nothing in it says so, or it is of two members.
    """
    numbers = sorted({number for name in names if (number := member_in(name))})
    if options.member_id is not None:
        return Owner(member_id=options.member_id, options=options)
    if len(numbers) > 1:
        raise BadInput(
            f"{path} holds files of two members, {numbers[0]} and {numbers[1]}.",
            hint="Give each member's archive by itself. Nothing was kept.",
        )
    if numbers:
        return Owner(member_id=MemberId(f"{READER}:{numbers[0]}"), options=options)
    if email:
        digest = hashlib.sha256(email.casefold().encode()).hexdigest()[:_LENGTH]
        return Owner(member_id=MemberId(f"{READER}:email-{digest}"), options=options)
    raise BadInput(
        f"{path} does not say whose archive it is.",
        hint="Say it with --member ID, or ask LinkedIn for the larger archive, which does. "
        "Nothing was kept.",
    )

"""What the writing room asks of the others: one transaction, a vault, a finder of personal data."""

from collections.abc import Sequence
from typing import Protocol

from sayso.community import Document, DocumentId, MemberId
from sayso.consent.facts import World
from sayso.redact.scan import Surroundings
from sayso.writing.guard import Found
from sayso.writing.kept import Shelf
from sayso.writing.serving import Stores as ServedStores


class Redacted(Protocol):
    """What a redactor found."""

    @property
    def found(self) -> Sequence[Found]:
        """Where personal data stands in the text that was given."""
        ...


class Redactor(Protocol):
    """Finds personal data."""

    def redact(self, text: str, around: Surroundings = ...) -> Redacted:
        """Return what was found."""
        ...


class Vault(Protocol):
    """Seals under a member's own key."""

    def seal(self, member_id: MemberId, plain: bytes) -> bytes:
        """Return `plain` sealed."""
        ...

    def open(self, member_id: MemberId, sealed: bytes) -> bytes:
        """Return what was sealed."""
        ...


class Documents(Protocol):
    """Documents as the network holds them now."""

    def one(self, document_id: DocumentId) -> Document | None:
        """Return the document, or None."""
        ...


class Stores(ServedStores, Protocol):
    """One transaction over everything that a suggestion needs."""

    @property
    def writing(self) -> Shelf:
        """The credit index and the history."""
        ...

    @property
    def vault(self) -> Vault:
        """The members' keys."""
        ...

    @property
    def documents(self) -> Documents:
        """Documents."""
        ...

    def world(self) -> World:
        """Return the facts that decisions are made from."""
        ...

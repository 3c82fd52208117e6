"""People who are no members, are named in members' texts, and object to it."""

from dataclasses import dataclass
from datetime import datetime

from sayso.community import DocumentId, MemberId
from sayso.consent.objectors import Objector
from sayso.errors import Tampered
from sayso.evidence import canonical
from sayso.evidence.canonical import JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Who would not be named, how they can be reached, and where; no `documents` mean all."""

    id: str
    names: tuple[str, ...]
    at: datetime
    contact: str = ""
    documents: tuple[DocumentId, ...] = ()

    @property
    def subject(self) -> MemberId:
        """Whose key seals it: nobody's account, and no member's id ever looks like it."""
        return subject_of(self.id)

    @property
    def objector(self) -> Objector:
        """What decisions ask about."""
        return Objector(id=self.id, names=self.names, documents=frozenset(self.documents))


def subject_of(objection_id: str) -> MemberId:
    """Return the name under which an objection has its key and its withdrawals."""
    return MemberId(f"objection:{objection_id}")


def to_bytes(objection: Objection) -> bytes:
    """Write down what is sealed; the same objection gives the same bytes."""
    fields: dict[str, JSON] = {
        "names": list(objection.names),
        "contact": objection.contact,
        "documents": [str(each) for each in objection.documents],
    }
    return canonical.canonical(fields)


def from_bytes(objection_id: str, at: datetime, written: bytes) -> Objection:
    """Read what `to_bytes` wrote.

    Raises:
        Tampered: it is no objection.
    """
    fields = canonical.parse(written)
    try:
        assert isinstance(fields, dict)
        return Objection(
            id=objection_id,
            names=tuple(str(each) for each in fields["names"]),
            at=at,
            contact=str(fields["contact"]),
            documents=tuple(DocumentId(str(each)) for each in fields["documents"]),
        )
    except (AssertionError, KeyError, TypeError) as error:
        raise Tampered(f"What is kept of objection {objection_id!r} is none.") from error

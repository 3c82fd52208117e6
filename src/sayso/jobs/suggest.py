"""The one `Writer` of a process, with the network's members for its redactor."""

from threading import Lock

from sayso.community import Member, MemberId
from sayso.errors import NotFound
from sayso.jobs.names import LivingRedactor
from sayso.wiring import Network
from sayso.writing.history import Suggestion
from sayso.writing.suggest import SuggestionKind, Writer


class Assistant:
    """Makes suggestions for a network's members. Threads may share it; make one per process."""

    def __init__(self, network: Network) -> None:
        """Load nothing yet: the first question does."""
        self._network = network
        self._lock = Lock()
        self._parts: tuple[Writer, LivingRedactor] | None = None

    @property
    def writer(self) -> Writer:
        """The writer, for history: call it inside a transaction."""
        return self._made()[0]

    @property
    def redactor(self) -> LivingRedactor:
        """The redactor of what is suggested."""
        return self._made()[1]

    def suggest(
        self, member_id: MemberId, kind: SuggestionKind, text: str = "", *, keep: bool = True
    ) -> Suggestion:
        """Return a suggestion; `keep` puts it into the member's history.

        Raises:
            NotFound: no such member.
            Refused: the member said no to help with writing, or their account is not active.
            BadInput: the text is too long.
        """
        writer, redactor = self._made()
        with self._network.reading() as stores:
            writer.load(stores)
            redactor.follow(stores)
        with self._network.writing() as stores:
            member = _known(stores.community.member(member_id), member_id)
            return writer.suggest(stores, member, kind, text, self._network.clock(), keep=keep)

    def _made(self) -> tuple[Writer, LivingRedactor]:
        settings = self._network.settings
        with self._lock:
            if self._parts is None:
                redactor = LivingRedactor(self._network)
                writer = Writer(
                    settings.store,
                    phrase_members=settings.phrase_members,
                    copy_limit_words=settings.copy_limit_words,
                    redactor=redactor,
                    entropy=self._network.entropy,
                    key=self._network.keys.partition,
                )
                self._parts = writer, redactor
            return self._parts


def _known(member: Member | None, member_id: MemberId) -> Member:
    if member is None:
        raise NotFound(
            f"There is no member {member_id!r}.", hint="`sayso members list` shows who there is."
        )
    return member

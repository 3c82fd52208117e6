"""A home with members who write and say yes, a sealed dataset, and a model that stands on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sayso.community import (
    AgeBand,
    CreditChoice,
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    Profile,
    Region,
)
from sayso.consent.choices import Answer, Choice
from sayso.consent.ledger import credit_event
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import HELD_OUT, DatasetId
from sayso.jobs import tell
from sayso.jobs.build import build_dataset, partition_of, redactor_for
from sayso.rights.say import say
from sayso.training.environment import Environment, Mode
from sayso.training.models import ModelId, TrainedModel
from sayso.training.recipes import TINY
from sayso.training.takeback import RemovedRow
from sayso.wiring import make_home, open_network
from sayso.writing.generators.local import Extras
from sayso.writing.history import Suggestion
from sayso.writing.serving import Scorer
from sayso.writing.suggest import SuggestionKind, Writer

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
WRITER_KEY = b"\x11" * 32


class Counting:
    """Entropy for tests: never the same twice, always the same from the start."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, size: int, /) -> bytes:
        self.calls += 1
        return self.calls.to_bytes(max(size, 4), "big")[-size:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabetical:
    """A scorer that likes what comes first in the alphabet."""

    is_empty: bool = False

    def score(self, prompt: str, continuations: Sequence[str]) -> list[float]:
        del prompt
        return [-100.0 * ord(text.strip()[0]) * len(text.split()) for text in continuations]


class WritersHome:
    """What a test of writing needs, in a few words."""

    def __init__(self, folder: Path, *, limit: int = 12) -> None:
        settings = make_home(folder, "Test")
        (settings.keys / "partition.key").write_bytes(b"\x05" * 32)
        self.clock_at = START
        self._entropy = Counting()
        self.network = open_network(settings, clock=lambda: self.clock_at, entropy=self._entropy)
        tell.publish(self.network, "")
        self.members: dict[str, Member] = {}
        self._written = 0
        self.scorer: Scorer = Alphabetical(is_empty=True)
        self.loaded: list[Mapping[int, int]] = []
        with self.network.reading() as stores:
            self.redactor = redactor_for(stores, settings)
        self.writer = self.new_writer(limit)

    def new_writer(self, limit: int = 12) -> Writer:
        """A writer of another process, which has nothing in memory yet."""

        def load(
            _store: Path,
            _model: TrainedModel,
            slices: Mapping[int, int],
            _removed: Sequence[RemovedRow],
        ) -> Scorer:
            self.loaded.append(slices)
            return self.scorer

        return Writer(
            self.network.settings.store,
            phrase_members=3,
            copy_limit_words=limit,
            redactor=self.redactor,
            entropy=self._entropy,
            key=WRITER_KEY,
            load_scorer=load,
        )

    def settle(
        self, name: str, *, profile: Profile | None = None, answer: Answer | None = Answer.YES
    ) -> Member:
        """A grown-up in Germany, who says yes to training unless told otherwise."""
        member = Member(
            id=MemberId(name),
            name=f"{name.title()} Testperson",
            pseudonym=f"the {name} of old",
            region=Region("DE"),
            age_band=AgeBand.ADULT,
            languages=("en",),
            profile=profile or Profile(),
        )
        place = partition_of(self.network).place(member.id, is_default=False)
        assert place[0] != HELD_OUT, f"{name} is held out under the test key: name them otherwise"
        with self.network.writing() as stores:
            stores.community.save_member(member)
        self.members[name] = member
        if answer is not None:
            self.says(name, answer)
        return member

    def says(self, name: str, answer: Answer, purpose: Purpose = Purpose.GENAI_TRAINING) -> None:
        self.clock_at += timedelta(minutes=1)
        choice = Choice(
            event_id=f"{name}-{purpose}-{self.clock_at.isoformat()}",
            member_id=MemberId(name),
            purpose=purpose,
            answer=answer,
            occurred_at=self.clock_at,
        )
        with self.network.writing() as stores:
            say(stores, choice, self.clock_at)

    def wants_credit(self, name: str, choice: CreditChoice) -> None:
        self.clock_at += timedelta(minutes=1)
        event = credit_event(
            event_id=f"{name}-credit-{self.clock_at.isoformat()}",
            member_id=MemberId(name),
            credit=choice,
            occurred_at=self.clock_at,
        )
        with self.network.writing() as stores:
            stores.ledger.record(event, self.clock_at)

    def writes(self, name: str, text: str, *, title: str = "") -> DocumentId:
        self._written += 1
        document = Document(
            id=DocumentId(f"doc-{self._written:03d}"),
            member_id=MemberId(name),
            kind=Kind.POST,
            text=text,
            title=title,
            language="en",
            created_at=START - timedelta(days=30) + timedelta(minutes=self._written),
        )
        with self.network.writing() as stores:
            stores.community.save_document(document)
        return document.id

    def train(self, *, slices: int = 1) -> DatasetId:
        """Seal what may be used and put a model that stands on it to use; no weights."""
        self.clock_at += timedelta(days=1)
        dataset = build_dataset(self.network, Purpose.GENAI_TRAINING).dataset_id
        model = TrainedModel(
            model_id=ModelId(f"model-{dataset[:16]}"),
            dataset_id=dataset,
            recipe=TINY,
            tokenizer_digest="",
            environment=Environment(
                mode=Mode.NATIVE, torch="", python="", machine="", processor="", variables={}
            ),
            shards=(),
        )
        del slices
        with self.network.writing() as stores:
            stores.models.save(model, self.clock_at)
            stores.models.use(model.model_id)
        return dataset

    def suggest(
        self,
        name: str,
        kind: SuggestionKind,
        text: str = "",
        *,
        extras: Extras | None = None,
        keep: bool = True,
        writer: Writer | None = None,
    ) -> Suggestion:
        with self.network.writing() as stores:
            return (writer or self.writer).suggest(
                stores, self.members[name], kind, text, self.clock_at, extras=extras, keep=keep
            )

    def history(self, name: str) -> tuple[Suggestion, ...]:
        with self.network.reading() as stores:
            return self.writer.history(stores, MemberId(name), self.clock_at)

    def becomes(self, name: str, profile: Profile) -> None:
        """Change a member's profile."""
        self.members[name] = replace(self.members[name], profile=profile)
        with self.network.writing() as stores:
            stores.community.save_member(self.members[name])

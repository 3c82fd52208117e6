"""Suggestions for a member who is writing, with credit: the one door to this room."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sayso.community import Entropy, Member, MemberId, Standing
from sayso.consent.choices import Answer, Scope
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.errors import BadInput, NotFound, Refused
from sayso.training.models import TrainedModel
from sayso.training.takeback import RemovedRow
from sayso.writing.corpus import LONGEST_TEXT
from sayso.writing.drafting import Call, continued, drafted
from sayso.writing.generators.local import Ask, Extras
from sayso.writing.guard import require_possible
from sayso.writing.history import Suggestion, from_bytes, to_bytes
from sayso.writing.kept import IndexedText, KeptSuggestion, SuggestionId
from sayso.writing.needs import Redactor, Stores
from sayso.writing.serving import LoadScorer, Scorer, Served, Serving
from sayso.writing.showing import permission, whole
from sayso.writing.words import Hasher, spelled


class SuggestionKind(StrEnum):
    """What a member may ask for."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    POST = "post"
    CONTINUE = "continue"
    MESSAGE = "message"
    RESUME = "resume"


def trained(
    store: Path, model: TrainedModel, slices: Mapping[int, int], removed: Sequence[RemovedRow]
) -> Scorer:
    """Load a model's shards as far as they may be served, and its counts without these rows."""
    from sayso.training.mixture import Mixture  # noqa: PLC0415 - torch takes seconds to load

    return Mixture(store, model, slices, removed)


class Writer:
    """Makes suggestions and keeps their history; one per process, threads may share it.

    Each call stands in one transaction of the caller's: what is removed there is not drawn on.
    """

    def __init__(  # noqa: PLR0913 - what a home fixes once
        self,
        store: Path,
        *,
        phrase_members: int,
        copy_limit_words: int,
        redactor: Redactor,
        entropy: Entropy,
        key: bytes,
        load_scorer: LoadScorer = trained,
    ) -> None:
        """`key` makes fingerprints this home's own; 16 bytes or more.

        Raises:
            BadInput: the copy limit is too low, or the key too short.
        """
        require_possible(copy_limit_words)
        self._limit = copy_limit_words
        self._redactor = redactor
        self._entropy = entropy
        self._serving = Serving(
            store, Hasher(key), least_members=phrase_members, load_scorer=load_scorer
        )

    def load(self, stores: Stores) -> None:
        """Load what the model in use stands on, if that is not done: reading is enough.

        Call it before the writing transaction of `suggest`, which it keeps short.
        """
        self._serving.now(stores)

    def prepare(self, stores: Stores) -> int:
        """Load the dataset of the model in use and index it; return how many texts were new.

        Call it in a writing transaction when a model is put to use; `suggest` does it otherwise.
        """
        served = self._serving.now(stores)
        corpus = served.corpus
        if corpus is None or stores.writing.is_indexed(corpus.dataset_id):
            return 0
        texts = (
            IndexedText(row_id=row.id, digest=row.digest, prints=prints)
            for row, prints in corpus.prints()
        )
        return stores.writing.index(corpus.dataset_id, texts)

    def suggest(  # noqa: PLR0913 - a request has this many parts
        self,
        stores: Stores,
        member: Member,
        kind: SuggestionKind,
        text: str,
        now: datetime,
        *,
        extras: Extras | None = None,
        keep: bool = True,
    ) -> Suggestion:
        """Return a suggestion; `keep` puts it into the member's history (a write).

        Raises:
            Refused: the member said no to help with writing, or their account is not active.
            BadInput: the text is too long.
        """
        _require_wanted(stores, member)
        _require_short(text)
        self.prepare(stores)
        served = self._serving.now(stores)
        permitted = permission(stores, now)
        call = Call(
            stores=stores,
            served=served,
            ask=Ask(
                member=member,
                text=text,
                extras=extras or Extras(),
                turn=int.from_bytes(self._entropy(2), "big"),
            ),
            redactor=self._redactor,
            limit_words=self._limit,
            permitted=permitted,
        )
        if kind is SuggestionKind.CONTINUE:
            made = continued(call, self._serving.scorer)
        else:
            made = drafted(call, kind.value)
        kept = KeptSuggestion(
            id=SuggestionId(f"s-{self._entropy(12).hex()}"),
            member_id=member.id,
            kind=kind.value,
            created_at=now,
            model_id=served.model_id,
            epoch=served.epoch,
            sealed=b"",
        )
        said = whole(
            stores,
            kept,
            made.body,
            credits_=made.credits,
            served=served,
            permitted=permitted,
        )
        if keep and said.variants:
            sealed = stores.vault.seal(member.id, to_bytes(made.body))
            stores.writing.save(replace(kept, sealed=sealed), said.credits)
        return said

    def history(self, stores: Stores, member_id: MemberId, now: datetime) -> tuple[Suggestion, ...]:
        """Return what the member was suggested, newest first, with the credits due now."""
        served = self._serving.now(stores)
        return tuple(
            self._read(stores, kept, served, now) for kept in stores.writing.of_member(member_id)
        )

    def read(
        self, stores: Stores, member_id: MemberId, suggestion_id: str, now: datetime
    ) -> Suggestion:
        """Return one suggestion of the member's history.

        Raises:
            NotFound: it is not in their history.
        """
        kept = _owned(stores, member_id, suggestion_id)
        return self._read(stores, kept, self._serving.now(stores), now)

    def delete(self, stores: Stores, member_id: MemberId, suggestion_id: str) -> None:
        """Drop a suggestion: prompt, output and credits, in the caller's transaction.

        Raises:
            NotFound: it is not in their history.
        """
        _owned(stores, member_id, suggestion_id)
        stores.writing.delete(suggestion_id)

    def delete_all(self, stores: Stores, member_id: MemberId) -> int:
        """Drop the member's whole history; return how many suggestions went."""
        own = stores.writing.of_member(member_id)
        return sum(stores.writing.delete(kept.id) for kept in own)

    def _read(
        self, stores: Stores, kept: KeptSuggestion, served: Served, now: datetime
    ) -> Suggestion:
        body = from_bytes(stores.vault.open(kept.member_id, kept.sealed))
        credits_ = stores.writing.credits(kept.id)
        return whole(
            stores, kept, body, credits_=credits_, served=served, permitted=permission(stores, now)
        )


def _owned(stores: Stores, member_id: MemberId, suggestion_id: str) -> KeptSuggestion:
    kept = stores.writing.kept(suggestion_id)
    if kept is None or kept.member_id != member_id:
        raise NotFound(
            f"There is no suggestion {suggestion_id!r} in your history.",
            hint="It may have been deleted.",
        )
    return kept


def _require_wanted(stores: Stores, member: Member) -> None:
    if member.standing is not Standing.ACTIVE:
        raise Refused(
            f"This account is {member.standing.value}, so nothing is suggested to it.",
            rule="account_standing",
            evidence=(f"standing: {member.standing.value}",),
            hint="Suggestions come back when the account is active again.",
        )
    said = stores.world().say(member.id).answered(Purpose.WRITING_ASSISTANCE, Scope.PURPOSE)
    if said is not None and said.answer is Answer.NO:
        title = PURPOSES[Purpose.WRITING_ASSISTANCE].title
        raise Refused(
            f"You said no to “{title}”, so nothing is suggested to you.",
            rule="member_choice_for_purpose",
            evidence=(f"your no of {said.since:%Y-%m-%d %H:%M} UTC",),
            hint=f"Turn on “{title}” in Settings, Data privacy, to get suggestions.",
        )


def _require_short(text: str) -> None:
    count = len(spelled(text))
    if count > LONGEST_TEXT // 2:
        raise BadInput(
            f"The text has {count} words; at most {LONGEST_TEXT // 2} can be looked at.",
            hint="Ask with a shorter part of it.",
        )

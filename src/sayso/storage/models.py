"""What was trained, and which model is in use."""

from datetime import datetime

import sqlalchemy as sa

from sayso.datasets.rows import DatasetId
from sayso.errors import NotFound
from sayso.storage.schema import models
from sayso.training.models import (
    ModelId,
    ModelState,
    StoredModel,
    TrainedModel,
    from_json,
    to_json,
)


class ModelStore:
    """What was trained, and which model is in use."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def save(
        self, model: TrainedModel, trained_at: datetime, predecessor: ModelId | None = None
    ) -> bool:
        """Keep a model; return False where it is kept already, which changes nothing."""
        known = sa.select(models.c.id).where(models.c.id == model.model_id)
        if self._connection.execute(known).first() is not None:
            return False
        self._connection.execute(
            sa.insert(models).values(
                id=model.model_id,
                dataset_id=model.dataset_id,
                predecessor=predecessor,
                state=ModelState.READY,
                trained_at=trained_at,
                body=to_json(model),
            )
        )
        return True

    def get(self, model_id: str) -> StoredModel:
        """Return the model of that id.

        Raises:
            NotFound: there is none.
        """
        found = self._read(models.c.id == model_id)
        if not found:
            raise NotFound(
                f"There is no model {model_id!r}.", hint="`sayso models list` shows the models."
            )
        return found[0]

    def list(self) -> tuple[StoredModel, ...]:
        """Return every model, oldest first."""
        return self._read(sa.true())

    def of_dataset(self, dataset_id: DatasetId) -> tuple[StoredModel, ...]:
        """Return the models that stand on that dataset, oldest first."""
        return self._read(models.c.dataset_id == dataset_id)

    def in_use(self) -> StoredModel | None:
        """Return the model that suggestions come from, or None."""
        found = self._read(models.c.state == ModelState.IN_USE)
        return found[0] if found else None

    def use(self, model_id: str) -> None:
        """Serve from this model from now on; the one before it is only ready again.

        Raises:
            NotFound: there is none.
        """
        self.get(model_id)
        self._set(models.c.state == ModelState.IN_USE, ModelState.READY)
        self._set(models.c.id == model_id, ModelState.IN_USE)

    def retire(self, model_id: str) -> None:
        """Never serve from this model again."""
        self._set(models.c.id == model_id, ModelState.RETIRED)

    def served_datasets(self) -> frozenset[DatasetId]:
        """Return the datasets that a model which is not retired stands on."""
        found = self._connection.execute(
            sa.select(models.c.dataset_id).where(models.c.state != ModelState.RETIRED)
        )
        return frozenset(DatasetId(row.dataset_id) for row in found)

    def chain_keys_in_use(self) -> frozenset[str]:
        """Return the names of all checkpoints of models that are not retired."""
        kept = self._read(models.c.state != ModelState.RETIRED)
        return frozenset(key for stored in kept for key in stored.model.chain_keys)

    def count_names_in_use(self) -> frozenset[str]:
        """Return the names of all counts of models that are not retired."""
        kept = self._read(models.c.state != ModelState.RETIRED)
        return frozenset(name for stored in kept for name in stored.model.count_names)

    def _set(self, condition: sa.ColumnElement[bool], state: ModelState) -> None:
        self._connection.execute(sa.update(models).where(condition).values(state=state))

    def _read(self, condition: sa.ColumnElement[bool]) -> tuple[StoredModel, ...]:
        found = self._connection.execute(
            sa.select(models).where(condition).order_by(models.c.trained_at, models.c.id)
        )
        return tuple(
            StoredModel(
                model=from_json(row.body),
                state=ModelState(row.state),
                trained_at=row.trained_at,
                predecessor=ModelId(row.predecessor) if row.predecessor else None,
            )
            for row in found
        )

"""Policies in the database: the one in use, and every one before it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sayso.consent.policy import Policy, load_preset, parse_policy
from sayso.storage.schema import policies

DEFAULT_PRESET = "opt-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPolicy:
    """A policy, and from when it was in use."""

    policy: Policy
    used_from: datetime


class PolicyStore:
    """Keeps policies over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def current(self) -> Policy:
        """Return the policy in use: the strictest preset until an operator chose one."""
        text = self._connection.scalar(
            sa.select(policies.c.body).order_by(policies.c.seq.desc()).limit(1)
        )
        return load_preset(DEFAULT_PRESET) if text is None else parse_policy(text, "policy in use")

    def use(self, policy: Policy, now: datetime) -> None:
        """Put a policy in use from `now`; using the one in use changes nothing."""
        used = self.history()
        if used and used[-1].policy.digest == policy.digest:
            return
        self._connection.execute(
            sa.insert(policies).values(digest=policy.digest, body=policy.text, used_from=now)
        )

    def history(self) -> tuple[UsedPolicy, ...]:
        """Return every policy that was in use, oldest first."""
        rows = self._connection.execute(sa.select(policies).order_by(policies.c.seq))
        return tuple(
            UsedPolicy(policy=parse_policy(row.body, "policy"), used_from=row.used_from)
            for row in rows
        )

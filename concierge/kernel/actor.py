"""Who acts: a person who logged in, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The one who answers for an act. ``id`` is the account's number, None for the system."""

    id: int | None
    label: str

    @property
    def is_system(self) -> bool:
        """Whether no person stands behind the act."""
        return self.id is None


SYSTEM = Actor(None, "system")

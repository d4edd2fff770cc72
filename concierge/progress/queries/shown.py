"""What staff decided to show of a project, or to hide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.progress.models.links import ShownItemRow
from concierge.progress.rules.shown import ItemKind, is_shown


@dataclass(frozen=True)
class Decisions:
    """The decisions of one project, by kind and number."""

    made: Mapping[tuple[ItemKind, int], bool]

    def is_shown(self, kind: ItemKind, item_id: int) -> bool:
        """Whether one thing is shown."""
        return is_shown(self.made, kind, item_id)

    def shown(self, kind: ItemKind) -> frozenset[int]:
        """The numbers of what staff decided to show of a kind."""
        return frozenset(item_id for (of, item_id), shown in self.made.items() if of is kind and shown)


def decisions(session: Session, project_id: int) -> Decisions:
    """What was decided for a project; one query."""
    rows = session.execute(
        select(ShownItemRow.kind, ShownItemRow.item_id, ShownItemRow.is_shown).where(
            ShownItemRow.project_id == project_id
        )
    )
    return Decisions({(kind, item_id): shown for kind, item_id, shown in rows})

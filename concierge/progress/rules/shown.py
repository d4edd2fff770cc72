"""What of a project an enterprise is shown: all but what staff hid, and of the notes those they chose."""

from __future__ import annotations

import enum
from collections.abc import Mapping


class ItemKind(enum.Enum):
    """What can be shown or hidden on its own: a step, a line of the history, the note written with it."""

    STEP = "step"
    MOVE = "move"
    NOTE = "note"


USUAL: Mapping[ItemKind, bool] = {ItemKind.STEP: True, ItemKind.MOVE: True, ItemKind.NOTE: False}


def is_shown(decided: Mapping[tuple[ItemKind, int], bool], kind: ItemKind, item_id: int) -> bool:
    """Whether one thing is shown: as staff decided, else as is usual for its kind.

    Source: PL-8.
    """
    return decided.get((kind, item_id), USUAL[kind])

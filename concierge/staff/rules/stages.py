"""Three roles by three stages: who answers for a project while it is won, built, and at work."""

from __future__ import annotations

import enum

from concierge.kernel.errors import N_, Refusal


class Stage(enum.Enum):
    """A stage of a project. Source: S27, three roles by three stages."""

    ATTRACTION = "attraction"  # 招商引进: the investment liaison
    CONSTRUCTION = "construction"  # 项目建设: A and B
    OPERATION = "operation"  # 投产运营: the resident service officer


ORDER = (Stage.ATTRACTION, Stage.CONSTRUCTION, Stage.OPERATION)


class StageOutOfOrder(Refusal):
    """A stage would be left out, or gone back to."""

    message = N_(
        "A project goes from attraction to construction and from there to operation, one stage after the "
        "other. Look at the project page for the stage it is in."
    )


def next_stage(stage: Stage) -> Stage | None:
    """The stage that follows; None after the last."""
    later = ORDER[ORDER.index(stage) + 1 :]
    return later[0] if later else None


def checked_next(stage: Stage, asked: Stage) -> Stage:
    """The stage asked for, if it follows.

    Raises: StageOutOfOrder.
    """
    if next_stage(stage) is not asked:
        raise StageOutOfOrder
    return asked

"""Tell everything that is missing or wrong at a step, once; a second list is refused and leaves its trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from approvals.events.papers import SecondListTried, ToldOnce
from approvals.models.draft_text import as_codes
from approvals.models.paper import NoticeItemRow, OneTimeNoticeRow, SecondListRow
from approvals.models.step import Step
from approvals.rules.papers import ToldItem
from approvals.services.take_number import take_number
from concierge.kernel import clock
from concierge.kernel.work import Work

NOTICES = "GZ"


@dataclass(frozen=True, kw_only=True)
class Telling:
    """When and on what basis a list is told.

    Units: civil days; ``tell_by`` is the last day on which it is in time.
    """

    on: date
    basis: str
    tell_by: date | None = None


def tell(w: Work, step: Step, items: Sequence[ToldItem], telling: Telling) -> OneTimeNoticeRow:
    """Write the one-time notice of a step's present attempt, on a step the caller holds.

    Raises: AlreadyThere, when another one was written at the same moment.
    Effects: takes a number; tells ``ToldOnce``.
    Source: AC-1, AC-4.
    """
    row = w.add(
        OneTimeNoticeRow(
            project_id=step.project_id,
            step_id=step.id,
            attempt=step.attempt,
            number=take_number(w, NOTICES, telling.on),
            received_on=step.received_on,
            tell_by=telling.tell_by,
            told_on=telling.on,
            told_at=clock.now(),
            told_by_id=w.by.id,
            told_by=w.by.label,
            basis=telling.basis,
        )
    )
    for position, item in enumerate(items, start=1):
        w.add(
            NoticeItemRow(
                notice_id=row.id,
                position=position,
                material=item.material,
                fault=item.fault,
                words=item.words,
            )
        )
    w.record(
        ToldOnce(
            notice_id=row.id,
            project_id=row.project_id,
            step_id=step.id,
            code=step.code,
            number=row.number,
            on=telling.on,
            tell_by=telling.tell_by,
            materials=tuple(item.material for item in items),
        )
    )
    return row


def record_second_list(
    w: Work, step: Step, notice: OneTimeNoticeRow, new: Sequence[ToldItem]
) -> SecondListRow:
    """Record that somebody tried to tell new items after everything was told. The caller then refuses it.

    Effects: tells ``SecondListTried``.
    Source: AC-4: recorded against the handler.
    """
    materials = tuple(item.material for item in new)
    row = w.add(
        SecondListRow(
            project_id=step.project_id,
            step_id=step.id,
            notice_id=notice.id,
            attempt=step.attempt,
            on=clock.today(),
            at=clock.now(),
            actor_id=w.by.id,
            actor=w.by.label,
            materials=as_codes(materials),
        )
    )
    w.record(
        SecondListTried(
            second_list_id=row.id,
            project_id=step.project_id,
            step_id=step.id,
            code=step.code,
            on=row.on,
            materials=materials,
        )
    )
    return row

"""Decide what of a project is shown to its enterprise."""

from __future__ import annotations

from sqlalchemy import select

from approvals.models.case import CaseMoveRow
from approvals.models.step import Step
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.progress.events import ShowingChanged
from concierge.progress.models.links import ShownItemRow
from concierge.progress.rules.shown import ItemKind


def keep_shown(project_id: int, kind: ItemKind, item_id: int, *, is_shown: bool, by: Actor) -> None:
    """Show one thing of a project to its enterprise, or hide it.

    Raises: Missing, when the project has no such thing.
    Effects: tells ``ShowingChanged``, when it is a change.
    Source: PL-8.
    """
    with work(by) as w:
        scope.require(w.session, by, project_id)
        _require_item(w, project_id, kind, item_id)
        row = w.session.execute(
            select(ShownItemRow)
            .where(
                ShownItemRow.project_id == project_id,
                ShownItemRow.kind == kind,
                ShownItemRow.item_id == item_id,
            )
            .with_for_update()
        ).scalar_one_or_none()
        if row is not None and row.is_shown is is_shown:
            return
        if row is None:
            row = ShownItemRow(project_id=project_id, kind=kind, item_id=item_id)
            w.session.add(row)
        row.is_shown, row.changed_by_id, row.changed_by = is_shown, w.by.id, w.by.label
        row.changed_at = clock.now()
        w.session.flush()
        w.record(ShowingChanged(project_id, kind.value, item_id, is_shown))


def _require_item(w: Work, project_id: int, kind: ItemKind, item_id: int) -> None:
    asked = {
        ItemKind.STEP: select(Step.id).where(Step.id == item_id, Step.project_id == project_id),
        ItemKind.MOVE: select(CaseMoveRow.id).where(
            CaseMoveRow.id == item_id, CaseMoveRow.project_id == project_id
        ),
        ItemKind.NOTE: select(AuditLine.id).where(
            AuditLine.id == item_id, AuditLine.project_id == project_id, AuditLine.act == "StepNoted"
        ),
    }[kind]
    if w.session.scalar(asked) is None:
        raise Missing

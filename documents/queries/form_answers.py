"""What was written into earlier forms of a project."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from documents.models.form_answer import FormAnswerRow
from documents.rules.days import short_day
from documents.rules.merged_form import Known


def answers_of(session: Session, project_id: int) -> dict[str, Known]:
    """The answers that count, by field: the latest of each. One query."""
    latest = (
        select(func.max(FormAnswerRow.id))
        .where(FormAnswerRow.project_id == project_id)
        .group_by(FormAnswerRow.field)
    )
    rows = session.scalars(select(FormAnswerRow).where(FormAnswerRow.id.in_(latest)))
    return {row.field: Known(value=row.value, origin=f"{row.source}，{short_day(row.on)}") for row in rows}

"""Publish a template: the second person's act, from a day on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from documents.events import DocumentTemplatePublished
from documents.models.template import DocumentTemplateRow
from documents.rules.template_life import TemplateVersion, check_publication
from documents.rules.template_state import TemplateState


def publish_template(template_id: int, on: date, *, version: int | None = None, by: Actor) -> None:
    """Have documents made from a version from a day on; the one before it ends there.

    Raises: Missing, Stale; TemplateNotReady, TemplateNeedsSecondPerson, TemplateDayPast, TemplateDayTaken.
    """
    with work(by) as w:
        row = w.get(DocumentTemplateRow, template_id, version=version)
        published = in_use(w.session, row.kind)
        check_publication(
            version_of(row), [version_of(one) for one in published], by_id=by.id, on=on, today=clock.today()
        )
        for one in published:
            if one.ended_on is None:
                one.ended_on = on
        row.state, row.effective_on = TemplateState.PUBLISHED, on
        row.published_at, row.published_by_id, row.published_by = clock.now(), by.id, by.label
        w.record(
            DocumentTemplatePublished(
                template_id=row.id, kind=row.kind, number=row.number, sha256=row.sha256, effective_on=on
            )
        )


def in_use(session: Session, kind: str) -> list[DocumentTemplateRow]:
    """The published versions of a kind, locked; newest first."""
    asked = select(DocumentTemplateRow).where(
        DocumentTemplateRow.kind == kind, DocumentTemplateRow.state == TemplateState.PUBLISHED
    )
    return list(session.scalars(asked.order_by(DocumentTemplateRow.number.desc()).with_for_update()))


def version_of(row: DocumentTemplateRow) -> TemplateVersion:
    """One version as the rules see it."""
    return TemplateVersion(
        number=row.number,
        state=row.state,
        made_by_id=row.made_by_id,
        effective_on=row.effective_on,
        ended_on=row.ended_on,
    )

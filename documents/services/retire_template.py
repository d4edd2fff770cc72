"""Take a template back: from that day its kind is made from the one before, or from the shipped one."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from documents.events import DocumentTemplateRetired
from documents.models.template import DocumentTemplateRow
from documents.rules.template_life import TemplateReasonMissing, last_day_out
from documents.rules.template_state import TemplateState
from documents.services.publish_template import in_use, version_of

LONGEST_REASON = 500


def retire_template(template_id: int, why: str, *, version: int | None = None, by: Actor) -> None:
    """End a published version today, or before it ever began.

    What was made from it stays as it is. A version that had not begun yet gives its place back to the one
    before it; otherwise the shipped template holds again.
    Raises: Missing, Stale; TemplateNotInUse, TemplateReasonMissing.
    """
    reason = why.strip()[:LONGEST_REASON]
    if not reason:
        raise TemplateReasonMissing
    with work(by) as w:
        row = w.get(DocumentTemplateRow, template_id, version=version)
        today = clock.today()
        ended_on = last_day_out(version_of(row), today=today)
        if row.effective_on is not None and row.effective_on > today:
            for one in in_use(w.session, row.kind):
                if one.id != row.id and one.ended_on == row.effective_on:
                    one.ended_on = None
        row.state, row.ended_on = TemplateState.RETIRED, ended_on
        row.retired_at, row.retired_by, row.retired_why = clock.now(), by.label, reason
        w.record(
            DocumentTemplateRetired(
                template_id=row.id, kind=row.kind, number=row.number, ended_on=ended_on, why=reason
            )
        )

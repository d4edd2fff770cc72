"""Make a length in the draft of the catalogue what the record of finished cases shows."""

from __future__ import annotations

from sqlalchemy import select

from approvals.events.catalogue import PeriodCorrected
from approvals.models.catalogue import MatterRow
from approvals.models.template import TemplateStepRow
from approvals.services.keep_row import keep_row
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Missing, Refusal
from concierge.kernel.work import work

FIELDS = frozenset({"prep_workdays", "special_days", "promised_workdays"})


class LengthHasChanged(Refusal):
    """Somebody corrected this length since the proposal was read."""

    message = N_("This length is %(now)s days in the draft by now, not %(old)s. Look at the proposal again.")


def correct_period(  # noqa: PLR0913  (which length of what, from what to what, on what evidence)
    matter: str, field: str, *, template: str = "", old: int, new: int, evidence: str, by: Actor
) -> None:
    """Change one length of a matter, or what one template makes of it, in the draft.

    Units: as the field says.
    Raises: Missing, when there is no such length; LengthHasChanged; Invalid, when the draft's own checks
        refuse the new one (a promise is never longer than the limit of the law).
    Effects: tells ``PeriodCorrected``; projects keep their edition, new ones get it once it is published.
    """
    if field not in FIELDS:
        raise Missing
    with work(by) as w:
        asked = (
            select(TemplateStepRow).where(
                TemplateStepRow.template == template, TemplateStepRow.matter == matter
            )
            if template
            else select(MatterRow).where(MatterRow.code == matter)
        )
        row = w.session.execute(asked.with_for_update()).scalar_one_or_none()
        if row is None:
            raise Missing
        now = getattr(row, field)
        if now != old:
            raise LengthHasChanged(now=now, old=old)
        setattr(row, field, new)
        keep_row(w, row)
        w.record(
            PeriodCorrected(
                matter=matter, template=template, field=field, old=old, new=new, evidence=evidence
            )
        )

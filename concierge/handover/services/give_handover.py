"""Hand over: the notes are kept, the sheets frozen, the time written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from concierge.handover.events import HandoverGiven
from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.queries.handovers import facts_of
from concierge.handover.rules.handover import check_may_give, is_late
from concierge.handover.services.freeze_sheets import freeze_sheets
from concierge.handover.services.reach_handover import reach_handover
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.staff.queries import names


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What the giver adds for one project: promises made to the enterprise, where its papers lie."""

    promises: str = ""
    papers: str = ""


def note_handover(
    handover_id: int, note: str, remarks: Mapping[int, Remark], *, is_chief: bool, by: Actor
) -> None:
    """Keep what the giver wants to add, without handing over yet.

    Raises: Missing; GiverOnly; HandedOverAlready.
    """
    with work(by) as w:
        _noted(w, handover_id, note, remarks, is_chief=is_chief)


def give_handover(
    handover_id: int, note: str, remarks: Mapping[int, Remark], *, is_chief: bool, by: Actor
) -> bool:
    """Hand over with these notes; answers whether it was late.

    Raises: Missing; GiverOnly; HandedOverAlready.
    Effects: the sheets stay as they are now.
    Source: AB-4, AB-5.
    """
    with work(by) as w:
        row = _noted(w, handover_id, note, remarks, is_chief=is_chief)
        freeze_sheets(w, row)
        row.given_at, row.given_by_id, row.given_by = clock.now(), by.id, by.label
        late = is_late(facts_of(row), clock.today())
        w.record(HandoverGiven(row.id, row.from_id, row.to_id, is_late=late))
        return late


def _noted(
    w: Work, handover_id: int, note: str, remarks: Mapping[int, Remark], *, is_chief: bool
) -> HandoverRow:
    row = reach_handover(w, handover_id)
    name = names(w.session, [row.from_id]).get(row.from_id, "")
    check_may_give(facts_of(row), w.by.id, name, is_chief=is_chief)
    row.note = note.strip()
    asked = select(HandoverItemRow).where(HandoverItemRow.handover_id == row.id)
    for line in w.session.scalars(asked):
        remark = remarks.get(line.project_id)
        if remark is not None:
            line.promises, line.papers = remark.promises.strip(), remark.papers.strip()
    w.session.flush()
    return row

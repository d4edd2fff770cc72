"""What other addons have for a person to do stands in that person's calendar until it is done."""

from datetime import date

from sqlalchemy import select

from concierge.feeds.models import EntryRow
from concierge.feeds.rules.entry import EntryKind, EntryState
from concierge.feeds.services.refresh_entries import refresh_todos
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading, work
from concierge.staff.rules.absence import Away
from concierge.staff.services.record_absence import record_absence


def tasks():
    with reading() as session:
        return session.scalars(select(EntryRow).where(EntryRow.kind == EntryKind.TASK)).all()


def test_a_handover_to_give_is_on_the_calendar_and_gone_from_it_is_done(ours, entries):
    record_absence(
        Away(person_id=ours.a.id, first_on=date(2026, 4, 20), last_on=date(2026, 4, 24)), "培训", by=SYSTEM
    )
    jobs.run_due()

    address = ours.feed()

    (row,) = [one for one in tasks() if one.source.startswith(f"todo:{ours.a.id}:handover")]
    assert row.uid in entries(address)
    assert row.state is EntryState.OPEN
    before = row.sequence
    with work(SYSTEM) as w:
        held = w.session.get_one(EntryRow, row.id)
        held.source = f"todo:{ours.a.id}:handover:999:to_give"  # a line no list has any more
        w.session.flush()
        refresh_todos(w, ours.a)
    with reading() as session:
        gone = session.get_one(EntryRow, row.id)
    assert (gone.state, gone.sequence) == (EntryState.DONE, before + 1)

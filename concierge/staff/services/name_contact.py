"""Name who answers for a department from today, or say that somebody does not any more."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.staff.events import ContactChanged
from concierge.staff.models import ContactRow
from concierge.staff.rules.contacts import ContactEnded, NewContact


def name_contact(new: NewContact, *, by: Actor) -> int:
    """Name somebody to be called from today; whoever had the post for the same departments ends.

    Source: ES-3, ES-5.
    """
    with work(by) as w:
        today, departments = clock.today(), ",".join(new.departments)
        before = select(ContactRow).where(
            ContactRow.post == new.post,
            ContactRow.department == departments,
            ContactRow.until.is_(None),
        )
        for row in w.session.scalars(before):
            row.until = today
        row = w.add(
            ContactRow(
                post=new.post,
                department=departments,
                name=new.name.strip(),
                title=new.title.strip(),
                phone=new.phone.strip(),
                person_id=new.person_id,
                since=today,
            )
        )
        w.record(ContactChanged(contact_id=row.id, post=new.post.value, department=departments, on=today))
        return row.id


def end_contact(contact_id: int, *, by: Actor) -> None:
    """Somebody is not called any more; the row stays. Raises: Missing; ContactEnded."""
    with work(by) as w:
        row = w.get(ContactRow, contact_id)
        if row.until is not None:
            raise ContactEnded(person=row.name, day=row.until.isoformat())
        row.until = clock.today()
        w.record(
            ContactChanged(contact_id=row.id, post=row.post.value, department=row.department, on=row.until)
        )

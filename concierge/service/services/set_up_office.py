"""Set up an office of a tier, and seat its people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.service.events import ClerkSeated, OfficeSetUp
from concierge.service.models.office import Office, OfficeClerk
from concierge.service.queries.offices import office_by_code, places
from concierge.service.rules.case import Tier
from concierge.service.rules.tiers import OfficeUnnamed, UnknownOffice, check_upper


@dataclass(frozen=True, kw_only=True)
class NewOffice:
    """One office as it is written down. Shape: ``upper`` is the code of the office it hands to."""

    code: str
    name: str
    tier: Tier
    upper: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""


def set_up_office(new: NewOffice, *, by: Actor) -> int:
    """Set up an office, or change the one of this code; answers its row.

    Raises: OfficeUnnamed, UnknownOffice, UpperWrong.
    Source: S39.
    """
    with work(by) as w:
        code = new.code.strip().lower()
        if not code or not new.name.strip():
            raise OfficeUnnamed(field="code" if not code else "name")
        upper = check_upper(new.tier, new.upper, places(w.session))
        row = office_by_code(w.session, code) or Office(code=code)
        row.name, row.tier, row.upper = new.name.strip(), new.tier, upper
        row.address, row.phone, row.hours = new.address.strip(), new.phone.strip(), new.hours.strip()
        w.add(row)
        w.record(OfficeSetUp(row.id, code))
        return row.id


def seat_clerk(office: str, person_id: int, department: str = "", *, by: Actor) -> None:
    """Seat a person in an office from today on; one seat each.

    Raises: UnknownOffice.
    Source: S39; each county department has one who accepts.
    """
    with work(by) as w:
        if office_by_code(w.session, office) is None:
            raise UnknownOffice(code=office, field="office")
        if w.session.scalar(_seat(office, person_id)) is not None:
            return
        w.add(OfficeClerk(office=office, person_id=person_id, department=department, since_on=clock.today()))
        w.record(ClerkSeated(office, person_id, True))


def unseat_clerk(office: str, person_id: int, *, by: Actor) -> None:
    """Somebody sits there no more; the days he or she did stay on record."""
    with work(by) as w:
        row = w.session.scalar(_seat(office, person_id))
        if row is not None:
            row.until_on = clock.today()
            w.record(ClerkSeated(office, person_id, False))


def _seat(office: str, person_id: int) -> Select[tuple[OfficeClerk]]:
    return select(OfficeClerk).where(
        OfficeClerk.office == office, OfficeClerk.person_id == person_id, OfficeClerk.until_on.is_(None)
    )

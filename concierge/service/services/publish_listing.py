"""Put a service on an office's own published list, or take it off; what stood there stays on record."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.service.events import ListingChanged
from concierge.service.models.office import Listing
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.queries.offices import listings, office_by_code
from concierge.service.rules.tiers import ListingUnnamed, UnknownOffice


def publish_listing(
    office: str, code: str, name: str = "", note: str = "", *, is_decided_here: bool, by: Actor
) -> int:
    """List a service of the catalogue, or one the office is able to do by itself; answers its row.

    Raises: UnknownOffice, UnknownService, ListingUnnamed.
    Source: S39, each tier has its own list, published and changed over time.
    """
    with work(by) as w:
        if office_by_code(w.session, office) is None:
            raise UnknownOffice(code=office, field="office")
        if code:
            service_catalogue(w.session).ticked([code])
        elif not name.strip():
            raise ListingUnnamed(field="name")
        for row in listings(w.session, office):
            if (row.code, row.name) == (code, "" if code else name.strip()):
                return row.id
        row = w.add(
            Listing(
                office=office,
                code=code,
                name="" if code else name.strip(),
                note=note.strip(),
                is_decided_here=is_decided_here,
                since_on=clock.today(),
                by=w.by.label,
            )
        )
        w.record(ListingChanged(office, row.id, True))
        return row.id


def withdraw_listing(listing_id: int, *, by: Actor) -> None:
    """Take a service off a list from today on.

    Raises: Missing.
    """
    with work(by) as w:
        row = w.get(Listing, listing_id)
        if row.until_on is None:
            row.until_on, row.ended_by = clock.today(), w.by.label
            w.record(ListingChanged(row.office, row.id, False))

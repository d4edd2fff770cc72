"""Open what is sealed of people, for a stated purpose; who did so stands in the log for good."""

from __future__ import annotations

from collections.abc import Sequence

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing
from concierge.kernel.work import Work, work
from concierge.outreach.events import SealedOpened
from concierge.outreach.models.people import AccessRow
from concierge.outreach.queries.people import person_row
from concierge.outreach.rules.personal import Personal, checked_text
from concierge.outreach.services.sealer import sealer

SHORTEST_PURPOSE = 2


class PurposeNeeded(Invalid):
    """Sealed data is opened for something, never just so."""

    message = N_("Say what you open it for, such as “call about the elderly card”. It goes into the log.")


def open_person(person_id: int, purpose: str, *, by: Actor) -> Personal:
    """One person's own data.

    Raises: Missing, when the person is in another's charge; PurposeNeeded, NumberInText; SealBroken.
    Effects: one line in the log of openings, and in the trace.
    Source: SF-10; S70 (个人信息保护法) arts. 6, 51.
    """
    what_for = checked_purpose(purpose)
    with work(by) as w:
        row = person_row(w.session, person_id, by)
        if row is None:
            raise Missing
        log_opening(w, what_for, person_id=row.id)
        return sealer().open(row.sealed)


def checked_purpose(purpose: str) -> str:
    """A purpose one can read later. Raises: PurposeNeeded, NumberInText."""
    what_for = checked_text(purpose, "purpose")
    if len(what_for) < SHORTEST_PURPOSE:
        raise PurposeNeeded(field="purpose")
    return what_for[:200]


def log_opening(
    w: Work, purpose: str, *, person_id: int | None = None, people: int = 1, service: str = ""
) -> None:
    """Write down that sealed data is opened, in the transaction that opens it."""
    w.add(
        AccessRow(
            person_id=person_id,
            people=people,
            service=service,
            purpose=purpose,
            by_id=w.by.id,
            by=w.by.label,
            at=clock.now(),
        )
    )
    w.record(SealedOpened(person_id, people, purpose))


def opened_all(w: Work, sealed: Sequence[bytes], purpose: str, *, service: str = "") -> list[Personal]:
    """What is sealed in many rows, for one purpose; one line in the log tells how many."""
    log_opening(w, purpose, people=len(sealed), service=service)
    hand = sealer()
    return [hand.open(one) for one in sealed]

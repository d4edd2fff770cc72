"""Write down that a department fetched a package, or has it and said so."""

from __future__ import annotations

from datetime import date

from approvals.models.step import Step
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import Work, work
from documents.events import PackageReceived, PackageTaken
from documents.models.package import PackageRow
from documents.queries.packages import standing_of_review, standing_of_step
from documents.rules.packages import PackageReplaced

LONGEST_NAME = 80


class ReceivedLater(Invalid):
    """A receipt on a day that has not come, or before the package was made."""

    message = N_("A package is received between the day it was made and today. Correct the day.")


class ReceiverMissing(Invalid):
    """A receipt nobody signed."""

    message = N_("Write who received the package: a name or a post at the department.")


def receive_package(package_id: int, *, received_by: str, on: date, by: Actor) -> None:
    """Confirm that a department has a package; a second time changes nothing.

    Raises: Missing, PackageReplaced, ReceiverMissing, ReceivedLater.
    Effects: tells ``PackageReceived``.
    """
    with work(by) as w:
        receive(w, package_id, received_by=received_by, on=on)


def receive(w: Work, package_id: int, *, received_by: str, on: date) -> None:
    """The same in the caller's work."""
    row = w.get(PackageRow, package_id)
    if row.received_on is not None:
        return
    if row.replaced_at is not None:
        raise PackageReplaced
    if not received_by.strip():
        raise ReceiverMissing(field="received_by")
    if not clock.local(row.made_at).date() <= on <= clock.today():
        raise ReceivedLater(field="received_on")
    row.received_on, row.received_at = on, clock.now()
    row.received_by = received_by.strip()[:LONGEST_NAME]
    w.record(
        PackageReceived(
            package_id=row.id,
            project_id=row.project_id,
            department=row.department,
            number=row.number,
            revision=row.revision,
            received_on=on,
            received_by=row.received_by,
        )
    )


def receive_of_step(w: Work, step: Step, *, received_by: str = "") -> None:
    """Whoever answers for a step has its package: the receipt of the revision that stands is confirmed along.

    Shape: ``received_by`` is the name signed, else whoever does this.
    Effects: tells ``PackageReceived`` where it was not confirmed before.
    """
    row = standing_of_step(w.session, step)
    if row is not None and row.received_on is None:
        receive(w, row.id, received_by=received_by.strip() or w.by.label, on=clock.today())


def receive_of_review(w: Work, review_id: int, department: str, *, received_by: str = "") -> None:
    """The same for a department of a joint review."""
    row = standing_of_review(w.session, review_id, department)
    if row is not None and row.received_on is None:
        receive(w, row.id, received_by=received_by.strip() or w.by.label, on=clock.today())


def note_taken(package_id: int, *, by_link: bool, by: Actor) -> None:
    """Keep the trace of a download: who took which package.

    Raises: Missing.
    Effects: tells ``PackageTaken``.
    """
    with work(by) as w:
        row = w.get(PackageRow, package_id)
        w.record(
            PackageTaken(
                package_id=row.id,
                project_id=row.project_id,
                number=row.number,
                revision=row.revision,
                by_link=by_link,
            )
        )

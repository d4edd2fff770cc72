"""Work on a report: its kind, who sees it through, what the person is answered meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from flask_appbuilder.security.sqla.models import User

from concierge.escalation.events import ReportAnswered, ReportTakenOver
from concierge.escalation.models.report import ReportRow
from concierge.escalation.rules.closing import LEAST_WORDS, ReportAnswerNeeded
from concierge.escalation.rules.report import ReportDeed, ReportKind
from concierge.escalation.services.follow_report import note_deed, open_report, recount_due
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import Work, work
from concierge.staff.models import ContactRow
from concierge.staff.queries import spoken_name


class OwnerUnknown(Invalid):
    """Nobody of that name can see a report through."""

    message = N_("Choose somebody from the list. Missing people are added under “Whom to call”.")


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Who sees a report through: a person with an account, or a contact. Shape: one of the two is there."""

    user_id: int | None = None
    contact_id: int | None = None


def handle_report(
    report_id: int,
    *,
    kind: ReportKind | None = None,
    owner: Owner | None = None,
    answer: str = "",
    version: int | None = None,
    by: Actor,
) -> None:
    """Keep what was decided about an open report; what is not given stays as it is.

    Raises: Missing, Stale, ReportClosed; OwnerUnknown, ReportAnswerNeeded.
    Effects: the last day is counted anew where the kind changes it.
    Source: ES-2, ES-4, ES-6.
    """
    with work(by) as w:
        report = open_report(w, report_id, version)
        if kind is not None and kind is not report.kind:
            report.kind = kind
            recount_due(w, report)
            note_deed(w, report, ReportDeed.CLASSIFIED, kind.value)
        if owner is not None:
            _give(w, report, owner)
        if answer.strip() and answer.strip() != report.answer:
            give_answer(w, report, answer)


def give_answer(w: Work, report: ReportRow, answer: str) -> None:
    """Answer the person. Raises: ReportAnswerNeeded."""
    words = answer.strip()
    if len(words) < LEAST_WORDS:
        raise ReportAnswerNeeded(least=LEAST_WORDS, field="answer")
    report.answer, report.answered_at = words, clock.now()
    note_deed(w, report, ReportDeed.ANSWERED, words)
    w.record(
        ReportAnswered(
            report_id=report.id,
            project_id=report.project_id,
            number=report.number,
            answer=words,
            on=clock.today(),
        )
    )


def _give(w: Work, report: ReportRow, owner: Owner) -> None:
    """Make somebody the one who sees it through. Raises: OwnerUnknown."""
    user_id, name, phone = _named(w, owner)
    if (report.owner_id, report.owner) == (user_id, name):
        return
    report.owner_id, report.owner, report.owner_phone = user_id, name, phone
    note_deed(w, report, ReportDeed.OWNED, name)
    w.record(
        ReportTakenOver(
            report_id=report.id,
            project_id=report.project_id,
            number=report.number,
            title=report.title,
            owner_id=user_id,
            owner=name,
            due_on=report.due_on,
        )
    )


def _named(w: Work, owner: Owner) -> tuple[int | None, str, str]:
    if owner.contact_id is not None:
        contact = w.session.get(ContactRow, owner.contact_id)
        if contact is not None and contact.until is None:
            return contact.person_id, contact.name, contact.phone
    if owner.user_id is not None:
        user = w.session.get(User, owner.user_id)
        if user is not None and user.active:
            return user.id, spoken_name(user), ""
    raise OwnerUnknown(field="owner")

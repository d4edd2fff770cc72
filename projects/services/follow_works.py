"""Put the beginning of construction off; keep that works stand still, were reported, and go on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from approvals.rules.works import (
    check_report,
    check_resumption,
    decide_extension,
    decide_stop,
)
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.kernel.work import Work, work
from projects.events import WorksResumed, WorksStopped
from projects.models.project import Project
from projects.models.works import StartExtensionRow, WorksStopRow
from projects.queries.works import works_of


class NoPermitToExtend(Refusal):
    """Without a permit there is no time to begin in."""

    message = N_(
        "The construction permit has no result yet, so there is no time to begin in. Record it first."
    )


class ReasonForStop(Invalid):
    """Nobody will know later why the works stood still."""

    message = N_("Say in a few words why the works stand still; the report to the authority names it.")


def put_off_start(project_id: int, until_on: date, reference: str, *, by: Actor) -> None:
    """Keep that the authority gave longer to begin.

    Raises: Missing; NoPermitToExtend; what ``decide_extension`` raises.
    Effects: the permit is watched until the new day.
    Source: PR-11.
    """
    with work(by) as w:
        works = works_of(w.session, w.get(Project, project_id))
        if works.last_on is None:
            raise NoPermitToExtend
        granted = decide_extension(
            works.last_on, works.extensions, until_on, began_on=works.began_on, today=clock.today()
        )
        w.add(
            StartExtensionRow(
                project_id=project_id,
                number=granted.number,
                until_on=granted.until_on,
                granted_on=granted.granted_on,
                reference=reference.strip(),
            )
        )


def stop_works(project_id: int, stopped_on: date, reason: str, *, by: Actor) -> None:
    """Keep that the works stand still from a day on.

    Raises: Missing; ReasonForStop; what ``decide_stop`` raises.
    Effects: tells ``WorksStopped``; who looks after the project is asked for the report within a month.
    Source: PR-11.
    """
    with work(by) as w:
        works = works_of(w.session, w.get(Project, project_id))
        if not reason.strip():
            raise ReasonForStop(field="reason")
        stop = decide_stop(works.began_on, [one for one, _ in works.stops], stopped_on, today=clock.today())
        w.add(WorksStopRow(project_id=project_id, stopped_on=stop.stopped_on, reason=reason.strip()))
        w.record(WorksStopped(project_id, stop.stopped_on, stop.report_due_on))


def report_stop(project_id: int, on: date, *, by: Actor) -> None:
    """Keep that the stop was reported to the authority.

    Raises: Missing, WorksGoOn, DayOutOfOrder.
    Source: PR-11.
    """
    with work(by) as w:
        row = _standing(w, project_id)
        check_report(row.facts() if row else None, on, today=clock.today())
        if row is not None:
            row.reported_on = on


def recheck_permit(project_id: int, on: date, reference: str, *, by: Actor) -> None:
    """Keep that the authority re-checked the permit of works that stand still.

    Raises: Missing, WorksGoOn, DayOutOfOrder.
    Source: PR-11.
    """
    with work(by) as w:
        row = _standing(w, project_id)
        check_report(row.facts() if row else None, on, today=clock.today())
        if row is not None:
            row.rechecked_on, row.recheck_reference = on, reference.strip()


def resume_works(project_id: int, on: date, *, by: Actor) -> None:
    """Keep that the works go on.

    Raises: Missing; what ``check_resumption`` raises.
    Effects: tells ``WorksResumed``.
    Source: PR-11.
    """
    with work(by) as w:
        row = _standing(w, project_id)
        check_resumption(row.facts() if row else None, on, today=clock.today())
        if row is not None:
            row.resumed_on = on
            w.record(WorksResumed(project_id, on))


def _standing(w: Work, project_id: int) -> WorksStopRow | None:
    w.get(Project, project_id)
    return w.session.scalars(
        select(WorksStopRow)
        .where(WorksStopRow.project_id == project_id, WorksStopRow.resumed_on.is_(None))
        .with_for_update()
    ).one_or_none()

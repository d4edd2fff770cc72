"""Tell an enterprise everything a step lacks, once, and take its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from approvals.models.paper import OneTimeNoticeRow, PaperVersionRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import papers
from approvals.queries.cases import case_of
from approvals.rules.lifecycle import StepState
from approvals.rules.papers import Fault, Finding, ToldItem
from approvals.rules.progress import Act, Move
from approvals.rules.receiving import latest_notice
from approvals.rules.telling import (
    Asked,
    NothingOpen,
    SecondList,
    StillMissing,
    ToldBefore,
    checked_list,
    left_of,
    new_items,
)
from approvals.services.answer_notice import answer
from approvals.services.check_paper import check
from approvals.services.tell_once import Telling, record_second_list, tell
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from projects.models.project import Project
from projects.queries.papers import asked_at
from projects.queries.standing import expansion_of
from projects.services.log_refused_move import refusals_logged
from projects.services.record_move import record


@dataclass(frozen=True, kw_only=True)
class ToldList:
    """What the handler tells besides the papers that are missing, when, and on what basis.

    Units: civil days.
    Shape: ``found`` are papers that are here and wrong, with words; ``planned_last_on`` is until when the
        enterprise is given time, needed only after acceptance, where the clock then stands still.
    """

    on: date
    basis: str
    found: tuple[ToldItem, ...] = ()
    decided_by: str = ""
    planned_last_on: date | None = None


def tell_what_is_missing(
    step_id: int, told: ToldList, *, version: int | None = None, lang: str = "zh", by: Actor
) -> int:
    """Tell the complete list of what is missing or wrong; answers the notice's number among its rows.

    Raises: Missing, Stale; what ``telling.checked_list`` refuses; what ``record`` refuses, where the papers
        were not received yet; SecondList and ToldBefore, once a list was told.
    Effects: the notice; papers found wrong are marked; the step is being corrected, which ends the time in
        which silence means acceptance. A second list of new items leaves a row and ``SecondListTried``.
        Where the record was taken back, the same list is told under its old number.
    Source: AC-1, AC-4, AC-6, CL-5.
    """
    with refusals_logged(step_id, Move.CORRECT, told.on, by=by), work(by) as w:
        step = w.get(Step, step_id, version=version)
        project = w.get(Project, step.project_id)
        catalogue, _ = expansion_of(w.session, project)
        matter = catalogue.matter(step.code)
        name = matter.spoken(lang)
        asked = asked_at(w.session, project, step, lang)
        before = papers.notice_of(w.session, step)
        if before is not None:
            refusal = _told_already(w, step, before, told.found, name)
            if isinstance(refusal, ToldBefore) and case_of(w.session, step).told_on is None:
                items = tuple(item.facts() for item in before.items)
                record(w, step, _correction(before, told, items, asked), lang=lang)  # it was taken back
                return before.id
        else:
            items = checked_list(name, asked, told.found)
            calendar = catalogue_queries.work_calendar(w.session)
            due = latest_notice(step.received_on, matter, calendar) if step.received_on else None
            notice = tell(w, step, items, Telling(on=told.on, basis=told.basis, tell_by=due))
            _mark_unfit(w, step, told)
            record(w, step, _correction(notice, told, items, asked), lang=lang)
            return notice.id
    raise refusal


def _told_already(
    w: Work, step: Step, before: OneTimeNoticeRow, found: Sequence[ToldItem], name: str
) -> SecondList | ToldBefore:
    """What to refuse a later list with; a list with new items is on record then."""
    new = new_items([item.facts() for item in before.items], found)
    facts = {"step": name, "day": before.told_on.isoformat(), "number": before.number}
    if not new:
        return ToldBefore(**facts)
    record_second_list(w, step, before, new)
    return SecondList(**facts)


def _mark_unfit(w: Work, step: Step, told: ToldList) -> None:
    here = papers.papers_here(w.session, step.project_id)
    for item in told.found:
        if item.fault is Fault.UNFIT and item.material in here:
            row = w.get(PaperVersionRow, here[item.material].newest.id)
            check(w, row, Finding.UNFIT, told.on, reason=item.words)


def _correction(
    notice: OneTimeNoticeRow, told: ToldList, items: Sequence[ToldItem], asked: Sequence[Asked]
) -> Act:
    names = {one.material: one.name for one in asked}
    lines = [
        f"{names[item.material]}：{item.words}" if item.words else names[item.material] for item in items
    ]
    return Act(
        Move.CORRECT,
        told.on,
        basis=told.basis,
        reason="\n".join(lines),
        number=notice.number,
        decided_by=told.decided_by,
        planned_last_on=told.planned_last_on,
    )


def take_answer(step_id: int, on: date, *, version: int | None = None, lang: str = "zh", by: Actor) -> None:
    """Record that everything the one-time notice named has come, on a day.

    Raises: Missing, Stale; NothingOpen; StillMissing, which names what has not come; what ``record`` refuses.
    Effects: the notice is closed; the step is corrected and its clock runs on.
    Source: CL-5: the clock stands until the day the full correction arrives; WD-3 for a rest day.
    """
    with work(by) as w:
        take(w, w.get(Step, step_id, version=version), on, lang=lang)


def take(w: Work, step: Step, on: date, *, lang: str = "zh") -> None:
    """The same in the caller's transaction, on a step it holds."""
    project = w.get(Project, step.project_id)
    catalogue, _ = expansion_of(w.session, project)
    notice = papers.notice_of(w.session, step)
    if notice is None or (notice.answered_on is not None and step.state is not StepState.CORRECTING):
        raise NothingOpen(step=catalogue.matter(step.code).spoken(lang))
    asked = asked_at(w.session, project, step, lang)
    left = left_of([item.facts() for item in notice.items], asked)
    if left:
        names = {one.material: one.name for one in asked}
        raise StillMissing(papers="、".join(names.get(item.material, item.material) for item in left))
    counted_on = catalogue_queries.work_calendar(w.session).on_or_after(on)
    answer(w, step, notice, counted_on)
    act = Act(Move.CORRECTED, counted_on, number=notice.number)
    record(w, step, act, today=max(clock.today(), counted_on) if on <= clock.today() else None, lang=lang)

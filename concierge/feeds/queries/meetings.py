"""What stands in calendars besides steps: sittings, opinions, papers that come later, promises to check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from approvals.models.deferral import AssuranceRow, DeferralRow
from approvals.models.draft_text import codes
from approvals.models.joint_review import JointReviewRow
from approvals.models.review import SittingItemRow, SittingRow
from approvals.models.step import Step
from approvals.rules.assurance import AssuranceState
from approvals.rules.deferral_course import DeferralState
from approvals.rules.facts import Label
from approvals.rules.joint_reviews import ReviewState
from approvals.rules.sittings import Sitting, SittingItem, departments_of
from concierge.feeds.queries.sight import Sight
from concierge.feeds.rules.entry import EntryKind, EntryState, Matter

_DEFERRAL = {
    DeferralState.GRANTED: EntryState.OPEN,
    DeferralState.OVERDUE: EntryState.OPEN,
    DeferralState.SUPPLIED: EntryState.DONE,
    DeferralState.VERIFIED: EntryState.DONE,
    DeferralState.CLOSED: EntryState.DONE,
    DeferralState.REPAIRED: EntryState.DONE,
    DeferralState.VOID: EntryState.CANCELLED,
}
_REVIEW = {
    ReviewState.GATHERING: EntryState.OPEN,
    ReviewState.GATHERED: EntryState.DONE,
    ReviewState.ANSWERED: EntryState.DONE,
    ReviewState.CANCELLED: EntryState.CANCELLED,
}
_PROMISE = {
    AssuranceState.DECIDED: EntryState.OPEN,
    AssuranceState.TRUE: EntryState.DONE,
    AssuranceState.UNTRUE: EntryState.DONE,
    AssuranceState.REVOKED: EntryState.CANCELLED,
}


def sittings_of(sight: Sight) -> Iterator[Matter]:
    """Each project's place on the list of a sitting, at its own minute; those called off too.

    Source: FE-3; JR-4 for the minutes of each.
    """
    listed = select(SittingItemRow.sitting_id).where(SittingItemRow.project_id.in_(sight.projects))
    rows = sight.session.scalars(
        select(SittingRow)
        .where(SittingRow.id.in_(listed))
        .options(joinedload(SittingRow.room), selectinload(SittingRow.items))
    )
    numbers = _numbers(sight)
    for row in rows:
        sitting, begins = row.facts(), datetime.combine(row.on, row.begins_at)
        for item in sitting.items:
            if item.project_id in sight.projects:
                number = numbers.get((item.project_id, item.code), "")
                yield _sitting(sight, sitting, item, begins=begins, number=number)
            begins += timedelta(minutes=item.minutes)


def _sitting(sight: Sight, sitting: Sitting, item: SittingItem, *, begins: datetime, number: str) -> Matter:
    group = next(
        (one for one in sight.catalogues[item.project_id].review_groups if one.code == sitting.review_group),
        None,
    )
    name, of = (
        sight.group_name(item.project_id, sitting.review_group),
        sight.step_name(item.project_id, item.code),
    )
    ends = min(begins + timedelta(minutes=item.minutes), datetime.combine(begins.date(), begins.max.time()))
    return Matter(
        source=f"sitting:{sitting.id}:{item.project_id}:{item.code}",
        kind=EntryKind.SITTING,
        state=EntryState.OPEN if sitting.stands else EntryState.CANCELLED,
        on=begins.date(),
        begins_at=begins.time(),
        minutes=max(1, int((ends - begins).total_seconds()) // 60),
        name=Label(
            f"{name.zh}：{of.zh}",
            f"{name.en}: {of.en}",
        ),
        code=number,
        project_id=item.project_id,
        place=sitting.room,
        href=f"/reviews/{sitting.id}",
        subjects=tuple((f"department:{one}", "") for one in (departments_of(group) if group else ())),
        department=sight.department(item.project_id, group.lead if group else ""),
    )


def opinions_of(sight: Sight) -> Iterator[Matter]:
    """The last day for the opinions of each joint review, on the calendars of those who owe one."""
    rows = sight.session.scalars(
        select(JointReviewRow)
        .where(JointReviewRow.project_id.in_(sight.projects))
        .options(selectinload(JointReviewRow.members))
    )
    for row in rows:
        name = sight.group_name(row.project_id, row.review_group)
        steps = [sight.step_name(row.project_id, code) for code in codes(row.steps)]
        asked = dict.fromkeys(member.department for member in row.members)
        yield Matter(
            source=f"review:{row.id}:opinions",
            kind=EntryKind.OPINIONS,
            state=_REVIEW[row.state],
            on=row.opinions_due_on,
            name=Label(
                "：".join(filter(None, (name.zh, "、".join(step.zh for step in steps)))),
                ": ".join(filter(None, (name.en, ", ".join(step.en for step in steps)))),
            ),
            project_id=row.project_id,
            href=f"/reviews/cases/{row.id}",
            subjects=tuple((f"department:{one}", "") for one in asked),
            department=sight.department(row.project_id, row.lead),
        )


def deferrals_of(sight: Sight) -> Iterator[Matter]:
    """The due day of each paper that comes later, on the enterprise's calendar too.

    Source: DF-8.
    """
    asked = (
        select(DeferralRow, Step)
        .join(Step, Step.id == DeferralRow.step_id)
        .where(DeferralRow.project_id.in_(sight.projects), DeferralRow.state.in_(_DEFERRAL))
    )
    for row, step in sight.session.execute(asked):
        if row.due_on is None:
            continue
        name = sight.material_name(row.project_id, step.code, row.material)
        of = sight.step_name(row.project_id, step.code)
        yield Matter(
            source=f"deferral:{row.id}",
            kind=EntryKind.DEFERRAL,
            state=_DEFERRAL[row.state],
            on=row.due_on,
            name=Label(
                f"{name.zh}（{of.zh}）",
                f"{name.en} ({of.en})",
            ),
            code=row.number,
            project_id=row.project_id,
            href=f"/commitments/{row.id}",
            subjects=() if row.producer else sight.enterprise(row.project_id),
            department=sight.department(row.project_id, step.department),
        )


def promises_of(sight: Sight) -> Iterator[Matter]:
    """The last day to look whether a promise that decided a case was true.

    Source: DF-14.
    """
    asked = (
        select(AssuranceRow, Step)
        .join(Step, Step.id == AssuranceRow.step_id)
        .where(AssuranceRow.project_id.in_(sight.projects))
    )
    for row, step in sight.session.execute(asked):
        name = sight.step_name(row.project_id, step.code)
        checked_on: date | None = row.checked_on
        yield Matter(
            source=f"promise:{row.id}",
            kind=EntryKind.CHECK,
            state=_PROMISE[row.state],
            on=checked_on or row.check_due_on,
            name=Label(
                name.zh,
                name.en,
            ),
            code=row.number,
            project_id=row.project_id,
            href=f"/projects/{row.project_id}/steps/{step.number}",
            department=sight.department(row.project_id, step.department),
        )


def _numbers(sight: Sight) -> dict[tuple[int, str], str]:
    """The number each step has on its project's list."""
    asked = select(Step.project_id, Step.code, Step.number).where(Step.project_id.in_(sight.projects))
    return {(project_id, code): number for project_id, code, number in sight.session.execute(asked)}

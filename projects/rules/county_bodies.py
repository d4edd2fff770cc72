"""The joint reviews of a county as the planner takes them: who sits, and on which half-days they can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

import scheduler
from approvals.rules.catalogue import ReviewGroup
from approvals.rules.sittings import Circumstances as Known
from approvals.rules.sittings import SittingRule, busy_departments, departments_of, possible_sittings
from projects.rules.county import County, half_day_of
from projects.rules.portfolio_days import HalfDay
from scheduler.portfolio.demands import Body, Project, Sitting


def bodies(
    county: County,
    projects: Sequence[Project],
    axis: scheduler.WorkdayAxis,
    today: date,
    horizon: int,
) -> Iterator[Body]:
    """The joint reviews that any of these projects has before it."""
    wanted = {demand.body for project in projects for demand in project.demands.values() if demand.body}
    for code in county.sitting_groups:
        if code in wanted:
            asked = (code, axis, today, horizon)
            if asked not in county.bodies:
                county.bodies[asked] = _body(county, code, axis, today, axis.date_of(horizon))
            yield county.bodies[asked]


def _body(county: County, code: str, axis: scheduler.WorkdayAxis, today: date, last: date) -> Body:
    group, rule = county.groups[code], county.rules[code]
    halves = _half_days_until(county, rule, group, today=today, last=last)
    return Body(
        code,
        _tables(county)[code],
        notice=group.notice_workdays,
        opinion=group.opinion_workdays,
        seats=rule.projects_per_sitting,
        sittings=tuple(Sitting(axis.point_of(on), half) for on, half in halves),
        needs_room=rule.needs_room and county.rooms is not None,
    )


def _tables(county: County) -> dict[str, tuple[str, ...]]:
    """Who has to be at the table of each group that sits.

    A member that two announced sittings want at the same time was let off one of them: it sends its opinion
    in writing, and is no reason to move what was announced. The lead never is.

    Source: JR-3.
    """
    tables = {code: list(departments_of(county.groups[code])) for code in county.sitting_groups}
    announced = [sitting for sitting in county.sittings if sitting.review_group in tables]
    for one, other in combinations(announced, 2):
        if half_day_of(one)[1] != half_day_of(other)[1]:
            continue
        for code, beside in ((one.review_group, other), (other.review_group, one)):
            wanted = departments_of(county.groups[beside.review_group])
            lead = county.groups[code].lead
            tables[code] = [member for member in tables[code] if member == lead or member not in wanted]
    return {code: tuple(members) for code, members in tables.items()}


def _half_days_until(
    county: County, rule: SittingRule, group: ReviewGroup, *, today: date, last: date
) -> tuple[HalfDay, ...]:
    """The half-days on which a group can sit, in order: its rhythm where nobody has said no, and what stands.

    Shape: worked out for whole years, and once for each county.
    Source: PR-4; JR-1, JR-2.
    """
    asked = (group.code, today, date(last.year, 12, 31))
    if asked not in county.found:
        county.found[asked] = _half_days(county, rule, group, today, asked[2])
    return tuple(half for half in county.found[asked] if half.on <= last)


def _half_days(
    county: County, rule: SittingRule, group: ReviewGroup, today: date, last: date
) -> tuple[HalfDay, ...]:
    others = [sitting for sitting in county.sittings if sitting.review_group not in county.sitting_groups]
    known = Known(
        answers=county.answers,
        benches=county.benches,
        changes=county.changes,
        busy=busy_departments(others, county.groups),
    )
    found = {
        HalfDay(one.on, one.half.number)
        for one in possible_sittings(rule, group, known, county.calendar, today=today, first=today, last=last)
        if one.can_sit and one.is_full
    }
    announced = {half_day_of(sitting)[1] for sitting in county.sittings if sitting.review_group == group.code}
    extra = {half for code, half in county.extra if code == group.code}
    without = {half for code, half in county.without if code == group.code}
    return tuple(sorted((found | announced | extra) - without))

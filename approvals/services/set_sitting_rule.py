"""Say how a review group sits: on which half-days, for how many projects, and which matters it decides."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from approvals.events.reviews import SittingRuleChanged
from approvals.models.review import SittingRuleRow
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import reviews
from approvals.rules.sitting_rules import check_rule
from approvals.rules.sittings import SittingRule
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def set_sitting_rule(rule: SittingRule, *, by: Actor) -> None:
    """Record how a group sits from now on; sittings announced already stay as they are.

    Raises: GroupUnknown, MatterUnknown, MatterElsewhere, NoMatter, NoWeekday, NoHalfDay, SittingSizeWrong,
        SittingTooLong.
    Effects: tells ``SittingRuleChanged``, if anything changed.
    """
    with work(by) as w:
        published = catalogue_queries.published_catalogue(w.session)
        tidy = replace(rule, note=rule.note.strip(), weekdays=tuple(sorted(set(rule.weekdays))))
        check_rule(tidy, published, reviews.sitting_rules(w.session).values())
        put_rule(w, tidy)


def put_rule(w: Work, rule: SittingRule) -> None:
    """Write a checked rule, and tell what changed."""
    asked = select(SittingRuleRow).where(SittingRuleRow.review_group == rule.review_group)
    row = w.session.scalar(asked.with_for_update())
    if row is not None and row.facts() == rule:
        return
    if row is None:
        row = SittingRuleRow()
        w.session.add(row)
    row.apply(rule)
    w.session.flush()
    w.record(
        SittingRuleChanged(
            review_group=rule.review_group,
            matters=rule.matters,
            weekdays=rule.weekdays,
            halves=tuple(half.value for half in rule.halves),
            projects_per_sitting=rule.projects_per_sitting,
            minutes_per_project=rule.minutes_per_project,
            needs_room=rule.needs_room,
            is_active=rule.is_active,
        )
    )

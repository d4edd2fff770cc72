"""Is this rhythm one a group can keep? And the rhythms a release brings, read from their file.

Source: JR-1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from approvals.rules.catalogue import Catalogue
from approvals.rules.convening import minutes_between
from approvals.rules.sittings import SITTING_MODES, Half, SittingRule
from concierge.kernel.errors import N_, Invalid

MOST_PROJECTS, MOST_MINUTES = 50, 480
DAYS_OF_A_WEEK = range(1, 8)


class GroupUnknown(Invalid):
    """A review group that is not in the catalogue, or that works through papers alone."""

    message = N_("“%(group)s” is no review group of the published catalogue that comes together.")
    field = "review_group"


class MatterUnknown(Invalid):
    """A matter the catalogue does not know."""

    message = N_("“%(matter)s” is no matter of the published catalogue.")
    field = "matters"


class MatterElsewhere(Invalid):
    """A matter two groups would decide."""

    message = N_("“%(matter)s” is decided by another group's sittings already. Take it out there first.")
    field = "matters"


class NoMatter(Invalid):
    """A group that sits and decides nothing."""

    message = N_("Choose at least one matter that waits for the sitting, or switch the rule off.")
    field = "matters"


class NoWeekday(Invalid):
    """A rhythm without days."""

    message = N_("Choose at least one weekday, or switch the rule off.")
    field = "weekdays"


class NoHalfDay(Invalid):
    """A rhythm without half-days."""

    message = N_("Choose morning, afternoon or both, or switch the rule off.")
    field = "halves"


class SittingSizeWrong(Invalid):
    """A sitting of no projects or no time, or of more than a half-day can hold."""

    message = N_("A sitting takes 1 to %(projects)s projects of 1 to %(minutes)s minutes each.")
    field = "projects_per_sitting"


class SittingTooLong(Invalid):
    """More minutes than the half-day has."""

    message = N_("That makes %(minutes)s minutes; a half-day has %(left)s. Take fewer projects or less time.")
    field = "minutes_per_project"


def check_rule(rule: SittingRule, published: Catalogue, others: Iterable[SittingRule]) -> None:
    """Refuse a rhythm nobody could keep.

    Raises: GroupUnknown, MatterUnknown, MatterElsewhere, NoMatter, NoWeekday, NoHalfDay, SittingSizeWrong,
        SittingTooLong.
    """
    modes = {group.code: group.mode for group in published.review_groups}
    if modes.get(rule.review_group) not in SITTING_MODES:
        raise GroupUnknown(group=rule.review_group)
    _check_matters(rule, published, others)
    if not set(rule.weekdays) <= set(DAYS_OF_A_WEEK) or (rule.is_active and not rule.weekdays):
        raise NoWeekday
    if rule.is_active and not rule.halves:
        raise NoHalfDay
    if not (
        1 <= rule.projects_per_sitting <= MOST_PROJECTS and 1 <= rule.minutes_per_project <= MOST_MINUTES
    ):
        raise SittingSizeWrong(projects=MOST_PROJECTS, minutes=MOST_MINUTES)
    minutes = rule.projects_per_sitting * rule.minutes_per_project
    left = min((minutes_between(half.begins_at, half.ends_at) for half in rule.halves), default=minutes)
    if minutes > left:
        raise SittingTooLong(minutes=minutes, left=left)


def _check_matters(rule: SittingRule, published: Catalogue, others: Iterable[SittingRule]) -> None:
    known = {matter.code for matter in published.matters}
    for code in rule.matters:
        if code not in known:
            raise MatterUnknown(matter=code)
    if not rule.is_active:
        return
    if not rule.matters:
        raise NoMatter
    taken = {
        code
        for other in others
        if other.is_active and other.review_group != rule.review_group
        for code in other.matters
    }
    for code in rule.matters:
        if code in taken:
            raise MatterElsewhere(matter=code)


def read_rules(content: str) -> Iterator[SittingRule]:
    """The rules of a file. Shape: a header, then one group a line; lists stand with ``|`` between.

    Raises: KeyError, ValueError, when the file is not of that form.
    """
    for line in csv.DictReader(io.StringIO(content)):
        yield _rule(line)


def _rule(line: Mapping[str, str]) -> SittingRule:
    return SittingRule(
        review_group=line["review_group"],
        matters=tuple(line["matters"].split("|")),
        weekdays=tuple(int(day) for day in line["weekdays"].split("|")),
        halves=tuple(Half(half) for half in line["halves"].split("|")),
        projects_per_sitting=int(line["projects_per_sitting"]),
        minutes_per_project=int(line["minutes_per_project"]),
        needs_room=line["needs_room"] == "yes",
        note=line["note"],
    )

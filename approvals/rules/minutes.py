"""Minutes of a session or a site visit, and the tasks that come out of them.

Source: PR-4, PR-5, AC-13.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from approvals.rules.joint_reviews import JointReview, ReviewKind, ReviewState
from concierge.kernel.errors import N_, Invalid, Refusal

OFFICERS_ON_SITE = 2
"""Facts on site are checked by at least two officers. Source: AC-13."""
NO_AUTHORITY = frozenset({"utility", "market", "enterprise"})
"""Levels of the catalogue that check no facts for an authority: utilities, intermediaries, the owner."""


class MinutesExpected(Invalid):
    """Minutes without words."""

    message = N_("Write what was agreed.")
    field = "text"


class HeldOnWrong(Invalid):
    """Minutes of a day before the submission, or that has not come."""

    message = N_("The session was between %(first_on)s, when the submission was sent, and today.")
    field = "held_on"


class NobodyThere(Invalid):
    """Minutes of a session nobody attended."""

    message = N_("Say who was there.")
    field = "attendance"


class LeadNotThere(Refusal):
    """A session the lead did not hold.

    Source: PR-3, JR-3.
    """

    message = N_("“%(lead)s” holds this review; a session without it does not count. Announce another one.")


class TwoOfficersNeeded(Refusal):
    """Facts checked on site by one officer.

    Source: AC-13.
    """

    message = N_(
        "%(departments)s was on site with one officer. Facts are checked by at least two: have them go "
        "again, or note the department as not attending."
    )


class StrangerThere(Invalid):
    """A department the catalogue does not know."""

    message = N_("“%(department)s” is no department of the catalogue.")
    field = "attendance"


class NoMinutesNow(Refusal):
    """A review that was called off."""

    message = N_("This joint review was cancelled; it has no session.")


class TaskIncomplete(Invalid):
    """A task without words, somebody to do it, or a day."""

    message = N_("Each task says what, who and by when.")
    field = "tasks"


class TaskDueTooEarly(Invalid):
    """A task that would be due before it was given."""

    message = N_("“%(what)s” would be due before %(first_on)s. Choose a later day.")
    field = "tasks"


class TaskDone(Refusal):
    """A task somebody has finished."""

    message = N_("This task was finished on %(done_on)s.")


class DoneInFuture(Invalid):
    """A task that would be finished on a day that has not come."""

    message = N_("%(done_on)s has not come yet; write the day on which it was done.")
    field = "done_on"


@dataclass(frozen=True)
class Present:
    """Who of one department was there. Units: ``officers`` people."""

    department: str
    officers: int
    names: str = ""


@dataclass(frozen=True, kw_only=True)
class NewMinutes:
    """Minutes as somebody writes them."""

    held_on: date
    text: str
    present: tuple[Present, ...]
    place: str = ""


@dataclass(frozen=True)
class NewTask:
    """Something somebody has to do by a day. Shape: ``line_id`` is the condition it comes from, if any."""

    what: str
    department: str
    due_on: date | None
    line_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """Minutes on record."""

    id: int
    held_on: date
    text: str
    kept_by: str
    at: datetime
    place: str = ""
    present: tuple[Present, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task on record, and whether it is done."""

    id: int
    version: int
    project_id: int
    review_id: int
    what: str
    department: str
    due_on: date
    done_on: date | None = None
    done_by: str = ""
    done_note: str = ""
    line_id: int | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on < today


def check_minutes(
    minutes: NewMinutes,
    review: JointReview,
    levels: Mapping[str, str],
    names: Mapping[str, str],
    *,
    today: date,
) -> None:
    """Refuse minutes that would not stand.

    Shape: ``levels`` of all departments by code, ``names`` as people read them.
    Raises: NoMinutesNow, MinutesExpected, HeldOnWrong, NobodyThere, StrangerThere, LeadNotThere,
        TwoOfficersNeeded.
    Source: PR-3, PR-5, AC-13.
    """
    if review.state is ReviewState.CANCELLED:
        raise NoMinutesNow
    if not minutes.text.strip():
        raise MinutesExpected
    if not review.sent_on <= minutes.held_on <= max(today, review.sent_on):
        raise HeldOnWrong(first_on=review.sent_on)
    if not minutes.present:
        raise NobodyThere
    _check_present(minutes.present, review, levels, names)


def check_tasks(tasks: Iterable[NewTask], departments: Collection[str], *, first_on: date) -> None:
    """Refuse tasks nobody could do.

    Raises: TaskIncomplete, TaskDueTooEarly.
    """
    for task in tasks:
        if not task.what.strip() or task.department not in departments or task.due_on is None:
            raise TaskIncomplete
        if task.due_on < first_on:
            raise TaskDueTooEarly(what=task.what, first_on=first_on)


def check_done(task: Task, done_on: date, *, today: date) -> None:
    """Refuse to finish a task twice, or ahead of its time.

    Raises: TaskDone, DoneInFuture.
    """
    if task.done_on is not None:
        raise TaskDone(done_on=task.done_on)
    if done_on > today:
        raise DoneInFuture(done_on=done_on)


def _check_present(
    present: Collection[Present],
    review: JointReview,
    levels: Mapping[str, str],
    names: Mapping[str, str],
) -> None:
    for one in present:
        if one.department not in levels:
            raise StrangerThere(department=one.department)
    if review.lead not in {one.department for one in present}:
        raise LeadNotThere(lead=names.get(review.lead, review.lead))
    if review.kind is not ReviewKind.SITE_VISIT:
        return
    alone = [
        names.get(one.department, one.department)
        for one in present
        if one.officers < OFFICERS_ON_SITE and levels[one.department] not in NO_AUTHORITY
    ]
    if alone:
        raise TwoOfficersNeeded(departments="、".join(alone))

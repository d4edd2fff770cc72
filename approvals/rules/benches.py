"""A department's bench: how many reviewers work on cases, and on which days it is another number.

A department without a bench is not counted: its work waits for nobody, and every screen says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal

MOST_REVIEWERS = 999


class NoSuchNumberOfReviewers(Invalid):
    """A bench with fewer than no reviewers, or more than a county has."""

    message = N_(
        "A department has between 0 and %(most)s reviewers. Leave the field empty to not count them."
    )
    field = "reviewers"


class ChangeEndsBeforeItBegins(Invalid):
    """The last day of a change lies before its first."""

    message = N_("The last day, %(last_on)s, lies before the first, %(first_on)s.")
    field = "last_on"


class ChangeWithoutReason(Invalid):
    """Nobody could say later why a plan was made with another number."""

    message = N_("Say why: leave, training, a loan to another office. The plan's explanation names it.")
    field = "reason"


class ChangesOverlap(Refusal):
    """Two changes would both say how many reviewers there are on one day."""

    message = N_(
        "From %(first_on)s to %(last_on)s there is another number already (%(reviewers)s reviewers). "
        "Take that entry out first, or choose other days."
    )


@dataclass(frozen=True)
class Bench:
    """How many reviewers of a department work on cases at once."""

    department: str
    reviewers: int


@dataclass(frozen=True)
class BenchChange:
    """From one day to another, both included, the bench has another number of reviewers.

    Shape: ``id`` is None before the change is kept.
    """

    department: str
    first_on: date
    last_on: date
    reviewers: int
    _: KW_ONLY
    reason: str = ""
    id: int | None = None

    def covers(self, day: date) -> bool:
        """Whether the change holds on a day."""
        return self.first_on <= day <= self.last_on

    def overlaps(self, other: BenchChange) -> bool:
        """Whether both would hold on one day."""
        return self.first_on <= other.last_on and other.first_on <= self.last_on


def checked_reviewers(reviewers: int, department: str) -> int:
    """A number of reviewers as a department's bench can have it.

    Raises: NoSuchNumberOfReviewers.
    """
    if not 0 <= reviewers <= MOST_REVIEWERS:
        raise NoSuchNumberOfReviewers(most=MOST_REVIEWERS, department=department)
    return reviewers


def check_change(change: BenchChange, standing: Iterable[BenchChange]) -> None:
    """Refuse a change that cannot stand beside the others of its department.

    Raises: NoSuchNumberOfReviewers, ChangeEndsBeforeItBegins, ChangeWithoutReason, ChangesOverlap.
    """
    checked_reviewers(change.reviewers, change.department)
    if change.last_on < change.first_on:
        raise ChangeEndsBeforeItBegins(first_on=change.first_on, last_on=change.last_on)
    if not change.reason.strip():
        raise ChangeWithoutReason
    for other in standing:
        if other.id != change.id and other.department == change.department and change.overlaps(other):
            raise ChangesOverlap(first_on=other.first_on, last_on=other.last_on, reviewers=other.reviewers)


def places_on(bench: Bench, changes: Iterable[BenchChange], day: date) -> int:
    """How many cases a bench can work on, on one day."""
    return next(
        (c.reviewers for c in changes if c.department == bench.department and c.covers(day)), bench.reviewers
    )


def places_by_day(bench: Bench, changes: Iterable[BenchChange], days: Iterable[date]) -> tuple[int, ...]:
    """How many cases a bench can work on, on each of these days.

    Shape: one entry a day, in the order of ``days``; changes of other departments are passed over.
    """
    own = [change for change in changes if change.department == bench.department]
    return tuple(places_on(bench, own, day) for day in days)


def is_empty_on(
    benches: Mapping[str, Bench], changes: Iterable[BenchChange], department: str, day: date
) -> bool:
    """Whether nobody of a department is there on a day; one without a bench is taken to be there."""
    bench = benches.get(department)
    return bench is not None and places_on(bench, changes, day) == 0

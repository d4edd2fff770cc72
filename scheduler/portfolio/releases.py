"""What a little more room would be worth: one more reviewer for a week, hand-in, sitting, seat or room.

Only room that somebody on the way to a late target waits for is tried; each trial is a whole new plan made
the same way, so that it shows who would come sooner and who later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from scheduler.axis import Axis
from scheduler.portfolio.compare import Changes, changes
from scheduler.portfolio.demands import Bench, Body, Officer, Portfolio, Project, Sitting
from scheduler.portfolio.explain import Link, LinkKind, why
from scheduler.portfolio.plan import PortfolioPlan
from scheduler.portfolio.stretches import on_day
from scheduler.portfolio.usage import Usage

Replan = Callable[[Portfolio], PortfolioPlan]
"""Makes a plan, always in the same way."""

WEEK_WORKDAYS = 5
"""How many points make a week on an axis without a calendar."""
MONTH_WEEKS = 4


class ReleaseKind(StrEnum):
    """What there would be more of."""

    REVIEWER = "reviewer"
    HAND_IN = "hand_in"
    SITTING = "sitting"
    SEAT = "seat"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Wish:
    """One more reviewer, hand-in or sitting in some days; or one more seat or room throughout.

    ``half`` is the half-day of one more sitting, None for the others.

    Units: ``first`` and ``last`` are points, both inside; ``*_on`` civil days, or None on a nominal axis.
    """

    kind: ReleaseKind
    who: str
    first: int
    last: int
    _: KW_ONLY
    half: int | None = None
    first_on: date | None = None
    last_on: date | None = None

    @property
    def workdays(self) -> int:
        """What it costs: the working days somebody more is there; one for a sitting, a seat or a room."""
        is_somebody = self.kind in (ReleaseKind.REVIEWER, ReleaseKind.HAND_IN)
        return self.last - self.first + 1 if is_somebody else 1


@dataclass(frozen=True, slots=True)
class Release:
    """What one wish would bring: who comes sooner, who later, and the working days past promises it saves.

    Units: ``saved`` in working days, weighted; below zero where it would cost some.
    """

    wish: Wish
    changes: Changes
    saved: int

    @property
    def days_earlier(self) -> int:
        """The working days all targets together come sooner, those that come later counted against them."""
        return -sum(change.moved or 0 for change in self.changes.projects)

    @property
    def worth(self) -> float:
        """Working days gained, those past promises twice, for each working day given."""
        return (self.saved + self.days_earlier) / self.wish.workdays

    @property
    def span(self) -> tuple[int, int]:
        """The fewest and the most working days a project comes sooner: “by 2 to 5 days”; (0, 0) for none."""
        days = [-(change.moved or 0) for change in self.changes.earlier]
        return (min(days), max(days)) if days else (0, 0)


def cheapest(
    portfolio: Portfolio,
    replan: Replan,
    *,
    plan: PortfolioPlan | None = None,
    projects: Collection[str] | None = None,
    kinds: Collection[ReleaseKind] = tuple(ReleaseKind),
    most: int = 8,
) -> tuple[Release, ...]:
    """The wishes that bring somebody sooner to the target, best first; ``most`` of these kinds are tried.

    ``plan`` is what ``replan`` makes of the portfolio as it is, if it is there already. Without
    ``projects``, those behind their promise are asked about, or everybody where nobody is.

    Shape: what brings most for each working day given comes first.
    """
    before = replan(portfolio) if plan is None else plan
    tried = []
    asked = [wish for wish in wishes(portfolio, before, projects) if wish.kind in kinds]
    for wish in asked[:most]:
        granted_portfolio = granted(portfolio, wish)
        after = replan(granted_portfolio)
        moved = changes(granted_portfolio, before, after)
        saved = tardiness(portfolio, before) - tardiness(portfolio, after)
        if moved.earlier:
            tried.append(Release(wish, moved, saved))
    tried.sort(key=lambda release: (-release.worth, _order(release.wish)))
    return tuple(release for release in tried if release.worth > 0)


def tardiness(portfolio: Portfolio, plan: PortfolioPlan) -> int:
    """Working days past all promises, weighted."""
    return sum(
        project.weight * max(0, plan.steps[project.key, project.target].finish - project.due)
        for project in portfolio.projects
        if project.due is not None
    )


def wishes(
    portfolio: Portfolio, plan: PortfolioPlan, projects: Collection[str] | None = None
) -> tuple[Wish, ...]:
    """The room that the ways to these projects' targets wait for.

    Units: a wait counts with its project's weight.
    Shape: what is waited for most, for each working day given, comes first: one wish for every bench, officer
        or joint review, then a second for each, and so on.
    """
    usage = Usage(portfolio, plan)
    waited: Counter[Wish] = Counter()
    for project in _asked_about(portfolio, plan, projects):
        for link in why(portfolio, plan, project.key, usage=usage).links:
            for wish, days in _wishes_of(usage, link):
                waited[wish] += days * max(1, project.weight)
    dearest = sorted(waited, key=lambda wish: (-waited[wish] / wish.workdays, _order(wish)))
    turns: Counter[tuple[ReleaseKind, str]] = Counter()
    places: dict[Wish, tuple[int, int]] = {}
    for place, wish in enumerate(dearest):
        places[wish] = (turns[wish.kind, wish.who], place)
        turns[wish.kind, wish.who] += 1
    return tuple(sorted(dearest, key=places.__getitem__))


def _asked_about(
    portfolio: Portfolio, plan: PortfolioPlan, projects: Collection[str] | None
) -> Sequence[Project]:
    if projects is not None:
        return [project for project in portfolio.projects if project.key in projects]
    late = [
        project
        for project in portfolio.projects
        if project.due is not None and plan.steps[project.key, project.target].finish > project.due
    ]
    return late or portfolio.projects


def _wishes_of(usage: Usage, link: Link) -> Iterator[tuple[Wish, int]]:
    """What would have shortened one wait, with the days of the wait it could have."""
    who = link.who or ""
    if link.kind is LinkKind.BENCH_FULL:
        yield from _by_week(usage.portfolio.axis, ReleaseKind.REVIEWER, who, link)
    elif link.kind is LinkKind.OFFICER_FULL:
        yield from _by_week(usage.portfolio.axis, ReleaseKind.HAND_IN, who, link)
    elif link.kind is LinkKind.SITTING_FULL:
        yield (
            _wish(usage, ReleaseKind.SEAT, who, usage.portfolio.today, usage.portfolio.horizon),
            link.workdays,
        )
        yield from _more_sittings(usage, who, link)
    elif link.kind is LinkKind.ROOMS_TAKEN:
        yield (
            _wish(usage, ReleaseKind.ROOM, "", usage.portfolio.today, usage.portfolio.horizon),
            link.workdays,
        )
    elif link.kind in (LinkKind.NO_SITTING, LinkKind.MEMBER_BUSY):
        yield from _more_sittings(usage, who, link)


def _wish(usage: Usage, kind: ReleaseKind, who: str, first: int, last: int, half: int | None = None) -> Wish:
    on = usage.portfolio.axis.date_of
    return Wish(kind, who, first, last, half=half, first_on=on(first), last_on=on(last))


def _by_week(axis: Axis, kind: ReleaseKind, who: str, link: Link) -> Iterator[tuple[Wish, int]]:
    """One more in each week of the days that were full; and for a month, where it is several weeks."""
    weeks: dict[tuple[int, int], list[int]] = {}
    for day in link.full_days:
        weeks.setdefault(week_of(axis, day), []).append(day)
    spans = [(week, len(days)) for week, days in weeks.items()]
    month = sorted(weeks)[:MONTH_WEEKS]
    if len(month) > 1:
        spans.append(((month[0][0], month[-1][1]), sum(len(weeks[week]) for week in month)))
    for (first, last), count in spans:
        days = min(count, link.workdays)
        yield (
            Wish(kind, who, first, last, first_on=axis.date_of(first), last_on=axis.date_of(last)),
            days,
        )


def week_of(axis: Axis, day: int) -> tuple[int, int]:
    """The first and the last working day of the week a day stands in. Units: points."""
    on = axis.date_of(day)
    if on is None:
        first = (day - 1) // WEEK_WORKDAYS * WEEK_WORKDAYS + 1
        return first, first + WEEK_WORKDAYS - 1
    monday = on - timedelta(days=on.weekday())
    first = last = day
    while (before := axis.date_of(first - 1)) is not None and before >= monday:
        first -= 1
    while (after := axis.date_of(last + 1)) is not None and after < monday + timedelta(days=7):
        last += 1
    return first, last


def _more_sittings(usage: Usage, who: str, link: Link) -> Iterator[tuple[Wish, int]]:
    """One more sitting on the first day somebody could have used one, in a half-day that is not offered."""
    offered = usage.bodies[who].offered
    for day in sorted(link.full_days):
        for half in (0, 1):
            if Sitting(day, half) not in offered and day <= usage.portfolio.horizon:
                yield _wish(usage, ReleaseKind.SITTING, who, day, day, half), link.workdays
                return


def granted(portfolio: Portfolio, wish: Wish) -> Portfolio:
    """The portfolio as it would be with one wish granted."""
    if wish.kind is ReleaseKind.ROOM:
        return replace(portfolio, rooms=portfolio.rooms + 1)
    if wish.kind is ReleaseKind.REVIEWER:
        benches = [
            Bench(bench.key, _one_more(bench.places, wish)) if bench.key == wish.who else bench
            for bench in portfolio.benches
        ]
        return replace(portfolio, benches=benches)
    if wish.kind is ReleaseKind.HAND_IN:
        officers = [
            Officer(officer.key, _one_more(officer.hand_ins, wish)) if officer.key == wish.who else officer
            for officer in portfolio.officers
        ]
        return replace(portfolio, officers=officers)
    bodies = [_with_room(body, wish) if body.key == wish.who else body for body in portfolio.bodies]
    return replace(portfolio, bodies=bodies)


def _with_room(body: Body, wish: Wish) -> Body:
    if wish.kind is ReleaseKind.SEAT:
        return replace(body, seats=body.seats + 1)
    return replace(body, sittings=tuple(sorted({*body.sittings, Sitting(wish.first, wish.half or 0)})))


def _one_more(numbers: int | Sequence[int], wish: Wish) -> tuple[int, ...]:
    """One more on every day of the wish; the day after it holds on as before."""
    known = 0 if isinstance(numbers, int) else len(numbers)
    days = range(max(known, wish.last + 2))
    return tuple(on_day(numbers, day) + (wish.first <= day <= wish.last) for day in days)


def _order(wish: Wish) -> tuple[int, int, str, str, int]:
    return wish.last - wish.first, wish.first, wish.kind.value, wish.who, wish.half or 0

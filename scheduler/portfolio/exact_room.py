"""The room that steps share, for CP-SAT: places on benches, officers' hands, seats, rooms and members.

What has happened or stays, and what others have booked, is taken off the room beforehand, even where it is
more than there is; then nothing free may use that day.

Units: points; the solver's time from t to t + 1 is the working day that ends at point t + 1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from scheduler.portfolio.demands import Body, Sitting
from scheduler.portfolio.exact_model import Expression, Laid, Steps
from scheduler.portfolio.plan import Occupancy


def share(steps: Steps, occupancy: Occupancy) -> None:
    """Ask of all steps together that they find room beside what others have booked."""
    _benches(steps, occupancy)
    _hand_ins(steps, occupancy)
    _sittings(steps, occupancy)


# --- benches ----------------------------------------------------------------------------------------


def _benches(steps: Steps, occupancy: Occupancy) -> None:
    """No more cases at work on a day than the bench has places."""
    users: defaultdict[str, list[Laid]] = defaultdict(list)
    for laid in steps.laid.values():
        if laid.demand.bench is not None and not laid.is_over:
            users[laid.demand.bench].append(laid)
    for bench in steps.portfolio.benches:
        taken = Counter(dict(enumerate(occupancy.places.get(bench.key, ()))))
        intervals = []
        for laid in users[bench.key]:
            for begin, end in _settled(steps, laid):
                taken.update(range(begin + 1, end + 1))
            if not laid.is_settled:
                intervals += [_interval(steps, laid, begin, end) for begin, end in laid.stretches]
        _room(steps, bench.places, taken, intervals)


def _settled(steps: Steps, laid: Laid) -> Iterator[tuple[int, int]]:
    """The stretches of work of what has happened, or is kept and stays."""
    if laid.stays is not None:
        point = laid.demand.planned or 0
    elif laid.is_settled:
        point = laid.accept.at
    else:
        return
    for segment in laid.step.handling:
        end = steps.portfolio.axis.forward(point, segment)
        if segment.kind == "work":
            yield point, end
        point = end


def _interval(steps: Steps, laid: Laid, begin: Expression, end: Expression) -> Expression:
    if laid.stays is None:
        return steps.model.new_interval_var(begin, end - begin, end, "")
    return steps.model.new_optional_interval_var(begin, end - begin, end, ~laid.stays, "")


def _room(
    steps: Steps, numbers: int | Sequence[int], taken: Counter[int], intervals: list[Expression]
) -> None:
    """A room whose size differs from day to day: the most there is, with blocks where there is less."""
    if not intervals:
        return
    left = [max(0, on_day(numbers, day) - taken[day]) for day in range(1, steps.portfolio.horizon + 1)]
    most = max(left)
    users, sizes = list(intervals), [1] * len(intervals)
    begin = 0
    for day in range(1, len(left) + 1):
        if day == len(left) or left[day] != left[begin]:
            if left[begin] < most:
                users.append(steps.model.new_fixed_size_interval_var(begin, day - begin, ""))
                sizes.append(most - left[begin])
            begin = day
    steps.model.add_cumulative(users, sizes, most)


# --- officers ---------------------------------------------------------------------------------------


def _hand_ins(steps: Steps, occupancy: Occupancy) -> None:
    """Every free step is handed in by the first of its pair who is there, as many a day as they can."""
    known = {officer.key: officer.hand_ins for officer in steps.portfolio.officers}
    taken: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for officer, by_day in occupancy.hand_ins.items():
        taken[officer].update(dict(enumerate(by_day)))
    intervals: defaultdict[str, list[Expression]] = defaultdict(list)
    for laid in steps.laid.values():
        if not needs_officer(laid):
            continue
        if laid.stays is not None:
            day = laid.demand.planned or 0
            taken[acting(known, laid.project.officers, day) or ""][day] += 1
        if not laid.is_settled:
            _hands(steps, laid, known, intervals)
    for officer, users in intervals.items():
        _room(steps, known[officer], taken[officer], users)


def needs_officer(laid: Laid) -> bool:
    """Whether somebody must hand the step in."""
    is_done = laid.is_over or laid.step.accepted is not None
    return not is_done and laid.demand.needs_officer and bool(laid.project.officers)


def _hands(
    steps: Steps,
    laid: Laid,
    known: dict[str, int | Sequence[int]],
    intervals: defaultdict[str, list[Expression]],
) -> None:
    """Who hands it in depends on the day; a day on which all are away cannot be chosen."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for day in range(laid.accept.soonest, steps.portfolio.horizon + 1):
        officer = acting(known, laid.project.officers, day)
        if officer is not None:
            days[officer].append(day)
    for officer, there in days.items():
        hands = laid.hands[officer] = steps.model.new_bool_var("")
        domain = steps.cp.Domain.from_values(there)
        steps.model.add_linear_expression_in_domain(laid.accept.at, domain).only_enforce_if(hands)
        if officer in known:
            day_ = steps.model.new_optional_fixed_size_interval_var(laid.accept.at - 1, 1, hands, "")
            intervals[officer].append(day_)
    steps.model.add(sum(laid.hands.values()) == (1 if laid.stays is None else 1 - laid.stays))


# --- sittings ---------------------------------------------------------------------------------------


def _sittings(steps: Steps, occupancy: Occupancy) -> None:
    """Seats of every sitting, rooms of every half-day, and nobody at two tables at once."""
    seated, choices = _seated(steps, occupancy)
    tables: defaultdict[Sitting, list[tuple[Body, Expression]]] = defaultdict(list)
    for key, sitting in seated:
        if key in steps.bodies:
            tables[sitting].append((steps.bodies[key], 1))
    for (key, sitting), chosen in choices.items():
        tables[sitting] += _seats(steps, steps.bodies[key], seated.get((key, sitting)), chosen)
    for around in tables.values():
        _half_day(steps, around)


def _seated(
    steps: Steps, occupancy: Occupancy
) -> tuple[Counter[tuple[str, Sitting]], dict[tuple[str, Sitting], list[Expression]]]:
    """The seats taken for certain, and those that may be chosen, by joint review and sitting."""
    seated: Counter[tuple[str, Sitting]] = Counter(occupancy.seats)
    choices: defaultdict[tuple[str, Sitting], list[Expression]] = defaultdict(list)
    for laid in steps.laid.values():
        if laid.demand.body is None or laid.is_over:
            continue
        if laid.sitting is not None:
            seated[laid.demand.body, laid.sitting] += 1
        for sitting, sits in laid.sits.items():
            choices[laid.demand.body, sitting].append(sits)
    return seated, choices


def _seats(
    steps: Steps, body: Body, taken: int | None, chosen: Sequence[Expression]
) -> list[tuple[Body, Expression]]:
    """So many seats as are left; and whether the sitting opens, unless it is open already."""
    steps.model.add(sum(chosen) <= max(0, body.seats - (taken or 0)))
    if taken is not None:
        return []
    opens = steps.model.new_bool_var("")
    steps.model.add_max_equality(opens, chosen)
    return [(body, opens)]


def _half_day(steps: Steps, tables: Sequence[tuple[Body, Expression]]) -> None:
    """The rooms and the members of one half-day."""
    _at_most(steps, steps.portfolio.rooms, [opens for body, opens in tables if body.needs_room])
    members: defaultdict[str, list[Expression]] = defaultdict(list)
    for body, opens in tables:
        for member in body.members:
            members[member].append(opens)
    for opened in members.values():
        _at_most(steps, 1, opened)


def _at_most(steps: Steps, room: int, opened: Sequence[Expression]) -> None:
    """So many may be open, counting those that are open anyway, which may already be too many."""
    free = [opens for opens in opened if not isinstance(opens, int)]
    left = max(0, room - (len(opened) - len(free)))
    if len(free) > left:
        steps.model.add(sum(free) <= left)


# --- days -------------------------------------------------------------------------------------------


def on_day(numbers: int | Sequence[int], point: int) -> int:
    """How many there are on the day that ends at ``point``; the last entry holds for later days."""
    return numbers if isinstance(numbers, int) else int(numbers[min(max(point, 0), len(numbers) - 1)])


def acting(known: dict[str, int | Sequence[int]], pair: Sequence[str], point: int) -> str | None:
    """The first of the pair who is there on a day; nobody of whom nothing is recorded is ever away."""
    return next((key for key in pair if key not in known or on_day(known[key], point) > 0), None)

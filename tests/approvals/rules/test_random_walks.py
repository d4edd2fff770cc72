"""Cases that wander: whatever is tried on whatever day, a case only ever stands where the law lets it stand.

The table of lawful pairs below is written from the exchange standard alone, by its codes; it shares nothing
with the table in the code.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from approvals.rules.case import Case, CaseTerms, Outstanding, ends, moved
from approvals.rules.catalogue import Matter
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.periods import periods
from approvals.rules.progress import Act, Move
from approvals.rules.ways import open_moves
from concierge.kernel.errors import ConciergeError
from scheduler import DayRule, WorkCalendar

WALKS = 1000
TRIES = 45
MOVES_WANTED = 10_000
SEED = 20260415

# 0 not begun, 0.5 preparing; then the exchange codes. “6b” and “7b” are a correction told before acceptance.
LAWFUL = {
    0: {0.5, 1, 3},
    0.5: {1, 3},
    1: {2, 3, 4, 5, "6b"},
    "6b": {2, 5, "7b"},
    "7b": {2, 3, 4, 5},
    3: {3, 6, 8, 9, 11, 12, 13, 14},
    6: {6, 7, 8, 9, 13, 14},
    7: {7, 8, 9, 11, 12, 13, 14},
    8: {6, 8, 9, 11, 12, 13, 14},
    9: {6, 9, 10, 14},
    10: {6, 8, 9, 10, 11, 12, 13, 14},
    11: {15},
    12: {15},
    **{ended: {0} for ended in (2, 4, 5, 13, 14, 15)},
}
CALENDAR = WorkCalendar(
    [
        DayRule(date(2026, 5, 1), False, "holiday"),
        DayRule(date(2026, 5, 4), False, "holiday"),
        DayRule(date(2026, 5, 9), True, "makeup_workday"),
    ],
    [2026],
)
FIRST_DAY = date(2026, 3, 2)


def a_matter(kind, statutory, *, code="energy-review", group=""):
    matter = Matter(
        code=code,
        name_zh="某事项",
        name_en="A matter",
        kind=kind,
        statutory_days=statutory,
        statutory_basis="working",
        promised_workdays=5,
        review_group=group,
    )
    return CaseTerms(name="某事项", matter=matter, periods=periods(matter), calendar=CALENDAR)


MATTERS = (
    a_matter("permit", 20),
    a_matter("permit", 20, group="JR_LAND"),
    a_matter("permit", 20, code="project-verification"),
    a_matter("permit", 20, code="construction-planning-permit"),
    a_matter("filing", 0),
    a_matter("technical_review", None),
)


def place(case):
    """Where a case stands, by the words of the table above."""
    if case.state is StepState.NOT_STARTED:
        return 0
    if case.state is StepState.PREPARING:
        return 0.5
    code = case.state.exchange_code
    return f"{code}b" if code in (6, 7) and case.accepted_on is None else code


def an_act(case, today, rolled):
    """Something somebody tries: mostly what the table has, mostly well said, sometimes neither."""
    here = open_moves(case.state, is_accepted=case.accepted_on is not None)
    move = rolled.choice(here) if here and rolled.random() < 0.7 else rolled.choice(list(Move))
    if rolled.random() < 0.1:
        move = Move.UNDO
    on = today + timedelta(days=rolled.choice((-4, -1, 0, 0, 0, 0, 0, 0, 1)))

    def said(text):
        return text if rolled.random() < 0.95 else rolled.choice(("", " "))

    running = [stop.kind for stop in case.own_stops if stop.is_open]
    kinds = {Move.STOP: list(StopKind), Move.RESUME: [*running, *running, None, StopKind.TENDER]}
    return Act(
        move,
        on,
        basis=said("行政许可法"),
        reason=said("因故"),
        number=said("告2026-1"),
        decided_by=said(rolled.choice(("甲、乙", "县政府", "王主任"))),
        stop=rolled.choice(kinds.get(move, [None])),
        planned_last_on=on + timedelta(days=rolled.randint(-2, 12)) if rolled.random() < 0.6 else None,
        workdays=rolled.choice((0, 3, 8, 10, 12, 40)),
    )


def check_days(case):
    """The days of a case follow one another, and its stops lie inside it."""
    known = [case.preparing_since, case.received_on, case.accepted_on, case.finished_on or case.ended_on]
    days = [day for day in known if day is not None]
    assert days == sorted(days)
    assert (case.finished_on is not None) == (case.state.exchange_code in (11, 12))
    assert (case.ended_on is not None) == (case.state.exchange_code in (2, 4, 5, 13, 14, 15))
    for stop in case.own_stops:
        assert case.accepted_on is not None
        assert case.accepted_on <= stop.first_on <= (stop.last_on or stop.planned_last_on)
    running = sum(stop.is_open for stop in case.own_stops)
    assert (running > 0) == (place(case) in (6, 9))
    assert len(case.own_extensions) <= 1


def check_ends(before, after, move):
    """Only a start, a stop, an extension, a correction, or taking one of them back moves an end."""
    had_open = any(stop.is_open for stop in before.own_stops)
    causes = {
        Move.ACCEPT,
        Move.STOP,
        Move.RESUME,
        Move.EXTEND,
        Move.CORRECT,
        Move.CORRECTED,
        Move.START_OVER,
        Move.UNDO,
    }
    if move not in causes and not (move in (Move.REFUSE, Move.RECALL) and had_open):
        assert (after.promised_end_on, after.statutory_end_on) == (
            before.promised_end_on,
            before.statutory_end_on,
        )


def check_move(before, after, act, of):
    """One accepted move: lawful, in order, its ends lawful and right, its line the only new one."""
    if act.move is not Move.UNDO:
        assert place(after) in LAWFUL[place(before)], (act, place(before), place(after))
    check_days(after)
    check_ends(before, after, act.move)
    last = ends(after, of)
    assert after.promised_end_on == (last.promised_on if last else None)
    assert after.statutory_end_on == (last.statutory_on if last else None)
    assert after.lines[:-1] == before.lines
    line = after.lines[-1]
    assert (line.before, line.state, line.number) == (before.state, after.state, len(after.lines))


def walk(number, seen, refused):
    """One case from its beginning, tried at for a while; answers how many moves it made."""
    rolled = Random(SEED + number)  # noqa: S311  (a walk that can be walked again)
    of, case, today = rolled.choice(MATTERS), Case(), FIRST_DAY
    stood: list[Case] = []
    made = 0
    for _ in range(TRIES):
        today += timedelta(days=rolled.choice((0, 0, 1, 1, 2, 5)))
        act = an_act(case, today, rolled)
        owed = rolled.choice(
            (Outstanding(), Outstanding(after_issue=("图",)), Outstanding(before_issue=("图",)))
        )
        waiting = ("前置",) if act.move is Move.ACCEPT and rolled.random() < 0.1 else ()
        try:
            after = moved(case, act, of, today=today, waiting=waiting, owed=owed)
        except ConciergeError as error:
            refused[type(error).__name__] += "%(" not in str(error)  # a whole sentence, its facts filled in
            continue
        check_move(case, after, act, of)
        if act.move is Move.UNDO:
            assert replace(after, lines=()) == replace(stood.pop(), lines=())
        else:
            stood.append(case)
            seen[place(case), place(after)] += 1
        case, made = after, made + 1
    return made


def test_ten_thousand_random_moves_never_leave_the_lawful_ways():
    seen: Counter = Counter()
    refused: Counter = Counter()

    made = sum(walk(number, seen, refused) for number in range(WALKS))

    assert made >= MOVES_WANTED
    assert set(seen) == {(a, b) for a, afterwards in LAWFUL.items() for b in afterwards}  # and none unseen
    assert min(refused.values()) > 0
    assert refused.keys() >= {
        "ClockStands",
        "ExtendedAlready",
        "ExtensionTooLong",
        "FilingCannotBeRefused",
        "GovernmentMustApprove",
        "LimitIsOver",
        "NotAStopHere",
        "PapersOwed",
        "StopRunsAlready",
        "StopTooLong",
        "ToldAlready",
        "TwoOfficersMissing",
    }


def test_the_same_walk_is_the_same_every_time():
    first, again = Counter(), Counter()

    walk(7, first, Counter())
    walk(7, again, Counter())

    assert first == again


@pytest.mark.parametrize("move", [move for move in Move if move is not Move.UNDO])
def test_every_move_has_a_way(move):
    assert any(
        move in open_moves(state, is_accepted=accepted) for state in StepState for accepted in (True, False)
    )

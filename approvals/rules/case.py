"""One case: a step's states, days, stops and extensions, and what one act makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from approvals.rules.catalogue import Matter
from approvals.rules.deadlines import Deadlines, deadlines
from approvals.rules.extensions import Extension, extended
from approvals.rules.journal import Line, standing_lines
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.periods import Periods
from approvals.rules.progress import Act, Move, NoSuchMove, NotYet, OutOfOrder, StepNotReady, TooLongAgo
from approvals.rules.receiving import SILENCE_BASIS, accepted_by_silence, latest_notice
from approvals.rules.saying import check_said
from approvals.rules.stops import ClockStop, closed, pauses, stopped
from approvals.rules.ways import STANDING_STILL, UNANSWERED, way
from concierge.kernel.errors import N_, Refusal
from scheduler import WorkCalendar

_ANSWERS = frozenset({Move.ACCEPT, Move.CORRECT, Move.NOT_ACCEPT, Move.DECLINE})
_LIFTED = date.min  # no day is later: an open stop then counts to its planned end


class ToldAlready(Refusal):
    """The faults of one submission are told once, all together."""

    message = N_(
        "What was wrong with “%(step)s” was told on %(day)s, all at once. A second list is not allowed: "
        "decide on what is there, or refuse with reasons."
    )


class AcceptedBySilence(Refusal):
    """An answer that came too late to be one: the case counts as accepted."""

    message = N_(
        "Nobody answered about “%(step)s” by %(limit)s, so by law it has been accepted as of %(day)s. Record "
        "the acceptance first; then correct, refuse or stop as for an accepted case."
    )


class ClockStands(Refusal):
    """Nothing is decided while the clock stands."""

    message = N_("The clock of “%(step)s” has stood still since %(day)s. Record the end of that stop first.")


class PapersOwed(Refusal):
    """The result waits for papers that were allowed to come later."""

    message = N_(
        "“%(step)s” cannot be issued yet: still to come %(papers)s. Take in what is missing first; only "
        "papers on the issue-then-supply list may follow."
    )


@dataclass(frozen=True, kw_only=True)
class CaseTerms:
    """What a case is handled by: its matter, its periods, and the calendar they count in.

    Shape: ``name`` is the matter as people call it.
    """

    name: str
    matter: Matter
    periods: Periods
    calendar: WorkCalendar


@dataclass(frozen=True, kw_only=True)
class Outstanding:
    """Papers allowed to come later that are not here: those the issue waits for, those that may follow it.

    Source: DF-7; S12, state 12.
    """

    before_issue: tuple[str, ...] = ()
    after_issue: tuple[str, ...] = ()


NOTHING_OWED = Outstanding()


@dataclass(frozen=True, kw_only=True)
class Case:
    """Where a case stands.

    Units: civil days.
    Shape: ``stops``, ``extensions`` and ``lines`` are those of all attempts, in the order they were recorded.
    """

    state: StepState = StepState.NOT_STARTED
    attempt: int = 1
    preparing_since: date | None = None
    received_on: date | None = None
    accepted_on: date | None = None
    finished_on: date | None = None
    ended_on: date | None = None
    promised_end_on: date | None = None
    statutory_end_on: date | None = None
    stops: tuple[ClockStop, ...] = ()
    extensions: tuple[Extension, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def own_stops(self) -> tuple[ClockStop, ...]:
        """The stops of this attempt."""
        return tuple(stop for stop in self.stops if stop.attempt == self.attempt)

    @property
    def own_extensions(self) -> tuple[Extension, ...]:
        """The extensions of this attempt."""
        return tuple(one for one in self.extensions if one.attempt == self.attempt)

    @property
    def last_on(self) -> date | None:
        """The day of the last record that still counts."""
        standing = standing_lines(self.lines)
        return standing[-1].on if standing else None

    @property
    def told_on(self) -> date | None:
        """The day the faults of this attempt were told."""
        told = (
            line.on
            for line in standing_lines(self.lines)
            if line.move is Move.CORRECT and line.attempt == self.attempt
        )
        return next(told, None)


def ends(case: Case, of: CaseTerms) -> Deadlines | None:
    """The last days of a case with its stops and extensions; None before acceptance.

    Shape: an open stop counts to its planned end, so the same record has the same ends on every day; that it
        runs over is a fact of its own (CL-6).
    Source: WD-5, AC-7 to AC-9, CL-5 to CL-7.
    """
    if case.accepted_on is None:
        return None
    return deadlines(
        of.periods,
        case.accepted_on,
        of.calendar,
        pauses(case.own_stops, _LIFTED),
        extension_workdays=sum(one.workdays for one in case.own_extensions),
    )


def moved(
    case: Case,
    act: Act,
    of: CaseTerms,
    *,
    today: date,
    waiting: Sequence[str] = (),
    owed: Outstanding = NOTHING_OWED,
) -> Case:
    """The case after one act, with the line of its journal.

    Shape: ``waiting`` names the results this move needs and has not got.
    Raises: NoSuchMove, StepNotReady, NotYet, TooLongAgo, OutOfOrder; AcceptedBySilence, ClockStands,
        ToldAlready, PapersOwed; what ``check_said``, ``extended``, ``stopped`` and ``closed`` raise.
    Source: S12, states 1 to 15; WD-2 for day 0, PR-6 for the two gates, AC-2 for silence, AC-4 for the
        one list of faults.
    """
    if act.on > today:
        raise NotYet(day=act.on.isoformat(), field="on")
    if act.on < of.calendar.first_day:
        raise TooLongAgo(day=act.on.isoformat(), first=of.calendar.first_day.isoformat(), field="on")
    if act.move is Move.UNDO:
        return undone(case, act, of)
    if waiting:
        raise StepNotReady(step=of.name, waiting="、".join(waiting))
    _check_order(case, act, of)
    act = _answered(case, act, of)
    check_said(act, of.matter, name=of.name, is_accepted=case.accepted_on is not None)
    after = _stepped(_with_clock(case, act, of), act.move, act.on)
    after = replace(after, state=_state_after(case, after, act, of, owed))
    return _written(case, _with_ends(case, after, of), act)


def undone(case: Case, act: Act, of: CaseTerms) -> Case:
    """The case as it stood before its last record: state, days, stops and extension, exactly.

    Raises: NoSuchMove, when nothing is on record.
    """
    standing = standing_lines(case.lines)
    if not standing or case.state is StepState.NOT_REQUIRED:
        raise NoSuchMove(step=of.name)
    *kept, last = standing
    before = Case(lines=case.lines)
    for line in kept:
        before = _stepped(before, line.move, line.on)
    before = replace(
        before,
        state=last.before,
        stops=tuple(
            replace(stop, last_on=None, closed_by=None) if stop.closed_by == last.number else stop
            for stop in case.stops
            if stop.opened_by != last.number
        ),
        extensions=tuple(one for one in case.extensions if one.granted_by != last.number),
    )
    return _written(case, _with_ends(case, before, of), act, undoes=last.number)


def _check_order(case: Case, act: Act, of: CaseTerms) -> None:
    if act.move is Move.CORRECT and case.told_on is not None:
        raise ToldAlready(step=of.name, day=case.told_on.isoformat())
    if way(act.move, case.state, is_accepted=case.accepted_on is not None) is None:
        running = [stop.first_on for stop in case.own_stops if stop.is_open]
        if running and case.state in STANDING_STILL and act.move in (Move.PASS, Move.REFUSE, Move.WORK):
            raise ClockStands(step=of.name, day=min(running).isoformat())
        raise NoSuchMove(step=of.name)
    if case.last_on is not None and act.on < case.last_on:
        raise OutOfOrder(day=act.on.isoformat(), earlier=case.last_on.isoformat(), field="on")


def _answered(case: Case, act: Act, of: CaseTerms) -> Act:
    """The act as it counts: an answer after the limit finds the case accepted as of the day of receipt.

    Source: AC-2.
    """
    complete_on = case.last_on
    if act.move not in _ANSWERS or complete_on is None or case.state not in UNANSWERED or case.accepted_on:
        return act
    accepted_on = accepted_by_silence(complete_on, of.matter, of.calendar, act.on)
    if accepted_on is None:
        return act
    if act.move is Move.ACCEPT:
        return replace(act, on=accepted_on, basis=act.basis or SILENCE_BASIS)
    limit = latest_notice(complete_on, of.matter, of.calendar)
    raise AcceptedBySilence(step=of.name, limit=limit.isoformat(), day=accepted_on.isoformat())


def _with_clock(case: Case, act: Act, of: CaseTerms) -> Case:
    """The case with the stops and extensions this act makes or ends."""
    if case.accepted_on is None:
        return case
    number, own = len(case.lines) + 1, case.own_stops
    if act.move in (Move.STOP, Move.CORRECT):
        begun = stopped(own, act, of.matter, of.calendar, attempt=case.attempt, number=number)
        return replace(case, stops=(*case.stops, begun))
    if act.move in (Move.RESUME, Move.CORRECTED):
        kind = StopKind.CORRECTION if act.move is Move.CORRECTED else act.stop
        over = closed(own, kind, act.on, of.matter, of.calendar, number=number)
        return replace(
            case, stops=tuple(over if stop.opened_by == over.opened_by else stop for stop in case.stops)
        )
    if act.move in (Move.REFUSE, Move.RECALL):
        return replace(
            case,
            stops=tuple(
                replace(stop, last_on=act.on, closed_by=number) if stop in own and stop.is_open else stop
                for stop in case.stops
            ),
        )
    if act.move is Move.EXTEND:
        granted = extended(case.own_extensions, act, of.matter, ends(case, of), case.attempt, number)
        return replace(case, extensions=(*case.extensions, granted))
    return case


def _with_ends(case: Case, after: Case, of: CaseTerms) -> Case:
    """The case with its ends counted anew where its start, a stop or its extension changed, only there."""
    if (case.accepted_on, case.own_stops, case.own_extensions) == (
        after.accepted_on,
        after.own_stops,
        after.own_extensions,
    ):
        return replace(after, promised_end_on=case.promised_end_on, statutory_end_on=case.statutory_end_on)
    last = ends(after, of)
    return replace(
        after,
        promised_end_on=last.promised_on if last else None,
        statutory_end_on=last.statutory_on if last else None,
    )


def _stepped(case: Case, move: Move, on: date) -> Case:
    """The case with the days this move sets."""
    if move is Move.START_OVER:
        return Case(attempt=case.attempt + 1, stops=case.stops, extensions=case.extensions, lines=case.lines)
    if move is Move.ACCEPT:
        return replace(case, accepted_on=on, received_on=case.received_on or on)
    if move is Move.REVOKE:
        return replace(case, finished_on=None, ended_on=on)
    day = {
        Move.PREPARE: "preparing_since",
        Move.RECEIVE: "received_on",
        Move.PASS: "finished_on",
        Move.WITHDRAW: "ended_on",
        Move.NOT_ACCEPT: "ended_on",
        Move.DECLINE: "ended_on",
        Move.REFUSE: "ended_on",
        Move.RECALL: "ended_on",
    }.get(move)
    return replace(case, **{day: on}) if day else case  # type: ignore[arg-type]  # each of them holds a day


_ONE_STATE = {
    Move.PREPARE: StepState.PREPARING,
    Move.RECEIVE: StepState.RECEIVED,
    Move.WITHDRAW: StepState.WITHDRAWN,
    Move.ACCEPT: StepState.ACCEPTED,
    Move.NOT_ACCEPT: StepState.NOT_ACCEPTED,
    Move.DECLINE: StepState.DECLINED,
    Move.CORRECT: StepState.CORRECTING,
    Move.WORK: StepState.WORKING,
    Move.STOP: StepState.IN_PROCEDURE,
    Move.REFUSE: StepState.REFUSED,
    Move.RECALL: StepState.RECALLED,
    Move.REVOKE: StepState.REVOKED,
    Move.START_OVER: StepState.NOT_STARTED,
}


def _state_after(case: Case, after: Case, act: Act, of: CaseTerms, owed: Outstanding) -> StepState:
    if act.move is Move.EXTEND:
        return case.state
    if act.move is Move.PASS:
        if owed.before_issue:
            raise PapersOwed(step=of.name, papers="、".join(owed.before_issue))
        return StepState.PASSED_DEFERRED if owed.after_issue else StepState.PASSED
    if act.move in (Move.RESUME, Move.CORRECTED):
        return _running_state(case, after, act)
    return _ONE_STATE[act.move]


def _running_state(case: Case, after: Case, act: Act) -> StepState:
    """Where a case stands when a stop has ended: in the last one that still runs, or on its way again."""
    still = [stop for stop in after.own_stops if stop.is_open]
    if still:
        is_correction = still[-1].kind is StopKind.CORRECTION
        return StepState.CORRECTING if is_correction else StepState.IN_PROCEDURE
    if act.move is Move.CORRECTED:
        return StepState.CORRECTED
    return StepState.WORKING if case.state is StepState.CORRECTING else StepState.PROCEDURE_OVER


def _written(case: Case, after: Case, act: Act, *, undoes: int | None = None) -> Case:
    line = Line(
        number=len(case.lines) + 1,
        move=act.move,
        before=case.state,
        state=after.state,
        on=act.on,
        attempt=after.attempt,
        undoes=undoes,
        basis=act.basis,
        reason=act.reason,
        paper=act.number,
        decided_by=act.decided_by,
        promised_end_on=after.promised_end_on,
        statutory_end_on=after.statutory_end_on,
    )
    return replace(after, lines=(*case.lines, line))

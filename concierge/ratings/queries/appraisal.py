"""The records an officer's score is counted from, one by one, and the scores kept of a closed quarter."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.case import CaseMoveRow
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.progress import Move
from concierge.kernel import clock
from concierge.kernel.outbox import EventRow
from concierge.ratings.models.appraisal import AppraisedRow
from concierge.ratings.models.rating import OccasionRow, RatedPersonRow, RatingRow
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.queries.published import counted
from concierge.ratings.rules.appraisal import (
    Appraisal,
    Count,
    Measure,
    Part,
    appraised,
    ranked,
    share_of_work,
)
from concierge.ratings.rules.rating import Level, Rated
from concierge.staff.queries import agents, spoken_name
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import ChaseRow
from concierge.supervision.rules.card import Colour, Ending
from concierge.supervision.rules.reporting_period import ReportingPeriod
from scheduler import WorkCalendar

GIVEN = "concierge.handover.events:HandoverGiven"
LATE = "concierge.handover.events:HandoverLate"
"""Handovers stand on the same floor, so their events are read where everything that happened is kept."""


@dataclass(frozen=True, kw_only=True)
class DecidedStep:
    """One step decided while the officer acted. Shape: ``is_first_time`` says that nothing was sent back."""

    project_id: int | None
    code: str
    closed_on: date
    promised_end_on: date | None
    is_first_time: bool

    @property
    def is_on_time(self) -> bool:
        """Whether the promise was kept; True where there was none."""
        return self.promised_end_on is None or self.closed_on <= self.promised_end_on


@dataclass(frozen=True, kw_only=True)
class HeldCard:
    """One card shown while the officer held the case. Units: ``until_on`` is the next working day."""

    project_id: int
    code: str
    colour: Colour
    shown_on: date
    until_on: date
    chased_on: date | None

    @property
    def is_chased(self) -> bool:
        """Whether the department was urged by then."""
        return self.chased_on is not None and self.chased_on <= self.until_on


@dataclass
class Records:
    """All that one officer's score is counted from."""

    steps: list[DecidedStep] = field(default_factory=list)
    levels: Counter[Level] = field(default_factory=Counter)
    cards: list[HeldCard] = field(default_factory=list)
    handovers_given: int = 0
    handovers_late: int = 0

    def counts(self) -> dict[Measure, Count]:
        """So many good ones among all, for each measure. Source: SV-6, SV-7, AB-4."""
        promised = [one for one in self.steps if one.promised_end_on is not None]
        total = sum(self.levels.values())
        bad = sum(count for level, count in self.levels.items() if level.is_negative)
        return {
            Measure.ON_TIME: Count(sum(one.is_on_time for one in promised), len(promised)),
            Measure.SATISFIED: Count(total - bad, total),
            Measure.CHASED: Count(sum(one.is_chased for one in self.cards), len(self.cards)),
            Measure.FIRST_TIME: Count(sum(one.is_first_time for one in self.steps), len(self.steps)),
            Measure.HANDED_OVER: Count(self.handovers_given, self.handovers_given + self.handovers_late),
            Measure.CASES: share_of_work(len(self.steps)),
        }


@dataclass(frozen=True, kw_only=True)
class Appraisals:
    """The officers of a period. Shape: ``is_kept`` says that the quarter is closed and the sums stand."""

    period: ReportingPeriod
    found: Sequence[Appraisal]
    names: Mapping[int, str]
    records: Mapping[int, Records]
    is_kept: bool


def appraisals(
    session: Session, period: ReportingPeriod, weights: Mapping[Measure, Decimal], today: date
) -> Appraisals:
    """Every officer's sum in a period, best first; eight queries, however many records there are.

    Source: SV-6, by machine from the records.
    """
    people = {person.id: spoken_name(person) for person in agents(session)}
    records = _records(session, period, today)
    kept = _kept(session, period.first, records)
    counted_now = ranked(
        [
            appraised(
                person_id,
                records[person_id].counts(),
                weights,
                cases=len(records[person_id].steps),
            )
            for person_id in people
        ]
    )
    return Appraisals(
        period=period,
        found=kept or counted_now,
        names=people,
        records=records,
        is_kept=bool(kept),
    )


def _kept(session: Session, first_on: date, records: Mapping[int, Records]) -> tuple[Appraisal, ...]:
    """The sums kept of a quarter; none, where it is not closed."""
    rows = session.scalars(
        select(AppraisedRow).where(AppraisedRow.quarter_first_on == first_on).order_by(AppraisedRow.id)
    ).all()
    parts: dict[int, list[Part]] = defaultdict(list)
    cases: dict[int, int] = {}
    for row in rows:
        count = Count(row.good, row.total)
        parts[row.person_id].append(
            Part(
                measure=row.measure,
                count=count,
                weight=row.weight,
                points=row.points if row.total else None,
            )
        )
        if row.measure is Measure.ON_TIME:
            cases[row.person_id] = max(row.total, len(records[row.person_id].steps))
    return ranked(
        [
            appraised(
                person_id,
                {part.measure: part.count for part in of_person},
                {one: Decimal() for one in Measure} | {part.measure: part.weight for part in of_person},
                cases=cases.get(person_id, 0),
            )
            for person_id, of_person in parts.items()
        ]
    )


def _records(session: Session, period: ReportingPeriod, today: date) -> defaultdict[int, Records]:
    found: defaultdict[int, Records] = defaultdict(Records)
    calendar = catalogue_queries.work_calendar(session)
    _add_steps(session, period, found)
    _add_levels(session, period, found)
    _add_cards(session, period, calendar, today, found)
    _add_handovers(session, period, found)
    return found


def _add_steps(session: Session, period: ReportingPeriod, found: defaultdict[int, Records]) -> None:
    rows = session.execute(
        select(OccasionRow, RatedPersonRow.person_id)
        .join(RatedPersonRow, RatedPersonRow.occasion_id == OccasionRow.id)
        .where(
            OccasionRow.kind == Rated.STEP,
            OccasionRow.withdrawn_at.is_(None),
            OccasionRow.closed_on.between(period.first, period.last),
            RatedPersonRow.is_acting,
        )
        .order_by(OccasionRow.closed_on, OccasionRow.id)
    ).all()
    sent_back = {
        (step_id, attempt)
        for step_id, attempt in session.execute(
            select(CaseMoveRow.step_id, CaseMoveRow.attempt).where(
                CaseMoveRow.move == Move.CORRECT.value,
                CaseMoveRow.step_id.in_({row.source_id for row, _ in rows}),
            )
        )
    }
    for row, person_id in rows:
        found[person_id].steps.append(
            DecidedStep(
                project_id=row.project_id,
                code=row.code,
                closed_on=row.closed_on,
                promised_end_on=row.promised_end_on,
                is_first_time=(row.source_id, row.attempt) not in sent_back,
            )
        )


def _add_levels(session: Session, period: ReportingPeriod, found: defaultdict[int, Records]) -> None:
    rows = session.execute(
        select(RatingRow.level, RatedPersonRow.person_id)
        .join(RatedPersonRow, RatedPersonRow.occasion_id == RatingRow.occasion_id)
        .outerjoin(RedressRow, RedressRow.rating_id == RatingRow.id)
        .where(RatingRow.given_on.between(period.first, period.last), RatedPersonRow.is_acting, counted())
    )
    for level, person_id in rows:
        found[person_id].levels[level] += 1


def _add_cards(
    session: Session,
    period: ReportingPeriod,
    calendar: WorkCalendar,
    today: date,
    found: defaultdict[int, Records],
) -> None:
    """The cards an appeal did not take down, each with the first chase from its day on.

    One that may still be chased in time is left out until then.
    """
    cards = session.scalars(
        select(CardRow)
        .where(
            CardRow.shown_on.between(period.first, period.last),
            CardRow.held_by_id.is_not(None),
            (CardRow.ended_how.is_(None)) | (CardRow.ended_how != Ending.APPEAL_UPHELD),
        )
        .order_by(CardRow.shown_on, CardRow.id)
    ).all()
    chases: dict[tuple[int, int], list[date]] = defaultdict(list)
    for step_id, attempt, on in session.execute(
        select(ChaseRow.step_id, ChaseRow.attempt, ChaseRow.on).where(
            ChaseRow.step_id.in_({card.step_id for card in cards})
        )
    ):
        chases[step_id, attempt].append(on)
    for card in cards:
        days = [on for on in chases[card.step_id, card.attempt] if on >= card.shown_on]
        held = HeldCard(
            project_id=card.project_id,
            code=card.code,
            colour=card.colour,
            shown_on=card.shown_on,
            until_on=calendar.next_workday(card.shown_on),
            chased_on=min(days, default=None),
        )
        if held.is_chased or held.until_on < today:
            found[card.held_by_id or 0].cards.append(held)


def _add_handovers(session: Session, period: ReportingPeriod, found: defaultdict[int, Records]) -> None:
    rows = session.execute(
        select(EventRow.name, EventRow.at, EventRow.facts).where(EventRow.name.in_((GIVEN, LATE)))
    )
    late: dict[int, set[int]] = defaultdict(set)
    given: dict[int, set[int]] = defaultdict(set)
    for name, at, facts in rows:
        if not period.first <= clock.local(at).date() <= period.last:
            continue
        told = json.loads(facts)
        is_late = name == LATE or bool(told.get("is_late"))
        (late if is_late else given)[told["from_id"]].add(told["handover_id"])
    for person_id in {*late, *given}:
        found[person_id].handovers_late = len(late[person_id])
        found[person_id].handovers_given = len(given[person_id] - late[person_id])

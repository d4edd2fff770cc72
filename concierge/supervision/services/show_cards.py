"""Look at every running step: show the cards that are due, end those that are not, carry red ones further."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.supervision.events import CardEnded, CardEscalated, CardShown
from concierge.supervision.models.card import CardPauseRow, CardRow, EscalationRow
from concierge.supervision.queries.cards import KnownCard, known_cards
from concierge.supervision.queries.held import held_cases
from concierge.supervision.queries.holders import Holder, holders
from concierge.supervision.queries.running import RunningStep, running_steps
from concierge.supervision.rules.card import Colour, Ending, Level
from concierge.supervision.rules.following import CLOCK, Shown, following, levels_reached
from concierge.supervision.rules.thresholds import Due, cards_due
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What one look at the running steps changed."""

    shown: int
    ended: int
    escalated: int


@dataclass(frozen=True, kw_only=True)
class _New:
    """A card to be shown: for which step, for what, for the how-manieth time."""

    step: RunningStep
    due: Due
    occasion: int


def show_cards(w: Work, project_id: int | None = None) -> Looked:
    """Hold every running step, or those of one project, against today.

    Shape: the same handful of queries however many steps there are; a second look on one day adds nothing.
    Effects: CardShown, CardEnded, CardEscalated, each with its row.
    Source: SV-1 to SV-5.
    """
    today = clock.today()
    calendar = catalogue_queries.work_calendar(w.session)
    running = {step.step_id: step for step in running_steps(w.session, project_id)}
    due = _due(w, list(running.values()), calendar, today)
    known = known_cards(w.session, running, project_id)
    new: list[_New] = []
    ending: dict[int, Ending] = {}
    by_step: dict[tuple[int, int], list[KnownCard]] = defaultdict(list)
    for card in known:
        by_step[card.step_id, card.attempt].append(card)
    for step in running.values():
        by_step.setdefault((step.step_id, step.attempt), [])
    for (step_id, attempt), cards in by_step.items():
        step_now = running.get(step_id)
        is_there = step_now is not None and step_now.attempt == attempt
        decided = following(
            due.get(step_id, ()) if is_there else (),
            [_shown(card) for card in cards],
            is_over=not is_there and all(card.is_over for card in cards),
        )
        ending.update(decided.end)
        if step_now is not None:
            new += [_New(step=step_now, due=one, occasion=occasion) for one, occasion in decided.show]
    added = _show(w, new, today)
    _end(w, ending, today)
    left = [card for card in known if card.ended is None and card.id not in ending]
    escalated = _escalate(w, [*left, *added], calendar, today)
    return Looked(shown=len(added), ended=len(ending), escalated=escalated)


def _due(
    w: Work, steps: Sequence[RunningStep], calendar: WorkCalendar, today: date
) -> dict[int, tuple[Due, ...]]:
    """The cards due for each step; where a clock would speak, it is asked what the decision waits for."""
    first = {step.step_id: cards_due(step.case, calendar, today=today) for step in steps}
    spoken = [step for step in steps if any(one.cause in CLOCK for one in first[step.step_id])]
    held = held_cases(w.session, spoken) if spoken else {}
    return {
        step_id: cards_due(held[step_id], calendar, today=today) if step_id in held else found
        for step_id, found in first.items()
    }


def _shown(card: KnownCard) -> Shown:
    return Shown(
        id=card.id, cause=card.cause, limit_on=card.limit_on, occasion=card.occasion, ended=card.ended
    )


def _show(w: Work, new: Sequence[_New], today: date) -> list[KnownCard]:
    there = holders(w.session, {one.step.project_id for one in new}, today) if new else {}
    return [_show_one(w, one, there.get(one.step.project_id), today) for one in new]


def _show_one(w: Work, one: _New, holder: Holder | None, today: date) -> KnownCard:
    step, due = one.step, one.due
    away = holder.away if holder else None
    row = w.add(
        CardRow(
            project_id=step.project_id,
            step_id=step.step_id,
            code=step.code,
            attempt=step.attempt,
            department=step.department,
            colour=due.cause.colour,
            cause=due.cause,
            limit_on=due.limit_on,
            occasion=one.occasion,
            shown_on=today,
            shown_at=clock.now(),
            accepted_on=step.case.accepted_on,
            promised_end_on=step.case.promised_end_on,
            statutory_end_on=step.case.statutory_end_on,
            limit_workdays=due.limit_workdays,
            used_workdays=due.used_workdays,
            paused_workdays=due.paused_workdays,
            float_workdays=step.case.slack.float_workdays if step.case.slack else None,
            held_by_id=holder.person_id if holder else None,
            held_by=holder.name if holder else "",
            held_role=holder.role if holder else "",
            away_id=away.person_id if away else None,
            away_first_on=away.first_on if away else None,
            away_last_on=away.last_on if away else None,
        )
    )
    for stop in step.case.stops:
        if stop.first_on <= today <= stop.ends_on(today):
            w.add(
                CardPauseRow(
                    project_id=step.project_id,
                    card_id=row.id,
                    stop_id=stop.id,
                    kind=stop.kind,
                    first_on=stop.first_on,
                    planned_last_on=stop.planned_last_on,
                )
            )
    tell_shown(w, row)
    return KnownCard.of(row)


def tell_shown(w: Work, row: CardRow) -> None:
    """Say that a card was shown."""
    w.record(
        CardShown(
            card_id=row.id,
            project_id=row.project_id,
            step_id=row.step_id,
            code=row.code,
            department=row.department,
            colour=row.colour.value,
            cause=row.cause.value,
            limit_on=row.limit_on,
            shown_on=row.shown_on,
        )
    )


def _end(w: Work, ending: dict[int, Ending], today: date) -> None:
    if not ending:
        return
    for row in w.session.scalars(select(CardRow).where(CardRow.id.in_(ending)).with_for_update()):
        if row.ended_on is None:
            end_card(w, row, ending[row.id], today)


def end_card(w: Work, row: CardRow, how: Ending, on: date) -> None:
    """End a live card that the caller holds; it stays on record."""
    row.ended_on, row.ended_how = on, how
    w.record(
        CardEnded(
            card_id=row.id,
            project_id=row.project_id,
            step_id=row.step_id,
            code=row.code,
            department=row.department,
            colour=row.colour.value,
            how=how.value,
            on=on,
        )
    )


def _escalate(w: Work, live: Iterable[KnownCard], calendar: WorkCalendar, today: date) -> int:
    red = {card.id: card for card in live if card.colour is Colour.RED}
    if not red:
        return 0
    known: dict[int, set[Level]] = defaultdict(set)
    rows = w.session.execute(
        select(EscalationRow.card_id, EscalationRow.level).where(EscalationRow.card_id.in_(red))
    )
    for card_id, level in rows:
        known[card_id].add(level)
    count = 0
    for card in red.values():
        for level, reached_on in levels_reached(
            card.cause, card.shown_on, known[card.id], calendar, today=today
        ):
            escalate_card(w, card, level, reached_on)
            count += 1
    return count


def show_levels(w: Work, row: CardRow, today: date) -> None:
    """Carry one card, shown just now, to the levels it reaches at once."""
    _escalate(w, [KnownCard.of(row)], catalogue_queries.work_calendar(w.session), today)


def escalate_card(w: Work, card: KnownCard, level: Level, reached_on: date) -> None:
    """Write down that a red card reached one more level."""
    w.add(
        EscalationRow(
            project_id=card.project_id,
            card_id=card.id,
            level=level,
            reached_on=reached_on,
            reached_at=clock.now(),
        )
    )
    w.record(
        CardEscalated(
            card_id=card.id,
            project_id=card.project_id,
            step_id=card.step_id,
            code=card.code,
            department=card.department,
            level=level.value,
            on=reached_on,
        )
    )

"""Look at running steps: show the cards that are due, end those that are not, carry red ones further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.staff.models import ContactRow
from concierge.staff.queries import named_person, representatives
from concierge.supervision.events import CardEnded, CardEscalated, CardShown
from concierge.supervision.models.card import CardPauseRow, CardRow, EscalationRow
from concierge.supervision.queries.cards import KnownCard
from concierge.supervision.queries.due_today import Climb, NewCard, climbs, due_today
from concierge.supervision.queries.holders import Holder, holders
from concierge.supervision.rules.card import Ending


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What one look at the running steps changed."""

    shown: int
    ended: int
    escalated: int


def show_cards(w: Work, project_id: int | None = None) -> Looked:
    """Hold every running step, or those of one project, against today; a second look adds nothing.

    Effects: CardShown, CardEnded, CardEscalated, each with its row.
    Source: SV-1 to SV-5.
    """
    today = clock.today()
    found = due_today(w.session, today, project_id)
    added = _show(w, found.show, today)
    _end(w, {card.id: how for card, how in found.end}, today)
    calendar = catalogue_queries.work_calendar(w.session)
    climbing = [*found.climb, *climbs(w.session, added, calendar, today)]
    for climb in climbing:
        _climb(w, climb)
    return Looked(shown=len(added), ended=len(found.end), escalated=len(climbing))


def _show(w: Work, new: Sequence[NewCard], today: date) -> list[KnownCard]:
    if not new:
        return []
    there = holders(w.session, {one.step.project_id for one in new}, today)
    named = representatives(w.session, today)
    return [_show_one(w, one, there.get(one.step.project_id), named, today) for one in new]


def _show_one(
    w: Work, one: NewCard, holder: Holder | None, named: Mapping[str, ContactRow], today: date
) -> KnownCard:
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
            representative=named_person(named.get(step.department)),
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


def show_levels(w: Work, row: CardRow, today: date) -> None:
    """Carry one card, shown just now, to the levels it reaches at once."""
    calendar = catalogue_queries.work_calendar(w.session)
    for climb in climbs(w.session, [KnownCard.of(row)], calendar, today):
        _climb(w, climb)


def _climb(w: Work, climb: Climb) -> None:
    card = climb.card
    w.add(
        EscalationRow(
            project_id=card.project_id,
            card_id=card.id,
            level=climb.level,
            reached_on=climb.on,
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
            level=climb.level.value,
            on=climb.on,
        )
    )

"""What changes today: the cards to be shown, those that end, those that reach another level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from concierge.supervision.models.card import EscalationRow
from concierge.supervision.queries.cards import KnownCard, known_cards
from concierge.supervision.queries.held import held_cases
from concierge.supervision.queries.running import RunningStep, running_steps
from concierge.supervision.rules.card import Colour, Ending, Level
from concierge.supervision.rules.following import CLOCK, Shown, following, levels_reached
from concierge.supervision.rules.thresholds import Due, cards_due
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class NewCard:
    """A card to be shown: for which step, for what, for the how-manieth time."""

    step: RunningStep
    due: Due
    occasion: int


@dataclass(frozen=True)
class Climb:
    """A red card that reaches one more level, with the day it did."""

    card: KnownCard
    level: Level
    on: date


@dataclass(frozen=True, kw_only=True)
class DueToday:
    """All that changes. Shape: ``end`` pairs cards with how they end."""

    show: Sequence[NewCard]
    end: Sequence[tuple[KnownCard, Ending]]
    climb: Sequence[Climb]

    @property
    def projects(self) -> frozenset[int]:
        """The projects something changes in."""
        return frozenset(
            (
                *(one.step.project_id for one in self.show),
                *(card.project_id for card, _ in self.end),
                *(one.card.project_id for one in self.climb),
            )
        )


def due_today(session: Session, today: date, project_id: int | None = None) -> DueToday:
    """Every running step, or those of one project, held against today.

    Shape: the same nine or so queries however many steps there are.
    Source: SV-1 to SV-5.
    """
    calendar = catalogue_queries.work_calendar(session)
    running = {step.step_id: step for step in running_steps(session, project_id)}
    due = _due(session, list(running.values()), calendar, today)
    known = known_cards(session, running, project_id)
    by_case: dict[tuple[int, int], list[KnownCard]] = {
        (step.step_id, step.attempt): [] for step in running.values()
    }
    for card in known:
        by_case.setdefault((card.step_id, card.attempt), []).append(card)
    show: list[NewCard] = []
    ending: dict[int, Ending] = {}
    for (step_id, attempt), cards in by_case.items():
        step = running.get(step_id)
        is_there = step is not None and step.attempt == attempt
        decided = following(
            due.get(step_id, ()) if is_there else (),
            [_shown(card) for card in cards],
            is_over=not is_there and all(card.is_over for card in cards),
        )
        ending.update(decided.end)
        if step is not None:
            show += [NewCard(step=step, due=one, occasion=occasion) for one, occasion in decided.show]
    live = [card for card in known if card.ended is None and card.id not in ending]
    return DueToday(
        show=show,
        end=[(card, ending[card.id]) for card in known if card.id in ending],
        climb=climbs(session, live, calendar, today),
    )


def climbs(session: Session, live: Iterable[KnownCard], calendar: WorkCalendar, today: date) -> list[Climb]:
    """The levels the red ones of these cards have reached by today and that are not on record; one query."""
    red = [card for card in live if card.colour is Colour.RED]
    if not red:
        return []
    known: dict[int, set[Level]] = defaultdict(set)
    ids = [card.id for card in red]
    asked = select(EscalationRow.card_id, EscalationRow.level).where(EscalationRow.card_id.in_(ids))
    for card_id, level in session.execute(asked):
        known[card_id].add(level)
    return [
        Climb(card, level, on)
        for card in red
        for level, on in levels_reached(card.cause, card.shown_on, known[card.id], calendar, today=today)
    ]


def _due(
    session: Session, steps: Sequence[RunningStep], calendar: WorkCalendar, today: date
) -> Mapping[int, tuple[Due, ...]]:
    """The cards due for each step; where a clock would speak, it is asked what the decision waits for."""
    first = {step.step_id: cards_due(step.case, calendar, today=today) for step in steps}
    spoken = [step for step in steps if any(one.cause in CLOCK for one in first[step.step_id])]
    held = held_cases(session, spoken) if spoken else {}
    return {
        step_id: cards_due(held[step_id], calendar, today=today) if step_id in held else found
        for step_id, found in first.items()
    }


def _shown(card: KnownCard) -> Shown:
    return Shown(
        id=card.id, cause=card.cause, limit_on=card.limit_on, occasion=card.occasion, ended=card.ended
    )

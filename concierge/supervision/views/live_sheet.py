"""One live card in words: how much is left, what a delay does to the permit, what was done already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.rules.catalogue import Catalogue
from approvals.rules.stops import ClockStop
from concierge.kernel import spoken
from concierge.kernel.web import language, may
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import ChaseRow
from concierge.supervision.queries.board import LiveStep
from concierge.supervision.rules.answering import appeal_until
from concierge.supervision.rules.card import Cause, Colour, Level
from concierge.supervision.rules.following import CLOCK
from concierge.supervision.rules.thresholds import used_of
from concierge.supervision.views.words import CAUSES, LEVELS, WAYS
from projects.rules.owner import owner_name
from scheduler import WorkCalendar

ON = "Supervision"
MOST_CHASES = 2


@dataclass(frozen=True)
class Action:
    """One button of a card."""

    text: str
    href: str
    is_main: bool = False


def department_name(catalogue: Catalogue, code: str) -> str:
    """A department as people call it."""
    return owner_name(catalogue.department_of.get(code), code, language())


def step_name(catalogue: Catalogue, code: str) -> str:
    """A step as people call it; its code where the edition knows no such matter."""
    matter = catalogue.matter_of.get(code)
    return matter.spoken(language()) if matter else code


@dataclass(frozen=True, kw_only=True)
class LiveSheet:
    """One step with its live cards for one reader."""

    live: LiveStep
    catalogue: Catalogue
    calendar: WorkCalendar
    today: date

    @property
    def card(self) -> CardRow:
        """The card that speaks for the step."""
        return self.live.card

    @property
    def colour(self) -> str:
        """The word of its colour."""
        return self.card.colour.value

    @property
    def step(self) -> str:
        """The step's name."""
        return step_name(self.catalogue, self.card.code)

    @property
    def department(self) -> str:
        """Whose card it is."""
        return department_name(self.catalogue, self.card.department)

    @property
    def href(self) -> str:
        """The page of the card."""
        return url_for("CardView.one", card_id=self.card.id)

    @property
    def others(self) -> list[str]:
        """What the other cards of the step are for."""
        return [gettext(CAUSES[card.cause]) for card in self.live.cards[1:]]

    def holder(self) -> str:
        """Who held the case on the day of the card."""
        return held_by(self.card)

    def limit(self) -> tuple[str, str, str]:
        """What the limit says today: the word before it, the figure, and what it is measured against."""
        return limit_words(self.card, self.live.stops, self.calendar, self.today)

    def effect(self) -> str:
        """What a delay does to the permit or the start."""
        days = self.live.float_workdays
        if days is None:
            return gettext("its project has no plan yet")
        if not self.live.is_on_way and days > 0:
            return ngettext(
                "not on the way to the permit; may slip %(num)s working day",
                "not on the way to the permit; may slip %(num)s working days",
                days,
            )
        if days <= 0:
            return gettext("critical path: each day late moves the permit or the start by one")
        return ngettext(
            "may slip %(num)s working day before the permit moves",
            "may slip %(num)s working days before the permit moves",
            days,
        )

    def chased(self) -> str:
        """When the department was urged, the last times."""
        return chased_words(self.live.chases[:MOST_CHASES]) or gettext("not yet")

    def reached(self) -> str:
        """The level a red card has reached."""
        levels = [one.level for one in self.live.escalations if one.card_id == self.card.id]
        return gettext(LEVELS[max(levels, key=list(Level).index)]) if levels else ""

    def is_appealed(self) -> bool:
        """Whether somebody has still to decide an appeal."""
        return any(one.ruling is None for one in self.live.appeals)

    def order_due(self) -> str:
        """By when an open order is to be answered."""
        due = [one.answer_due_on for one in self.live.orders if one.answered_on is None]
        return spoken.day(due[-1]) if due else ""

    def actions(self) -> list[Action]:
        """What this reader may do about it: order where it is red, urge, appeal while there is time."""
        found = []
        card = self.card
        if may("order", ON) and card.colour is Colour.RED and not self.order_due():
            order = url_for("OrderView.form", card_id=card.id)
            found.append(Action(gettext("Issue an order"), order, is_main=True))
        if may("chase", ON):
            chase = url_for("ChaseView.form", step_id=card.step_id)
            found.append(Action(gettext("Urge"), chase, is_main=not found and card.colour is Colour.RED))
        if self.is_appealed() or (not self.live.appeals and self._may_appeal()):
            found.append(Action(gettext("Appeal"), f"{self.href}#appeal"))
        return found

    def _may_appeal(self) -> bool:
        return may("appeal", ON) and self.today <= appeal_until(self.card.shown_on, self.calendar)


def held_by(card: CardRow) -> str:
    """Who held a case on the day of its card, with the letter of the role."""
    if not card.held_by:
        return gettext("nobody named")
    if not card.held_role:
        return card.held_by
    return gettext("%(role)s %(name)s", role=card.held_role, name=card.held_by)


def limit_words(
    card: CardRow, stops: Sequence[ClockStop], calendar: WorkCalendar, today: date
) -> tuple[str, str, str]:
    """What a card's limit says today: the word before it, the figure, and what it is measured against."""
    cause = card.cause
    if cause in CLOCK and card.accepted_on is not None:
        gone = used_of(card.accepted_on, card.limit_on, stops, calendar, today)
        left, late = gone.left, gone.late
    else:
        left = calendar.workdays_between(today, card.limit_on) if card.limit_on > today else 0
        late = calendar.workdays_between(card.limit_on, today) if card.limit_on < today else 0
    if not cause.is_limit:
        return gettext("Seen"), spoken.day(card.limit_on), gettext(CAUSES[cause])
    against = _against(card)
    if late:
        return gettext("Past by"), _workdays(late), against
    if left:
        return gettext("Left"), _workdays(left), against
    return gettext("Left"), gettext("until closing time today"), against


def _workdays(count: int) -> str:
    return ngettext("%(num)s working day", "%(num)s working days", count)


def _against(card: CardRow) -> str:
    if card.cause is Cause.STOP_OVERRUN:
        return gettext("stop planned until %(day)s", day=spoken.day(card.limit_on))
    if card.cause is Cause.FLOAT:
        return gettext("until the permit moves, %(day)s", day=spoken.day(card.limit_on))
    days = card.limit_workdays or 0
    if card.cause is Cause.STATUTORY_PAST:
        return ngettext("%(num)s day by law", "%(num)s days by law", days)
    if card.cause is Cause.STAGE_OVERDUE:
        return ngettext("%(num)s day to answer", "%(num)s days to answer", days)
    return ngettext("%(num)s day promised", "%(num)s days promised", days)


def chased_words(chases: Sequence[ChaseRow]) -> str:
    """The days a department was urged and how, the latest first."""
    said = (gettext("%(day)s %(way)s", day=spoken.day(one.on), way=gettext(WAYS[one.way])) for one in chases)
    return gettext(", ").join(said)

"""What people may do about a card: appeal and decide, order and answer, urge a department."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from approvals.rules.progress import NotYet
from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.supervision.rules.card import VIOLATIONS, Cause, Colour
from concierge.supervision.rules.thresholds import OWNERS
from scheduler import WorkCalendar

APPEAL_WORKDAYS = 2
ANSWER_WORKDAYS = 3
LEAST_WORDS = 5


class AppealTooLate(Refusal):
    """The days in which a card may be appealed are over."""

    message = N_(
        "This card could be appealed until %(last)s. What speaks for the department can still be written "
        "into the answer to an order."
    )


class AppealedAlready(Refusal):
    """There is an appeal against this card."""

    message = N_("This card was appealed on %(day)s. The card's page shows the appeal and its decision.")


class AppealDecidedAlready(Refusal):
    """Somebody decided this appeal before."""

    message = N_("This appeal was decided on %(day)s by %(person)s. A decision is not changed.")


class HeldTheCase(Refusal):
    """Who decides an appeal must not be the one it is about."""

    message = N_(
        "You held this case or wrote the appeal, so somebody else decides it. Ask another supervisor."
    )


class OrderForRedOnly(Refusal):
    """A supervision order follows a red card."""

    message = N_("An order follows a red card. For a yellow one, urge the department.")


class OrderOpen(Refusal):
    """The order before this one has no answer yet."""

    message = N_(
        "Order %(number)s on this card has no answer yet; it is due on %(due)s. Record the answer first."
    )


class OrderAnsweredAlready(Refusal):
    """The answer to an order is on record."""

    message = N_("This order was answered on %(day)s. An answer is not changed.")


class CardOver(Refusal):
    """The card is live no more."""

    message = N_("This card ended on %(day)s. Reload the page to see how.")


class NotADepartment(Refusal):
    """The step is the enterprise's own."""

    message = N_(
        "This step is the enterprise's own. Supervision looks at departments only; call the enterprise's "
        "contact."
    )


class NothingToUrge(Refusal):
    """The step is in no department's hands now."""

    message = N_("This step is not with the department now, so there is nothing to urge.")


class NotAViolation(Refusal):
    """A limit is watched by the system itself."""

    message = N_("The cards of limits are shown by the record itself. Choose one of the violations.")


class EndsByItself(Refusal):
    """The card of a limit ends with the case or with the clock."""

    message = N_(
        "The card of a limit ends by itself, when the case ends or its clock is moved. A department may "
        "appeal."
    )


class NameNeeded(Invalid):
    """Nobody to ask later."""

    message = N_("Write the name of the person at the department.")


class SupervisionWordsNeeded(Invalid):
    """A reason nobody could understand later."""

    message = N_("Write a sentence somebody can understand later: at least %(least)s characters.")


class DayTooEarly(Invalid):
    """An answer cannot be due before the order is issued."""

    message = N_("The answer cannot be due before %(first)s, the next working day.")


class AnsweredTooEarly(Invalid):
    """An answer lies between the order and today."""

    message = N_("The day of the answer lies between %(first)s, when the order was issued, and today.")


@dataclass(frozen=True, kw_only=True)
class CardFacts:
    """What a card says to whoever acts on it.

    Shape: ``holders`` are A and B of the project on the day it was shown, and whoever wrote its appeal.
    """

    colour: Colour
    shown_on: date
    ended_on: date | None = None
    appealed_on: date | None = None
    holders: Collection[int] = ()


def appeal_until(shown_on: date, calendar: WorkCalendar) -> date:
    """The last day a card may be appealed: the second working day after it was shown.

    Source: SV-5 for the appeal; its two working days are a default of this office.
    """
    return calendar.add_workdays(shown_on, APPEAL_WORKDAYS)


def check_appeal(card: CardFacts, reason: str, calendar: WorkCalendar, *, today: date) -> str:
    """The reason, if this card may be appealed today; one that has ended by itself may be, too.

    Raises: AppealedAlready, AppealTooLate, SupervisionWordsNeeded.
    Source: SV-5.
    """
    if card.appealed_on is not None:
        raise AppealedAlready(day=card.appealed_on.isoformat())
    last = appeal_until(card.shown_on, calendar)
    if today > last:
        raise AppealTooLate(last=last.isoformat())
    return checked_words(reason, "reason")


def check_decision(card: CardFacts, reason: str, *, by: int | None) -> str:
    """The reason, if this person may decide the appeal against a card.

    Raises: HeldTheCase, SupervisionWordsNeeded.
    Source: SV-5 for result and reason; that nobody decides on his own case, RT-6 has for ratings.
    """
    if by is not None and by in card.holders:
        raise HeldTheCase
    return checked_words(reason, "reason")


def check_order(
    card: CardFacts, demand: str, answer_due_on: date, calendar: WorkCalendar, *, today: date
) -> str:
    """The demand, if an order may follow this card.

    Raises: OrderForRedOnly, CardOver, DayTooEarly, SupervisionWordsNeeded.
    """
    if card.colour is not Colour.RED:
        raise OrderForRedOnly
    if card.ended_on is not None:
        raise CardOver(day=card.ended_on.isoformat())
    first = calendar.next_workday(today)
    if answer_due_on < first:
        raise DayTooEarly(first=first.isoformat(), field="answer_due_on")
    return checked_words(demand, "demand")


def usual_answer_day(today: date, calendar: WorkCalendar) -> date:
    """By when an order is answered, unless it says another day: three working days, a default."""
    return calendar.add_workdays(today, ANSWER_WORKDAYS)


def check_answer(issued_on: date, answered_on: date, answer: str, *, today: date) -> str:
    """The answer to an order, if it can have come on that day.

    Raises: AnsweredTooEarly, SupervisionWordsNeeded.
    """
    if not issued_on <= answered_on <= today:
        raise AnsweredTooEarly(first=issued_on.isoformat(), field="answered_on")
    return checked_words(answer, "answer")


def check_urging(department: str, *, is_running: bool) -> None:
    """Whether there is a department to be urged about a step.

    Raises: NotADepartment, NothingToUrge.
    """
    if department in OWNERS:
        raise NotADepartment
    if not is_running:
        raise NothingToUrge


def check_violation(department: str, cause: Cause, on: date, detail: str, *, today: date) -> str:
    """What somebody saw, if it is a violation of a department on a day that has come.

    Raises: NotADepartment, NotAViolation, NotYet, SupervisionWordsNeeded.
    Source: SV-3.
    """
    if department in OWNERS:
        raise NotADepartment
    if cause not in VIOLATIONS:
        raise NotAViolation
    if on > today:
        raise NotYet(day=on.isoformat(), field="on")
    return checked_words(detail, "detail")


def check_made_good(cause: Cause, ended_on: date | None) -> None:
    """Whether a card may be ended by hand.

    Raises: EndsByItself, CardOver.
    """
    if cause.is_limit:
        raise EndsByItself
    if ended_on is not None:
        raise CardOver(day=ended_on.isoformat())


def checked_name(text: str, field: str) -> str:
    """The name of a person, if one is given. Raises: NameNeeded."""
    name = text.strip()
    if not name:
        raise NameNeeded(field=field)
    return name


def checked_words(text: str, field: str) -> str:
    """What somebody wrote, if another person can understand it later.

    Raises: SupervisionWordsNeeded.
    """
    words = text.strip()
    if len(words) < LEAST_WORDS:
        raise SupervisionWordsNeeded(least=LEAST_WORDS, field=field)
    return words

"""What the planner refuses, each with its facts, so that the edge can say it in the reader's language."""

from __future__ import annotations

from datetime import date


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a sentence for translation at the edge and leave it as it is here."""
    return message


class PlanningError(ValueError):
    """The planner says no: an English template in ``message``, and its facts by name.

    ``str()`` renders English; the edge translates ``message`` and fills in ``facts`` itself.
    """

    message = N_("This cannot be planned.")

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        return self.message % self.facts


class OutsideCalendar(PlanningError):
    """A date before the first year of the working calendar, or after the last year a date can have."""

    message = N_(
        "%(on)s is outside the working calendar (%(first)s to %(last)s): choose a later start date, "
        "or load the missing years."
    )

    def __init__(self, *, on: date | str, first: date, last: date) -> None:
        super().__init__(on=on, first=first, last=last)


class EmptyCalendar(PlanningError):
    """A working calendar without a single year."""

    message = N_("The working calendar has no year yet: load the holidays first.")


class DayTwice(PlanningError):
    """One civil day stands twice in the table of holidays."""

    message = N_("%(on)s stands twice in the working calendar: keep one line for each day.")

    def __init__(self, *, on: date) -> None:
        super().__init__(on=on)


class PauseEndsBeforeItBegins(PlanningError):
    """A stop of the clock whose last day lies before its first."""

    message = N_("The pause from %(first)s ends on %(last)s, before it begins: correct one of the two days.")

    def __init__(self, *, first: date, last: date) -> None:
        super().__init__(first=first, last=last)


class NegativeDays(PlanningError):
    """A length or a tail below zero."""

    message = N_("“%(what)s” has %(days)s days: a length cannot be negative.")

    def __init__(self, *, what: str, days: int) -> None:
        super().__init__(what=what, days=days)


class SegmentsOutOfOrder(PlanningError):
    """Preparation is the owner's work before filing, so nothing of a step comes before it."""

    message = N_("The preparation of “%(step)s” must come before its special procedure and its work.")

    def __init__(self, *, step: str) -> None:
        super().__init__(step=step)


class ActualsOutOfOrder(PlanningError):
    """A step accepted before it started, or finished before it was accepted."""

    message = N_("“%(step)s” must start, be accepted and finish in this order: correct its recorded days.")

    def __init__(self, *, step: str) -> None:
        super().__init__(step=step)


class TailOnAcceptance(PlanningError):
    """Tail days between two results make sense only where a result waits for a result."""

    message = N_(
        "“%(successor)s” waits for “%(predecessor)s” before acceptance: only an issue gate has tail days."
    )

    def __init__(self, *, predecessor: str, successor: str) -> None:
        super().__init__(predecessor=predecessor, successor=successor)


class StepTwice(PlanningError):
    """Two steps of one problem carry the same key."""

    message = N_("“%(step)s” stands twice in the plan: every step needs a key of its own.")

    def __init__(self, *, step: str) -> None:
        super().__init__(step=step)


class UnknownStep(PlanningError):
    """A precedence or a question names a step the problem does not have."""

    message = N_("“%(step)s” is not a step of this plan.")

    def __init__(self, *, step: str) -> None:
        super().__init__(step=step)


class CycleFound(PlanningError):
    """Steps that wait for each other in a ring, named in the order they wait."""

    message = N_(
        "These steps wait for each other in a ring: %(loop)s. Remove one of the precedences between them."
    )

    def __init__(self, *, steps: tuple[str, ...]) -> None:
        self.steps = steps
        super().__init__(steps=steps, loop=" → ".join((*steps, steps[0])))

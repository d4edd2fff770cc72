"""What the planner of a portfolio refuses, each with its facts and the way out."""

from __future__ import annotations

from datetime import date

from scheduler.errors import N_, PlanningError


class KeyTwice(PlanningError):
    """Two projects, departments, officers or joint reviews of one portfolio carry the same key."""

    message = N_("“%(what)s” stands twice in the portfolio: every entry needs a key of its own.")

    def __init__(self, *, what: str) -> None:
        super().__init__(what=what)


class UnknownBench(PlanningError):
    """A step works at a department whose reviewers are not part of the portfolio."""

    message = N_(
        "“%(step)s” of %(project)s is handled by “%(bench)s”, whose reviewers are not recorded: record them, "
        "or plan the step without a limit."
    )

    def __init__(self, *, project: str, step: str, bench: str) -> None:
        super().__init__(project=project, step=step, bench=bench)


class UnknownBody(PlanningError):
    """A step must pass a joint review that is not part of the portfolio."""

    message = N_(
        "“%(step)s” of %(project)s must pass the joint review “%(body)s”, which is not recorded: record when "
        "it sits."
    )

    def __init__(self, *, project: str, step: str, body: str) -> None:
        super().__init__(project=project, step=step, body=body)


class UnknownOfficer(PlanningError):
    """A project's officer is not part of the portfolio."""

    message = N_("%(project)s is handed in by “%(officer)s”, who is not recorded: name another officer.")

    def __init__(self, *, project: str, officer: str) -> None:
        super().__init__(project=project, officer=officer)


class UnknownInOccupancy(PlanningError):
    """Others have booked room of a department, officer or joint review the portfolio does not have."""

    message = N_("Others have booked “%(what)s”, which is not recorded: record it, or release the bookings.")

    def __init__(self, *, what: str) -> None:
        super().__init__(what=what)


class NoAmounts(PlanningError):
    """A department or an officer without a number for any day."""

    message = N_("“%(what)s” has no number for any day: say how many cases it can take.")

    def __init__(self, *, what: str) -> None:
        super().__init__(what=what)


class NegativeAmount(PlanningError):
    """Places, hand-ins, rooms, notice or weight below zero."""

    message = N_("“%(what)s” is %(amount)s: it cannot be less than %(least)s.")

    def __init__(self, *, what: str, amount: int, least: int = 0) -> None:
        super().__init__(what=what, amount=amount, least=least)


class EmptyHorizon(PlanningError):
    """The last day of the plan lies before today."""

    message = N_("The plan would end on %(horizon)s, before today (%(today)s): choose a later last day.")

    def __init__(self, *, horizon: date | int, today: date | int) -> None:
        super().__init__(horizon=horizon, today=today)


class SittingOutsideHorizon(PlanningError):
    """A joint review offers a half-day the plan does not cover."""

    message = N_(
        "“%(body)s” offers a sitting on %(on)s, outside the plan (to %(horizon)s): leave it out, or choose a "
        "later last day."
    )

    def __init__(self, *, body: str, on: date | int, horizon: date | int) -> None:
        super().__init__(body=body, on=on, horizon=horizon)


class NoSuchHalf(PlanningError):
    """A sitting that is neither in the morning nor in the afternoon."""

    message = N_("“%(body)s” offers half-day %(half)s: 0 is the morning, 1 the afternoon.")

    def __init__(self, *, body: str, half: int) -> None:
        super().__init__(body=body, half=half)


class SittingWithoutReview(PlanningError):
    """A step has a sitting, and passes no joint review."""

    message = N_("“%(step)s” of %(project)s has a sitting and passes no joint review: name the review.")

    def __init__(self, *, project: str, step: str) -> None:
        super().__init__(project=project, step=step)


class AnnouncedWithoutDay(PlanningError):
    """A date was announced, and nobody says which."""

    message = N_("“%(step)s” of %(project)s is announced without a day: say when it is to be accepted.")

    def __init__(self, *, project: str, step: str) -> None:
        super().__init__(project=project, step=step)


class SpecialAfterWork(PlanningError):
    """A department's work in front of a special procedure."""

    message = N_(
        "The special procedure of “%(step)s” of %(project)s must come before its work: turn the two round."
    )

    def __init__(self, *, project: str, step: str) -> None:
        super().__init__(project=project, step=step)


class TodayDiffers(PlanningError):
    """A project that is planned as of another day than its portfolio."""

    message = N_(
        "%(project)s is planned as of %(its)s, the portfolio as of %(today)s: give both the same day."
    )

    def __init__(self, *, project: str, its: date | int, today: date | int) -> None:
        super().__init__(project=project, its=its, today=today)


class NoRoomBeforeHorizon(PlanningError):
    """A step finds no room before the last day of the plan."""

    def __init__(self, *, project: str, step: str, horizon: date | int, what: str = "") -> None:
        super().__init__(project=project, step=step, horizon=horizon, what=what)


class TooLongForHorizon(NoRoomBeforeHorizon):
    """A step could not end before the last day of the plan even if it were alone."""

    message = N_(
        "“%(step)s” of %(project)s cannot end by %(horizon)s, the last day of the plan: "
        "choose a later last day."
    )


class NoPlaceBeforeHorizon(NoRoomBeforeHorizon):
    """A department has no place for a step before the last day of the plan."""

    message = N_(
        "“%(step)s” of %(project)s finds no place at “%(what)s” before %(horizon)s, when the plan ends: "
        "add reviewers there, or choose a later last day."
    )


class NoOfficerBeforeHorizon(NoRoomBeforeHorizon):
    """No officer can hand in a step before the last day of the plan."""

    message = N_(
        "Nobody can hand in “%(step)s” of %(project)s before %(horizon)s (%(what)s): name another officer, "
        "or choose a later last day."
    )


class NoSittingBeforeHorizon(NoRoomBeforeHorizon):
    """A joint review has no sitting left for a step before the last day of the plan."""

    message = N_(
        "“%(step)s” of %(project)s finds no sitting of “%(what)s” before %(horizon)s, when the plan ends: "
        "let it sit on more days, or choose a later last day."
    )

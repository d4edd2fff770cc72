"""What is refused about a project file or a plan of one, each with its facts and the way out."""

from __future__ import annotations

from scheduler.errors import N_, PlanningError


class NotANumber(PlanningError):
    """A word stands where a whole number should."""

    message = N_("Line %(line)s has “%(found)s” where a whole number should stand: correct it.")

    def __init__(self, *, line: int, found: str) -> None:
        super().__init__(line=line, found=found)


class FileEndsEarly(PlanningError):
    """The file stops in the middle of what it announced."""

    message = N_("The file ends before %(missing)s: fetch it again, it is not complete.")

    def __init__(self, *, missing: str) -> None:
        super().__init__(missing=missing)


class PartMissing(PlanningError):
    """A heading every PSPLIB file has is not there."""

    message = N_(
        "The file has no “%(part)s”: give a PSPLIB single-mode file (.sm) or a Patterson file (.rcp)."
    )

    def __init__(self, *, part: str) -> None:
        super().__init__(part=part)


class NotSingleMode(PlanningError):
    """A multi-mode file: an activity could be done in several ways."""

    message = N_("Activity %(activity)s has %(modes)s modes: choose one mode for each activity first.")

    def __init__(self, *, activity: int, modes: int) -> None:
        super().__init__(activity=activity, modes=modes)


class NotRenewable(PlanningError):
    """The file asks for resources that are used up; only renewable ones are planned."""

    message = N_(
        "The file has %(count)s resources that are used up, not renewed every day: leave them out, "
        "in one mode their sum never changes."
    )

    def __init__(self, *, count: int) -> None:
        super().__init__(count=count)


class BelowZero(PlanningError):
    """A duration, a demand or a capacity below zero."""

    message = N_("%(what)s is %(amount)s: it cannot be below zero.")

    def __init__(self, *, what: str, amount: int) -> None:
        super().__init__(what=what, amount=amount)


class NoSuchActivity(PlanningError):
    """An activity names a successor the file does not have."""

    message = N_(
        "Activity %(activity)s precedes %(successor)s, but there are only activities 1 to %(count)s."
    )

    def __init__(self, *, activity: int, successor: int, count: int) -> None:
        super().__init__(activity=activity, successor=successor, count=count)


class DemandOverCapacity(PlanningError):
    """An activity that could not even run alone."""

    message = N_(
        "Activity %(activity)s needs %(demand)s of resource %(resource)s, which has %(capacity)s: "
        "raise the capacity or lower the demand."
    )

    def __init__(self, *, activity: int, resource: int, demand: int, capacity: int) -> None:
        super().__init__(activity=activity, resource=resource, demand=demand, capacity=capacity)


class TooManyActivities(PlanningError):
    """More activities than one project is planned with."""

    message = N_("The file has %(count)s activities; at most %(most)s are planned as one project: divide it.")

    def __init__(self, *, count: int, most: int) -> None:
        super().__init__(count=count, most=most)


class HorizonTooLong(PlanningError):
    """Durations whose sum is longer than any time line that is kept."""

    message = N_("The durations come to %(total)s in all, more than %(most)s: count in larger units of time.")

    def __init__(self, *, total: int, most: int) -> None:
        super().__init__(total=total, most=most)


class NotAPlan(PlanningError):
    """A plan file that cannot be read as one."""

    message = N_("The plan cannot be read: %(why)s. Give what “solve --json” printed.")

    def __init__(self, *, why: str) -> None:
        super().__init__(why=why)

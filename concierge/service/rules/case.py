"""The words of a service case: who is served, where it stands, which papers it makes, and its one number."""

from __future__ import annotations

import enum


class Customer(enum.Enum):
    """Who is served: a project's case lies in the scope of its project, a person's in that of its offices."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    PROJECT = "project"


class CaseState(enum.Enum):
    """Where a case stands as a whole."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Outcome(enum.Enum):
    """How a case ended."""

    DONE = "done"  # every service in it was done
    PARTLY = "partly"  # some were done, others were refused with reasons
    REFUSED = "refused"  # none could be done
    WITHDRAWN = "withdrawn"  # the customer took it back
    TERMINATED = "terminated"  # the office ended it, with reasons


class StepState(enum.Enum):
    """Where one step of the workflow stands; exactly one is current while the case runs."""

    WAITING = "waiting"
    CURRENT = "current"
    DONE = "done"
    SKIPPED = "skipped"


class ItemState(enum.Enum):
    """What became of one service of the case."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


class PaperState(enum.Enum):
    """Whether one paper of the set is here, and how it came."""

    MISSING = "missing"
    RECEIVED = "received"
    SHARED = "shared"  # drawn from a department's own data; nobody has to bring it
    LATER = "later"  # accepted without it, to be brought by a day


class Slip(enum.Enum):
    """The five papers of the concierge itself.

    Source: SF-4.
    """

    ENTRUSTMENT = "entrustment"  # 代办委托书
    ACCEPTANCE = "acceptance"  # 受理单
    SUSPENSION = "suspension"  # 中止通知单
    RESUMPTION = "resumption"  # 恢复办理函
    CLOSING = "closing"  # 办结（终止）单


class Record(enum.Enum):
    """What was done with people, written down: an exit test may ask for it."""

    CONSULTATION = "consultation"
    SURVEY = "survey"
    VISIT = "visit"
    COORDINATION = "coordination"
    PROGRESS = "progress"
    ANSWER = "answer"
    REPORT = "report"
    CALL_BACK = "call_back"
    RATING = "rating"
    ARCHIVE = "archive"
    NOTE = "note"


class Mode(enum.Enum):
    """Where it is asked for and where it is decided.

    Source: SF-12, the three modes of service across regions; LOCAL is none of them.
    """

    LOCAL = "local"
    ONLINE = "online"  # 全程网办: the place in charge acts online
    RELAY = "relay"  # 异地代收代办: the receiving window checks form and identity, and sends on
    JOINT = "joint"  # 多地联办: one place takes it in, the others cooperate inside


class Tier(enum.Enum):
    """Where an office stands."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    CITY = "city"


class DeliveryWay(enum.Enum):
    """How a result reaches the customer."""

    COUNTER = "counter"
    COURIER = "courier"
    AGENT = "agent"


class DeliveryState(enum.Enum):
    """Where a result is on its way; it is over when somebody signed."""

    SENT = "sent"
    SIGNED = "signed"
    RETURNED = "returned"


def case_number(year: int, serial: int) -> str:
    """The one number of a case, for life, as it is written and said.

    Source: S39, three tiers, the applicant sees one case; SF-5, one acceptance.
    """
    return f"BD{year}{serial:06d}"


def typed_case_number(typed: str) -> tuple[int, int] | None:
    """The year and serial of a number somebody typed, however spaced; None for anything else."""
    figures = typed.strip().upper().replace(" ", "").replace("-", "").removeprefix("BD")
    if not (figures.isascii() and figures.isdigit() and len(figures) == 10):
        return None
    return int(figures[:4]), int(figures[4:])


def veiled_name(customer: Customer, name: str) -> str:
    """A customer's name where it leaves the house, in a calendar for example: a person's is only hinted at.

    Source: SF-10, least data: the number of the case says which one it is.
    """
    return name if customer is not Customer.PERSON else f"{name[:1]}**"

"""What a person tells at the window, and whether it can be worked on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from concierge.escalation.rules.report import ReportKind, ReportWay
from concierge.kernel.addresses import is_phone
from concierge.kernel.errors import N_, Invalid

LEAST_TITLE = 4
LONGEST_TITLE = 120
LEAST_TEXT = 5
LONGEST_TEXT = 4000
LONGEST_NAME = 80


class TitleNeeded(Invalid):
    """Nobody could find the report again."""

    message = N_("Say in a few words what cannot be done: %(least)s to %(most)s characters.")


class StoryNeeded(Invalid):
    """Nobody could help from so few words."""

    message = N_(
        "Write down what happened: where, who said what, what is asked for. At least %(least)s characters."
    )


class ReporterNeeded(Invalid):
    """Nobody to call back."""

    message = N_("Write the person's name.")


class PhoneNeeded(Invalid):
    """No way to answer."""

    message = N_("Write a telephone number for the answer: digits, with + or - between them.")


class DepartmentNeeded(Invalid):
    """No chief representative can be called."""

    message = N_("Choose the department it is about, so that its chief representative can be called.")


class NotYetReported(Invalid):
    """A moment in the future."""

    message = N_("The report cannot have come in after this moment. Check day and time.")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One report as it was told.

    Units: ``reported_at`` an aware moment.
    Shape: ``occasion`` names what the platform found, None for what a person told; ``kind`` may wait.
    Raises: TitleNeeded, StoryNeeded, ReporterNeeded, PhoneNeeded, DepartmentNeeded.
    Source: ES-1.
    """

    way: ReportWay
    title: str
    text: str
    department: str
    reported_at: datetime
    reporter: str = ""
    phone: str = ""
    project_id: int | None = None
    step_id: int | None = None
    kind: ReportKind | None = None
    occasion: str | None = None

    def __post_init__(self) -> None:
        if not LEAST_TITLE <= len(self.title.strip()) <= LONGEST_TITLE:
            raise TitleNeeded(least=LEAST_TITLE, most=LONGEST_TITLE, field="title")
        if len(self.text.strip()) < LEAST_TEXT:
            raise StoryNeeded(least=LEAST_TEXT, field="text")
        if not self.department.strip():
            raise DepartmentNeeded(field="department")
        if not self.way.is_found:
            checked_person(self.reporter, self.phone)


def checked_person(name: str, phone: str) -> tuple[str, str]:
    """Name and telephone of somebody to be answered. Raises: ReporterNeeded, PhoneNeeded."""
    if not name.strip():
        raise ReporterNeeded(field="reporter")
    return name.strip(), checked_phone(phone, "phone")


def checked_phone(raw: str, field: str) -> str:
    """A telephone number as people write it. Raises: PhoneNeeded."""
    if not is_phone(raw):
        raise PhoneNeeded(field=field)
    return raw.strip()

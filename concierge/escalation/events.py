"""What happens at the window for what cannot be done, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class ProblemReported:
    """A report came in. Shape: ``way`` is a word of the rules; ``called`` who is to come, with the phone."""

    report_id: int
    project_id: int | None
    number: str
    title: str
    department: str
    way: str
    called: str
    called_phone: str
    due_at: datetime | None
    due_on: date


@dataclass(frozen=True)
class ReportRose:
    """A report went one level up. Shape: ``level`` and ``why`` are words of the rules."""

    report_id: int
    project_id: int | None
    number: str
    title: str
    department: str
    level: str
    why: str
    called: str
    called_phone: str
    due_at: datetime | None


@dataclass(frozen=True)
class ReportTakenOver:
    """Somebody became the one who sees a report through; ``owner_id`` is None without an account."""

    report_id: int
    project_id: int | None
    number: str
    title: str
    owner_id: int | None
    owner: str
    due_on: date


@dataclass(frozen=True)
class ReportAnswered:
    """The person who reported it was given an answer; more may follow until it is closed."""

    report_id: int
    project_id: int | None
    number: str
    answer: str
    on: date


@dataclass(frozen=True)
class AssignmentIssued:
    """An assignment order went out. Shape: ``addressee`` as written on paper."""

    assignment_id: int
    report_id: int
    project_id: int | None
    number: str
    addressee: str
    department: str
    answer_due_on: date


@dataclass(frozen=True)
class AssignmentAnswered:
    """An assignment order was answered."""

    assignment_id: int
    report_id: int
    project_id: int | None
    number: str
    on: date


@dataclass(frozen=True)
class ReportEnded:
    """A report was closed with its answer. Shape: ``outcome`` and ``kind`` are words of the rules."""

    report_id: int
    project_id: int | None
    number: str
    title: str
    department: str
    kind: str
    outcome: str
    cause_code: str
    is_in_time: bool
    on: date


@dataclass(frozen=True)
class ReportAskedBack:
    """The person said how the answer was. Shape: ``contentment`` is the word of the rules."""

    report_id: int
    project_id: int | None
    number: str
    contentment: str
    on: date


@dataclass(frozen=True)
class ReportReopened:
    """A report whose answer did not satisfy is taken up again."""

    report_id: int
    project_id: int | None
    number: str
    title: str
    due_on: date


@dataclass(frozen=True)
class NegativeReported:
    """A no was reported for a second look."""

    negative_id: int
    project_id: int | None
    number: str
    department: str
    due_on: date


@dataclass(frozen=True)
class NegativeRuled:
    """A second person looked at a no. Shape: ``ruling`` is the word of the rules."""

    negative_id: int
    project_id: int | None
    number: str
    department: str
    ruling: str
    on: date


@dataclass(frozen=True)
class ProcessFixAsked:
    """A cause came back so often in a quarter that its process is to be mended."""

    fix_id: int
    cause_code: str
    quarter: str
    times: int
    departments: str
    due_on: date


@dataclass(frozen=True)
class ProcessFixAnswered:
    """A process was mended, or it was said why not."""

    fix_id: int
    cause_code: str
    quarter: str
    on: date


@dataclass(frozen=True)
class VoiceRouted:
    """Something people said was given to a department to answer."""

    voice_id: int
    project_id: int | None
    department: str
    due_on: date


@dataclass(frozen=True)
class VoiceAnswered:
    """Something people said was answered."""

    voice_id: int
    project_id: int | None
    department: str
    on: date


@dataclass(frozen=True)
class BottleneckRecorded:
    """A place where things stand still was recorded."""

    bottleneck_id: int
    project_id: int | None
    department: str
    cause_code: str
    on: date


@dataclass(frozen=True)
class BottleneckSettled:
    """It was decided what becomes of a bottleneck. Shape: ``state`` is the word of the rules."""

    bottleneck_id: int
    project_id: int | None
    department: str
    state: str
    on: date


@dataclass(frozen=True)
class WindowArranged:
    """Figures, contacts, roster or causes of the window changed. Shape: ``what`` is one in a word."""

    what: str
    detail: str
    on: date

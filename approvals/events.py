"""What happens to the catalogue and to steps, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class StepMoved:
    """Something was recorded about a step on a day, or such a record was taken back.

    Shape: ``state`` is where the step stands after it; ``undone`` is the move taken back, if any.
    """

    step_id: int
    project_id: int
    code: str
    move: str
    on: date
    state: str = ""
    attempt: int = 1
    undone: str = ""


@dataclass(frozen=True)
class MoveRefused:
    """A try to move the end of a case was against the rules. Shape: ``refusal`` names what was said."""

    step_id: int
    project_id: int
    code: str
    move: str
    on: date
    refusal: str


@dataclass(frozen=True)
class EndsRecounted:
    """The ends of a running case were counted again, because the calendar changed under it."""

    step_id: int
    project_id: int
    code: str
    promised_before_on: date | None
    promised_on: date | None
    statutory_before_on: date | None
    statutory_on: date | None


@dataclass(frozen=True)
class StepNoted:
    """Somebody wrote down what was said or agreed about a step; it moves nothing."""

    step_id: int
    project_id: int
    code: str
    text: str


@dataclass(frozen=True)
class EditionPublished:
    """The draft became an edition; projects opened from now on start with it."""

    edition_id: int
    number: int
    digest: str
    note: str


@dataclass(frozen=True)
class CatalogueImported:
    """Files were taken over into the draft. Shape: ``changes`` names what moved, as far as it is few."""

    files: tuple[str, ...]
    added: int
    changed: int
    removed: int
    changes: tuple[str, ...]


@dataclass(frozen=True)
class ShippedFilesDeclined:
    """The office looked at the files of a new release and kept its own catalogue."""

    digest: str


@dataclass(frozen=True)
class CalendarChanged:
    """The table of a year was loaded or replaced; every plan that touches the year is to be made again."""

    year: int


@dataclass(frozen=True)
class BenchChanged:
    """A department has another number of reviewers: from now on, or between two days.

    Shape: ``reviewers`` is None when they are not counted any more, or when the days count as usual again;
    ``first_on`` and ``last_on`` are None for the usual number.
    """

    department: str
    reviewers: int | None
    first_on: date | None
    last_on: date | None
    reason: str


@dataclass(frozen=True)
class SittingRuleChanged:
    """A review group sits in another rhythm, decides other matters, or sits no more."""

    review_group: str
    matters: tuple[str, ...]
    weekdays: tuple[int, ...]
    halves: tuple[str, ...]
    projects_per_sitting: int
    minutes_per_project: int
    needs_room: bool
    is_active: bool


@dataclass(frozen=True)
class AvailabilityRecorded:
    """A department said when it can come. Shape: half-day → answer; “none” takes an earlier answer back."""

    department: str
    answers: dict[str, str]
    said_by: str


@dataclass(frozen=True)
class SittingAnnounced:
    """A step of a project is on the list of a sitting, and its departments are told.

    Shape: one for each step on the list; ``room`` is empty when they meet online.
    """

    sitting_id: int
    project_id: int
    code: str
    review_group: str
    on: date
    half: str
    begins_at: time
    room: str


@dataclass(frozen=True)
class SittingWithdrawn:
    """A step lost its sitting: the sitting is called off. Shape: one for each step on the list."""

    sitting_id: int
    project_id: int
    code: str
    review_group: str
    on: date
    half: str
    reason: str


@dataclass(frozen=True)
class PeriodCorrected:
    """A length in the draft of the catalogue was made what practice shows; editions keep theirs.

    Shape: ``template`` is empty where it is the matter's own; ``evidence`` says on how many cases it rests.
    """

    matter: str
    template: str
    field: str
    old: int
    new: int
    evidence: str


@dataclass(frozen=True)
class DeferralMoved:
    """Something happened to a paper that comes later: promised, granted, supplied, overdue, made good, ….

    Shape: ``move`` is the word of ``DeferralMove``, ``state`` that of ``DeferralState`` after it;
        ``producer`` the step whose result the paper is, empty where the enterprise brings it.
    """

    deferral_id: int
    project_id: int
    step_id: int
    number: str
    material: str
    producer: str
    move: str
    state: str
    due_on: date | None
    reason: str = ""


@dataclass(frozen=True)
class DeferralDue:
    """The enterprise and both officers are to be told of a due day. Shape: ``reminder`` of ``Reminder``."""

    deferral_id: int
    project_id: int
    step_id: int
    number: str
    material: str
    reminder: str
    due_on: date
    workdays_left: int


@dataclass(frozen=True)
class CreditRecorded:
    """A promise that was not kept is on record. Shape: the bare fact."""

    credit_id: int
    project_id: int
    uscc: str
    number: str
    due_on: date
    was_supplied: bool


@dataclass(frozen=True)
class CreditChanged:
    """A record of a broken promise was objected to, answered, or taken out of sight."""

    credit_id: int
    project_id: int
    uscc: str
    number: str
    what: str
    reason: str


@dataclass(frozen=True)
class AssuranceMoved:
    """A matter was decided on a promise, the promise was checked, or the decision revoked."""

    assurance_id: int
    project_id: int
    step_id: int
    number: str
    state: str
    reason: str


@dataclass(frozen=True)
class ReviewConvened:
    """A submission was sent to all members of a review group, the same minute.

    Shape: ``members`` are department codes, the lead first; ``due_on`` the last day for their opinions.
    """

    review_id: int
    project_id: int
    review_group: str
    kind: str
    steps: tuple[str, ...]
    members: tuple[str, ...]
    sent_on: date
    due_on: date


@dataclass(frozen=True)
class ReceiptConfirmed:
    """A department confirmed that it has the submission of a joint review."""

    review_id: int
    project_id: int
    department: str
    round: int
    way: str


@dataclass(frozen=True)
class OpinionGiven:
    """A department said what it thinks of a submission; silence after its day is told the same way."""

    review_id: int
    project_id: int
    department: str
    round: int
    stance: str
    given_on: date
    way: str


@dataclass(frozen=True)
class LatePaperAsked:
    """A department asked in a later round for a paper that was not on the first list; it was refused."""

    review_id: int
    project_id: int
    department: str
    paper: str


@dataclass(frozen=True)
class OpinionHandedOn:
    """The lead dealt with a “not ours”: it takes the matter over, or another department is asked."""

    review_id: int
    project_id: int
    department: str
    handed_to: str
    note: str


@dataclass(frozen=True)
class RoundClosed:
    """Everybody asked in a round has answered, or the day is over. Shape: ``silent`` said nothing."""

    review_id: int
    project_id: int
    round: int
    silent: tuple[str, ...]
    silence_agrees: bool


@dataclass(frozen=True)
class ContradictionMarked:
    """Two conditions cannot both hold, or the lead settled which does. Shape: no ``resolution`` if open."""

    review_id: int
    project_id: int
    first: str
    second: str
    note: str
    resolution: str


@dataclass(frozen=True)
class ReviewAnswered:
    """The one answer of a joint review: agreed, agreed with conditions, or one list of missing papers."""

    review_id: int
    project_id: int
    review_group: str
    round: int
    answer: str
    steps: tuple[str, ...]
    on: date


@dataclass(frozen=True)
class SecondRoundOpened:
    """Those affected are asked again. Shape: department → why."""

    review_id: int
    project_id: int
    round: int
    asked: dict[str, str]
    due_on: date


@dataclass(frozen=True)
class ReviewExtended:
    """The limit of a joint handling was extended, with the government's approval."""

    review_id: int
    project_id: int
    workdays: int
    approved_by: str
    reason: str


@dataclass(frozen=True)
class ReviewCancelled:
    """A joint review was called off before it had its answer."""

    review_id: int
    project_id: int
    review_group: str
    reason: str


@dataclass(frozen=True)
class MinutesKept:
    """The minutes of a session or a site visit were written down."""

    review_id: int
    project_id: int
    held_on: date
    present: tuple[str, ...]


@dataclass(frozen=True)
class ReviewTaskGiven:
    """Somebody has something to do after a joint review."""

    task_id: int
    review_id: int
    project_id: int
    what: str
    department: str
    due_on: date


@dataclass(frozen=True)
class ReviewTaskFinished:
    """What somebody had to do after a joint review is done."""

    task_id: int
    review_id: int
    project_id: int
    what: str
    department: str
    done_on: date


@dataclass(frozen=True)
class PaperTakenIn:
    """A paper of a project came, with files or without.

    Shape: ``material`` is its code; ``number`` counts its versions; ``way`` is the way it came.
    """

    version_id: int
    project_id: int
    step_id: int | None
    material: str
    number: int
    way: str
    on: date
    files: int


@dataclass(frozen=True)
class PaperFoundFit:
    """Somebody compared a paper with what is asked, and it is right."""

    version_id: int
    project_id: int
    material: str
    number: int


@dataclass(frozen=True)
class PaperFoundUnfit:
    """Somebody compared a paper with what is asked, and it is wrong."""

    version_id: int
    project_id: int
    material: str
    number: int
    reason: str


@dataclass(frozen=True)
class PaperWithdrawn:
    """A handing-in was wrong and counts no more; it stays on record."""

    version_id: int
    project_id: int
    material: str
    number: int
    reason: str


@dataclass(frozen=True)
class PaperOpened:
    """Somebody read a file of a paper."""

    file_id: int
    project_id: int
    material: str


@dataclass(frozen=True)
class ToldOnce:
    """Everything that is missing or wrong at a step was told, with a date and a number.

    Shape: ``materials`` are their codes; ``tell_by`` is the last day on which it was in time, if it is known.
    """

    notice_id: int
    project_id: int
    step_id: int
    code: str
    number: str
    on: date
    tell_by: date | None
    materials: tuple[str, ...]


@dataclass(frozen=True)
class NoticeAnswered:
    """Everything a one-time notice named is here."""

    notice_id: int
    project_id: int
    step_id: int
    code: str
    number: str
    on: date


@dataclass(frozen=True)
class SecondListTried:
    """Somebody tried to give a second list of new items; it was refused, and this is the record of it."""

    second_list_id: int
    project_id: int
    step_id: int
    code: str
    on: date
    materials: tuple[str, ...]

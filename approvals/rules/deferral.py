"""May this paper come later, who may say so, and by when?"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from approvals.rules.catalogue import Material
from approvals.rules.protected import interest_of
from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import WorkCalendar

MOST_WORKDAYS = 20
BEFORE_THE_PROMISE = 2
WINDOW_WORKDAYS = 5
MOST_PER_CASE = 3
MOST_PER_PROJECT = 5


class WhyMain(enum.Enum):
    """Why a main document counts as a secondary one for once.

    Source: DF-1.
    """

    LACKS_ONLY_STAMP = "lacks_only_stamp"
    SLIP_EXISTS = "slip_exists"


class GrantLevel(enum.Enum):
    """Who says that a paper may come later.

    Source: DF-4.
    """

    WINDOW = "window"
    CHIEF_REPRESENTATIVE = "chief_representative"
    STAGE_LEAD = "stage_lead"
    COORDINATOR = "coordinator"


class MaterialNotDeferrable(Refusal):
    """A main document without one of the two exceptions."""

    message = N_(
        "“%(material)s” is a main document of “%(step)s” and must be there at acceptance. It may come later "
        "only if a copy is there that lacks nothing but its stamp, or if the office that makes it has "
        "accepted the application for it."
    )


class MainPapersMissing(Refusal):
    """Other main documents are not here."""

    message = N_(
        "Nothing may be deferred at “%(step)s” before its main documents are complete. "
        "Still missing: %(missing)s."
    )


class ProtectedMatter(Refusal):
    """A matter that touches what no promise may put at risk."""

    message = N_(
        "“%(step)s” touches national security, public safety, ecology, or life and health; the enterprise "
        "cannot defer a paper there, whatever the list says. Hand in “%(material)s” with the rest."
    )


class GateStands(Refusal):
    """The law lets the case begin only after the other result."""

    message = N_(
        "“%(step)s” may be accepted only once the result of “%(producer)s” is there; this gate cannot be "
        "relaxed. Wait for that result."
    )


class TooManyOnCase(Refusal):
    """The cap of one case is reached."""

    message = N_(
        "“%(step)s” has %(open)s deferred papers already; %(most)s is the most. "
        "Bring one of them in first, or hand this paper in now."
    )


class TooManyInProject(Refusal):
    """The cap of a project is reached."""

    message = N_(
        "This project has %(open)s deferred papers already; %(most)s is the most. "
        "Bring one of them in first, or hand this paper in now."
    )


class CreditNotRepaired(Refusal):
    """The enterprise broke an earlier promise, and its credit is not repaired."""

    message = N_(
        "The enterprise did not keep promise %(numbers)s. It may promise again once its credit is repaired; "
        "until then every paper is handed in at acceptance."
    )


class PaperIsHere(Refusal):
    """There is nothing to defer."""

    message = N_("“%(material)s” is here already. There is nothing to defer.")


class AlreadyDeferred(Refusal):
    """The paper is deferred at this step already."""

    message = N_("“%(material)s” is deferred already, under %(number)s. Go on with that one.")


class CaseIsOver(Refusal):
    """A case that is decided or ended takes no promise any more."""

    message = N_("“%(step)s” is decided or has ended. Nothing can be deferred there any more.")


class DueDayTooLate(Invalid):
    """A promise beyond the cap."""

    message = N_(
        "%(day)s is too late: “%(material)s” may come on %(last)s at the latest. "
        "Promise that day or an earlier one."
    )


class DueDayTooEarly(Invalid):
    """A promise for a day that is over."""

    message = N_("%(day)s is not after %(earlier)s, the day of the grant. Promise a later day.")


class NotTheirsToGrant(Refusal):
    """Somebody grants what is another's to grant."""

    message = N_(
        "This is not theirs to grant. The window grants papers on the published list for up to %(window)s "
        "working days, the chief representative for longer, the stage lead where another department's result "
        "is missing; outside the list only the coordinator with the department head."
    )


class DepartmentHeadMissing(Invalid):
    """Outside the list, the coordinator alone does not suffice."""

    message = N_(
        "This paper is not on the published list. Name the head of the department who agrees; "
        "the coordinator alone cannot grant it."
    )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A paper somebody asks to bring later, with all that speaks for and against it.

    Units: ``promised_workdays`` is the step's own promise.
    Shape: ``step`` and ``name`` are as people read them; ``producer`` is the step on the project's list whose
        result the paper is, empty for none; ``has_slip`` that its office has accepted the application for it;
        ``producer_name`` as people read it; ``gate_stands`` that the law holds acceptance back until that
        result, without leave to relax; ``missing_main`` are the names of the
        main documents that are not here, this paper left out; ``deferred_as`` the number of an open deferral
        of the same paper; ``unrepaired`` the numbers of promises the enterprise did not keep.
    """

    matter: str
    step: str
    material: Material
    name: str
    promised_workdays: int
    producer: str = ""
    producer_name: str = ""
    has_slip: bool = False
    gate_stands: bool = False
    lacks_only_stamp: bool = False
    is_here: bool = False
    is_over: bool = False
    missing_main: tuple[str, ...] = ()
    deferred_as: str = ""
    open_on_case: int = 0
    open_in_project: int = 0
    unrepaired: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deferrable:
    """A paper that may come later.

    Shape: ``bridges`` is the step whose result it is, so that the system makes it good; empty where the
        enterprise brings it.
    """

    why_main: WhyMain | None
    on_list: bool
    bridges: str


@dataclass(frozen=True)
class Cap:
    """How long a paper may take at most.

    Units: working days after the grant.
    Shape: with ``before_issue`` there is no time to spare: it must arrive before the certificate is issued.
    """

    workdays: int
    before_issue: bool


def may_defer(asked: Asked) -> Deferrable:
    """Whether a paper may come later, and on what footing.

    Shape: the grounds that no waiting removes are said first, the caps and the credit last.
    Raises: CaseIsOver, PaperIsHere, AlreadyDeferred, MaterialNotDeferrable, GateStands, ProtectedMatter,
        MainPapersMissing, CreditNotRepaired, TooManyOnCase, TooManyInProject.
    Source: DF-1, DF-2, DF-6, DF-11, DF-13, DF-15.
    """
    _refuse_idle(asked)
    why_main = _why_main(asked)
    if asked.producer and asked.gate_stands:
        raise GateStands(step=asked.step, producer=asked.producer_name)
    bridges = asked.producer
    if interest_of(asked.matter) is not None and not bridges:
        raise ProtectedMatter(step=asked.step, material=asked.name)
    if asked.missing_main:
        raise MainPapersMissing(step=asked.step, missing="、".join(asked.missing_main))
    if asked.unrepaired and not bridges:
        raise CreditNotRepaired(numbers="、".join(asked.unrepaired))
    check_caps(asked.step, asked.open_on_case, asked.open_in_project)
    return Deferrable(why_main, asked.material.deferrable, bridges)


def _refuse_idle(asked: Asked) -> None:
    if asked.is_over:
        raise CaseIsOver(step=asked.step)
    if asked.is_here:
        raise PaperIsHere(material=asked.name)
    if asked.deferred_as:
        raise AlreadyDeferred(material=asked.name, number=asked.deferred_as)


def _why_main(asked: Asked) -> WhyMain | None:
    """Why a main document may wait; None for a secondary one, which needs no reason.

    Source: DF-1.
    """
    if not asked.material.is_main:
        return None
    if asked.lacks_only_stamp:
        return WhyMain.LACKS_ONLY_STAMP
    if asked.producer and asked.has_slip:
        return WhyMain.SLIP_EXISTS
    raise MaterialNotDeferrable(material=asked.name, step=asked.step)


def check_caps(step: str, open_on_case: int, open_in_project: int) -> None:
    """Refuse one deferral more than a case or a project may have at once.

    Raises: TooManyOnCase, TooManyInProject.
    Source: DF-6.
    """
    if open_on_case >= MOST_PER_CASE:
        raise TooManyOnCase(step=step, open=open_on_case, most=MOST_PER_CASE)
    if open_in_project >= MOST_PER_PROJECT:
        raise TooManyInProject(open=open_in_project, most=MOST_PER_PROJECT)


def cap_of(material: Material, promised_workdays: int, *, bridges: bool) -> Cap:
    """How long a paper may take.

    Units: working days.
    Shape: a bridged result is made good by the system, not promised by the enterprise: it must only arrive
        before the certificate, within the step's own promise. A paper outside the list has no cap of its own.
    Source: DF-5: the least of the paper's own cap, two days before the promised decision, and 20; DF-15.
    """
    own = material.make_good_workdays or MOST_WORKDAYS
    if bridges:
        return Cap(min(own, promised_workdays, MOST_WORKDAYS), before_issue=True)
    least = min(own, promised_workdays - BEFORE_THE_PROMISE, MOST_WORKDAYS)
    if least < 1:
        return Cap(min(own, promised_workdays, MOST_WORKDAYS), before_issue=True)
    return Cap(least, before_issue=False)


def latest_due(granted_on: date, cap: Cap, calendar: WorkCalendar, promised_end_on: date | None) -> date:
    """The last day that may be promised; the grant is day 0.

    Shape: ``promised_end_on`` is the promised end of a case that is accepted: nothing is due after it.
    Raises: OutsideCalendar.
    Source: DF-5, WD-2.
    """
    last = calendar.add_workdays(granted_on, cap.workdays)
    return last if promised_end_on is None else max(granted_on, min(last, promised_end_on))


def due_day(
    asked_on: date, granted_on: date, last_on: date, *, material: str, calendar: WorkCalendar
) -> date:
    """The day a paper is due: the one promised, a rest day counting as the next working day.

    Raises: DueDayTooEarly, DueDayTooLate, OutsideCalendar.
    Source: DF-5, WD-3.
    """
    if asked_on < granted_on or (asked_on == granted_on < last_on):
        raise DueDayTooEarly(day=asked_on.isoformat(), earlier=granted_on.isoformat(), field="due_on")
    due_on = calendar.on_or_after(asked_on)
    if due_on > last_on:
        raise DueDayTooLate(
            day=asked_on.isoformat(), material=material, last=last_on.isoformat(), field="due_on"
        )
    return due_on


def level_for(*, on_list: bool, others_result: bool, workdays: int) -> GrantLevel:
    """Who must grant a deferral at the least.

    Shape: ``others_result`` says that another department's result is what is missing.
    Source: DF-4.
    """
    if not on_list:
        return GrantLevel.COORDINATOR
    if others_result:
        return GrantLevel.STAGE_LEAD
    return GrantLevel.WINDOW if workdays <= WINDOW_WORKDAYS else GrantLevel.CHIEF_REPRESENTATIVE


MAY_STAND_IN: dict[GrantLevel, frozenset[GrantLevel]] = {
    GrantLevel.WINDOW: frozenset(
        {GrantLevel.WINDOW, GrantLevel.CHIEF_REPRESENTATIVE, GrantLevel.COORDINATOR}
    ),
    GrantLevel.CHIEF_REPRESENTATIVE: frozenset({GrantLevel.CHIEF_REPRESENTATIVE, GrantLevel.COORDINATOR}),
    GrantLevel.STAGE_LEAD: frozenset({GrantLevel.STAGE_LEAD, GrantLevel.COORDINATOR}),
    GrantLevel.COORDINATOR: frozenset({GrantLevel.COORDINATOR}),
}
"""Who may grant what needs a level at the least: whoever stands above may, a neighbour may not."""


def check_level(level: GrantLevel, required: GrantLevel, *, department_head: str) -> None:
    """Refuse a grant by somebody it is not for.

    Raises: NotTheirsToGrant; DepartmentHeadMissing, for a coordinator alone outside the list.
    Source: DF-4.
    """
    if level not in MAY_STAND_IN[required]:
        raise NotTheirsToGrant(window=WINDOW_WORKDAYS)
    if required is GrantLevel.COORDINATOR and not department_head.strip():
        raise DepartmentHeadMissing(field="department_head")


def may_issue_first(material: Material, deferrable: Deferrable, *, is_listed: bool) -> bool:
    """Whether the certificate need not wait for a paper.

    Shape: only a secondary paper on the office's list of papers that may follow the certificate; never a main
        one, which the statute names as a condition of the licence, and never another step's result.
    Source: DF-7, DF-13; S12, state 12.
    """
    return is_listed and not material.is_main and not deferrable.bridges

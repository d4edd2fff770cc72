"""Why a date is what it is: what the step waited for, what it takes, which days were skipped, by which law.

Reasons are structured; ``render`` joins them into the one sentence a person reads under a date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import scheduler
from approvals.rules.catalogue import Catalogue, Matter
from approvals.rules.facts import Label
from approvals.rules.lifecycle import StopKind
from approvals.rules.wording import Reason, Translate, say, spoken_day
from concierge.kernel.errors import N_
from projects.rules.booking_reasons import opinion_reasons, queue_reasons
from projects.rules.case_reasons import attempt_reasons, course_reasons, receipt_reasons
from projects.rules.graph import WORKS
from projects.rules.project_plan import PlanEdge, PlannedStep, ProjectPlan
from projects.rules.terms import Actual
from scheduler import Basis, DriverKind, Segment

ONE_WORKDAY = N_("1 working day")
WORKDAYS = N_("%(n)s working days")
ONE_CALENDAR_DAY = N_("1 calendar day")
CALENDAR_DAYS = N_("%(n)s calendar days")

WAITS_FOR_CERTIFICATE = N_("waits for %(step)s, issued on %(on)s")
WAITS_FOR_SIGNATURE = N_("waits for %(step)s, signed on %(on)s")
WAITS_FOR_RESULT = N_("waits for %(step)s, done on %(on)s")
WAITS_FOR = N_("waits for %(step)s")
DECISION_WAITS = N_("runs beside it, but its decision %(wait)s")
DECISION_FOLLOWS = N_("decided %(days)s after that")
WAITS_FOR_WORKS = N_("waits for the building works, done on %(on)s")
BEGINS_WITH_PROJECT = N_("can begin with the project, on %(on)s")
BEGINS_FIRST = N_("can begin with the project")
NOT_BEFORE = N_("not before %(on)s")
COUNTS_FROM_TODAY = N_("not begun yet, so it counts from today, %(on)s")
NOT_HANDED_IN = N_("not handed in yet, so it counts from today, %(on)s")
OVERDUE = N_("overdue, so it can be done today, %(on)s, at the earliest")
HAS_STARTED = N_("in preparation since %(on)s")
WAS_ACCEPTED = N_("accepted on %(on)s")
WAS_FINISHED = N_("done on %(on)s")

OWNER_PREPARES = N_("the owner prepares for %(days)s")
AFTER_ACCEPTANCE = N_("%(days)s after acceptance")
TAKES = N_("takes %(days)s")
SPECIAL_THEN_WORK = N_("%(special)s of special procedure outside the limit, then %(days)s")
SPECIAL_ONLY = N_("%(special)s of special procedure outside the limit")
ON_THE_DAY = N_("done on the same day")

SKIPS = N_("skipping %(holidays)s")
MAKE_UP = N_("counting %(days)s, weekend days worked instead")
ROLLS_ON = N_("%(on)s is a rest day, so it moves on")
PROVISIONAL = N_("the holidays of %(years)s are not published yet, so the day is provisional")
PROVISIONAL_MARK = N_("days in %(years)s are provisional")
OFFICIAL = N_("counted on the published holidays of %(years)s")

GATE_REQUIRED = N_("the law requires its result: %(document)s")
GATE_USUAL = N_("usual order, for its result: %(document)s")
GATE_RELAXED = N_("the gate is relaxed: review goes on meanwhile, only the decision waits")
GATE_BRIDGED = N_("a granted deferral opens the gate: review goes on meanwhile, only the decision waits")
PROMISED = N_("promised: %(days)s")
STATUTORY = N_("the law allows %(days)s")
ON_THE_SPOT = N_("by law it is done on the spot")
NO_LIMIT = N_("the law sets no limit")
RESTS_ON = N_("legal basis: %(citation)s")
CRITICAL = N_("on the critical path: one day late here is one day later for the headline")
MOVES_NO_HEADLINE = N_("moves neither the permit nor the start of construction")
FLOATS = N_("may be %(days)s late before the headline moves")

_ATTACHED = frozenset(
    {"skips", "make_up", "rolls_on", "decision_follows", "waited", "opinion_after", "by_basis"}
)
_ACCEPTED_KINDS = frozenset({"permit", "filing", "registration", "technical_review", "assessment"})
_SHORT_HOLIDAYS = {"清明节": "清明", "劳动节": "五一", "端午节": "端午", "中秋节": "中秋", "国庆节": "国庆"}
_CERTIFICATES = ("证", "证书", "执照")
_CONTRACTS = ("合同", "协议")
_VOUCHER = "凭证"


@dataclass(frozen=True)
class Why:
    """Why a step has its dates.

    Shape: ``chain`` is the short answer, clause by clause; ``details`` what stands behind it: what the gate
    needs, the promised and lawful limits, the citation in force on the acceptance day, the calendar, the
    float.
    """

    chain: tuple[Reason, ...]
    details: tuple[Reason, ...]


def why(plan: ProjectPlan, code: str, catalogue: Catalogue) -> Why:
    """The reasons behind one step's dates.

    Raises: StepNotOnList.
    Source: WD-1, WD-2, WD-7, PR-5, PR-6, R-LAW-1.
    """
    return Why(chain_of(plan, code, catalogue), tuple(_details(plan, plan.step(code), catalogue)))


def chain_of(plan: ProjectPlan, code: str, catalogue: Catalogue) -> tuple[Reason, ...]:
    """The sentence of the same alone, for lists of many steps. Raises: StepNotOnList."""
    return tuple(_chain(plan, plan.step(code), catalogue))


def render(reasons: Sequence[Reason], translate: Translate, lang: str) -> str:
    """The reasons as one sentence: clauses apart by semicolons, what belongs to a clause after a comma."""
    chinese = lang.startswith("zh")
    clause, attached = ("；", "，") if chinese else ("; ", ", ")
    sentence = ""
    for reason in reasons:
        said = say(reason, translate, lang)
        joint = attached if reason.code in _ATTACHED else clause
        sentence = f"{sentence}{joint}{said}" if sentence else said
    return sentence if chinese else sentence[:1].upper() + sentence[1:]


def _chain(plan: ProjectPlan, step: PlannedStep, catalogue: Catalogue) -> Iterator[Reason]:
    view = plan.dates.step(step.code)
    if step.actual is not None and step.actual.finished_on is not None:
        yield Reason("was_finished", WAS_FINISHED, {"on": _on(plan, step.actual.finished_on)})
        return
    year = _year(plan, step)
    if step.actual is not None:
        yield from attempt_reasons(step.actual, year=year)
    if view.finish_driver.kind is DriverKind.ISSUE_GATE:
        yield from _issue_gate(plan, step, step.driver.predecessor)
    else:
        yield from _hold(plan, step, view)
        yield from _preparation(step)
        yield from _queue(plan, step, catalogue)
        yield from _length(plan, step)
        yield from _days_between(plan, step)
        yield from _course(plan, step)
        if view.finish_driver.kind is DriverKind.BOOKING and step.booking is not None:
            yield from opinion_reasons(step.booking, year=year)
    if view.finish_driver.kind is DriverKind.TODAY and step.finish_on is not None:
        yield Reason("overdue", OVERDUE, {"on": _on(plan, step.finish_on)})
    if step.is_provisional:
        yield Reason("provisional_mark", PROVISIONAL_MARK, {"years": _provisional_years(plan, step)})


def _queue(plan: ProjectPlan, step: PlannedStep, catalogue: Catalogue) -> Iterator[Reason]:
    """What its acceptance is booked for; an acceptance that was waits for nothing, but may still sit."""
    if step.booking is not None:
        yield from queue_reasons(step.booking, catalogue, year=_year(plan, step))


def _course(plan: ProjectPlan, step: PlannedStep) -> Iterator[Reason]:
    """What lengthened a case on its way: stops of its clock, an extension of its limit."""
    if step.actual is not None and plan.calendar is not None and plan.terms.today is not None:
        yield from course_reasons(step.actual, plan.calendar, plan.terms.today, year=_year(plan, step))


def _year(plan: ProjectPlan, step: PlannedStep) -> int:
    """The year a reader takes for granted: the one the project begins in."""
    begins = plan.terms.start_on or step.accept_on
    return begins.year if begins is not None else 0


def _hold(plan: ProjectPlan, step: PlannedStep, view: scheduler.StepDates) -> Iterator[Reason]:
    kind = view.start_driver.kind
    if kind is DriverKind.ACTUAL and step.actual is not None:
        yield from _happened(plan, step, step.actual)
    elif kind is DriverKind.ACCEPT_GATE and view.start_driver.predecessor is not None:
        yield _wait(plan, step.driver.predecessor or view.start_driver.predecessor)
    elif step.start_on is None:
        yield Reason("begins_first", BEGINS_FIRST)
    elif kind is DriverKind.TODAY:
        yield _from_today(plan, step)
    elif kind is DriverKind.NOT_BEFORE:
        yield Reason("not_before", NOT_BEFORE, {"on": _on(plan, step.start_on)})
    else:
        yield Reason("begins_with_project", BEGINS_WITH_PROJECT, {"on": _on(plan, step.start_on)})


def _happened(plan: ProjectPlan, step: PlannedStep, actual: Actual) -> Iterator[Reason]:
    """How far it has come: accepted, received, in preparation."""
    today, draft = plan.terms.today, plan.expansion.step(step.code)
    if actual.accepted_on is not None:
        yield Reason("was_accepted", WAS_ACCEPTED, {"on": _on(plan, actual.accepted_on)})
    elif actual.received_on is not None:
        if draft is not None and plan.calendar is not None and today is not None:
            yield from receipt_reasons(actual, draft.matter, plan.calendar, today, year=_year(plan, step))
    elif actual.ended_on is None and actual.started_on is not None:
        yield Reason("has_started", HAS_STARTED, {"on": _on(plan, actual.started_on)})


def _from_today(plan: ProjectPlan, step: PlannedStep) -> Reason:
    """Prepared but handed in by nobody, or not begun at all: either way no day before today is possible."""
    if step.actual is not None and step.accept_on is not None:
        return Reason("not_handed_in", NOT_HANDED_IN, {"on": _on(plan, step.accept_on)})
    return Reason("counts_from_today", COUNTS_FROM_TODAY, {"on": _on(plan, step.start_on or date.min)})


def _issue_gate(plan: ProjectPlan, step: PlannedStep, predecessor: str | None) -> Iterator[Reason]:
    if predecessor is None:
        return
    yield Reason("decision_waits", DECISION_WAITS, {"wait": _wait(plan, predecessor)})
    edge = _edge(plan, predecessor, step.code)
    if edge is not None and edge.tail_workdays:
        facts = {"days": _days(Segment("work", edge.tail_workdays))}
        yield Reason("decision_follows", DECISION_FOLLOWS, facts)


def _wait(plan: ProjectPlan, predecessor: str) -> Reason:
    if predecessor == WORKS:
        on = plan.works_on[1] if plan.works_on is not None else None
        return Reason("waits_for_works", WAITS_FOR_WORKS, {"on": _on(plan, on) if on else "-"})
    step = plan.step(predecessor)
    draft = plan.expansion.step(predecessor)
    facts: dict[str, object] = {"step": numbered(step), "code": predecessor}
    if step.finish_on is None or draft is None:
        return Reason("waits_for", WAITS_FOR, facts)
    facts["on"] = _on(plan, step.finish_on)
    if _is(draft.matter, _CONTRACTS):
        return Reason("waits_for_signature", WAITS_FOR_SIGNATURE, facts)
    if _is(draft.matter, _CERTIFICATES):
        return Reason("waits_for_certificate", WAITS_FOR_CERTIFICATE, facts)
    return Reason("waits_for_result", WAITS_FOR_RESULT, facts)


def _on(plan: ProjectPlan, day: date) -> Label:
    """A day as people say it; with its year, where that is not the year the project begins in."""
    start = plan.terms.start_on
    with_year = start is not None and start.year != day.year
    return Label(spoken_day(day, "zh", with_year=with_year), spoken_day(day, "en", with_year=with_year))


def numbered(step: PlannedStep) -> Label:
    """A step as people point at it: its number and its name."""
    return Label(f"{step.number} {step.name_zh}", f"{step.number} {step.name_en}")


def _is(matter: Matter, kinds: tuple[str, ...]) -> bool:
    """Whether the matter's result is a paper of these kinds, by its name."""
    paper = matter.result_document.split("(")[0].split("、")[0]
    return paper.endswith(kinds) and not paper.endswith(_VOUCHER)


def _preparation(step: PlannedStep) -> Iterator[Reason]:
    is_handed_in = step.actual is not None and step.actual.is_handed_in
    for segment in step.segments:
        if segment.kind == "preparation" and not is_handed_in:
            yield Reason("owner_prepares", OWNER_PREPARES, {"days": _days(segment)})


def _length(plan: ProjectPlan, step: PlannedStep) -> Iterator[Reason]:
    special = [] if _had_procedure(step) else [s for s in step.segments if s.kind == "special"]
    work = [s for s in step.segments if s.kind == "work"]
    total = _days(Segment("work", sum(s.days for s in work), work[0].basis)) if work else None
    draft = plan.expansion.step(step.code)
    is_accepted_kind = draft is not None and draft.matter.kind in _ACCEPTED_KINDS
    if special:
        facts: dict[str, object] = {"special": _days(special[0])}
        if total is None:
            yield Reason("special_only", SPECIAL_ONLY, facts)
        else:
            yield Reason("special_then_work", SPECIAL_THEN_WORK, {**facts, "days": total})
    elif total is None:
        yield Reason("on_the_day", ON_THE_DAY)
    elif is_accepted_kind:
        yield Reason("after_acceptance", AFTER_ACCEPTANCE, {"days": total})
    else:
        yield Reason("takes", TAKES, {"days": total})


def _had_procedure(step: PlannedStep) -> bool:
    """Whether a real procedure took the place of the planned one."""
    stops = step.actual.stops if step.actual is not None else ()
    return any(stop.kind is not StopKind.CORRECTION for stop in stops)


def _days(segment: Segment) -> Reason:
    calendar = segment.basis is Basis.CALENDAR
    if segment.days == 1:
        return Reason("days", ONE_CALENDAR_DAY if calendar else ONE_WORKDAY)
    return Reason("days", CALENDAR_DAYS if calendar else WORKDAYS, {"n": segment.days})


def _days_between(plan: ProjectPlan, step: PlannedStep) -> Iterator[Reason]:
    """The holidays and make-up days a step ran across, and a last day that had to move on."""
    if plan.calendar is None or step.start_on is None or step.finish_on is None:
        return
    begin_on = step.start_on if step.actual is None else step.actual.accepted_on or step.start_on
    if step.queued_workdays and step.accept_on is not None:
        begin_on = step.accept_on
    rests = plan.calendar.rests_between(begin_on, step.finish_on)
    skipped = [rest for rest in rests if not rest.is_workday]
    worked = [rest.first for rest in rests if rest.is_workday]
    if skipped:
        yield Reason("skips", SKIPS, {"holidays": tuple(_holiday(rest) for rest in skipped)})
    if worked:
        yield Reason("make_up", MAKE_UP, {"days": tuple(_on(plan, day) for day in worked)})
    yield from _rolled(plan, step)


def _holiday(rest: scheduler.Rest) -> Label:
    return Label(
        "、".join(_SHORT_HOLIDAYS.get(name, name) for name in rest.names_zh), " and ".join(rest.names_en)
    )


def _rolled(plan: ProjectPlan, step: PlannedStep) -> Iterator[Reason]:
    counted = plan.dates.problem.steps[plan.dates.problem.index[step.code]]
    if not any(segment.basis is Basis.CALENDAR for segment in counted.segments):
        return  # what is counted in working days ends on one
    for stretch in scheduler.explain(plan.dates, step.code).stretches:
        if stretch.ended_on_rest_day is not None:
            yield Reason("rolls_on", ROLLS_ON, {"on": _on(plan, stretch.ended_on_rest_day)})


def _edge(plan: ProjectPlan, predecessor: str, successor: str) -> PlanEdge | None:
    return next((edge for edge in plan.waits_of(successor) if edge.predecessor == predecessor), None)


def _details(plan: ProjectPlan, step: PlannedStep, catalogue: Catalogue) -> Iterator[Reason]:
    if step.driver.predecessor is not None:
        yield from _gate_details(_edge(plan, step.driver.predecessor, step.code))
    if step.driver.kind is DriverKind.ISSUE_GATE:
        yield from _queue(plan, step, catalogue)
        yield from _course(plan, step)
    yield from _limits(plan, step)
    citation = catalogue.citation_on(step.code, step.accept_on) if step.accept_on is not None else ""
    if citation:
        yield Reason("rests_on", RESTS_ON, {"citation": citation})
    yield from _calendar_details(plan, step)
    if step.critical:
        yield Reason("critical", CRITICAL)
    elif not step.leads_to_headline:
        yield Reason("moves_no_headline", MOVES_NO_HEADLINE)
    else:
        yield Reason("floats", FLOATS, {"days": _days(Segment("work", step.total_float))})


def _limits(plan: ProjectPlan, step: PlannedStep) -> Iterator[Reason]:
    draft = plan.expansion.step(step.code)
    if draft is None:
        return
    of = draft.periods
    yield Reason("promised", PROMISED, {"days": _days(of.promised)})
    if of.statutory is None:
        yield Reason("no_limit", NO_LIMIT)
    elif of.statutory.days == 0:
        yield Reason("on_the_spot", ON_THE_SPOT)
    else:
        yield Reason("statutory", STATUTORY, {"days": _days(of.statutory)})


def _gate_details(edge: PlanEdge | None) -> Iterator[Reason]:
    if edge is None:
        return
    facts = {"document": edge.source.result_document, "why": edge.source.source_why}
    if edge.source.kind == "hard":
        yield Reason("gate_required", GATE_REQUIRED, facts)
    else:
        yield Reason("gate_usual", GATE_USUAL, facts)
    if edge.was_bridged:
        yield Reason("gate_bridged", GATE_BRIDGED)
    elif edge.was_relaxed:
        yield Reason("gate_relaxed", GATE_RELAXED)


def _calendar_details(plan: ProjectPlan, step: PlannedStep) -> Iterator[Reason]:
    if plan.calendar is None or step.start_on is None or step.finish_on is None:
        return
    years = _years(step.start_on, step.finish_on)
    official = tuple(str(year) for year in years if not plan.calendar.is_provisional(year))
    if official:
        yield Reason("official", OFFICIAL, {"years": official})
    provisional = _provisional_years(plan, step)
    if provisional:
        yield Reason("provisional", PROVISIONAL, {"years": provisional})


def _provisional_years(plan: ProjectPlan, step: PlannedStep) -> tuple[str, ...]:
    day0 = plan.dates.axis.date_of(0)
    if plan.calendar is None or step.finish_on is None or day0 is None:
        return ()
    years = _years(min(day0, step.finish_on), step.finish_on)
    return tuple(str(year) for year in years if plan.calendar.is_provisional(year))


def _years(first: date, last: date) -> range:
    return range(first.year, last.year + 1)

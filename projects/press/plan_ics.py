"""A plan as a calendar file: one all-day entry a step, and the two headline days. Same plan, same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from approvals.rules.catalogue import PERMIT, START, Catalogue
from approvals.rules.wording import Translate
from concierge.kernel.errors import N_
from projects.rules.explain import chain_of, render
from projects.rules.project_plan import PlannedStep, ProjectPlan

_ONE_DAY = timedelta(days=1)
PERMIT_DAY = N_("Construction permit issued")
START_DAY = N_("Lawful start of construction")
PROVISIONAL = N_("%(name)s (provisional)")


def plan_ics(plan: ProjectPlan, catalogue: Catalogue, translate: Translate, lang: str) -> bytes:
    """The plan as an iCalendar file.

    Shape: entries take no time in a person's calendar; there is no METHOD, and DTSTAMP is the plan's first
    day, so that an unchanged plan is the same file.
    Raises: ValueError, for a typical length: it has no days.
    Source: RFC 5545 sections 3.6.1, 3.8.7.2.
    """
    if plan.terms.start_on is None:
        raise ValueError("a plan without a start day has no days for a calendar")
    calendar = Calendar()
    calendar.add("prodid", "-//Concierge//Plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = plan.expansion.template.spoken(lang)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    for event in _events(plan, catalogue, translate, lang):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(plan: ProjectPlan, catalogue: Catalogue, translate: Translate, lang: str) -> Iterator[Event]:
    for step in plan.steps:
        if step.start_on is None or step.finish_on is None:
            continue
        department = catalogue.department_of.get(step.department)
        said = render(chain_of(plan, step.code, catalogue), translate, lang)
        owner = department.spoken(lang) if department is not None else step.department
        event = _entry(plan, step.code, _title(step, translate, lang), step.start_on, step.finish_on)
        event.add("description", f"{owner}\n{said}")
        event.add("categories", [step.stage])
        yield event
    for code, message, on in (
        (PERMIT, PERMIT_DAY, plan.permit_on),
        (START, START_DAY, plan.lawful_start_on),
    ):
        if on is not None:
            yield _entry(plan, f"{code}/headline", translate(message), on, on)


def _title(step: PlannedStep, translate: Translate, lang: str) -> str:
    name = f"{step.number} {step.spoken(lang)}"
    return translate(PROVISIONAL) % {"name": name} if step.is_provisional else name


def _entry(plan: ProjectPlan, what: str, title: str, first: date, last: date) -> Event:
    event = Event()
    event.add("uid", f"{_stable(plan, what)}@concierge")
    event.add("dtstamp", datetime.combine(plan.terms.start_on or first, time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", last + _ONE_DAY)
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return event


def _stable(plan: ProjectPlan, what: str) -> str:
    """The entry's own identity: one template's step from one start day keeps it whatever its dates become."""
    identity = f"{plan.expansion.template.code} {plan.terms.start_on} {what}"
    return hashlib.sha256(identity.encode()).hexdigest()[:32]

"""What the wizard's pages say, read into a draft, and the draft read into a new project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

import scheduler
from approvals.rules.catalogue import Catalogue
from approvals.rules.facts import checked_facts
from approvals.rules.periods import DaysMode
from concierge.kernel.errors import N_, ConciergeError, Invalid
from concierge.kernel.web import say
from projects.models.project import Enterprise, Project
from projects.rules.checked_terms import checked_days
from projects.rules.draft import TYPED, DraftProject
from projects.rules.fact_groups import is_relaxed, relaxed_mode
from projects.rules.identity import checked_credit_code, checked_project_code
from projects.rules.terms import GatesMode
from projects.services.open_project import CodeTaken, NamedTwice, NewEnterprise, NewProject
from projects.views.facts_fields import TypedFacts, typed_facts

LONGEST = {"name": 120, "enterprise": 120, "contact": 40, "phone": 40}


class NotGiven(Invalid):
    """A field that a project cannot do without is empty."""

    message = N_("Give the %(what)s.")


class TooLong(Invalid):
    """A field that no document has room for."""

    message = N_("At most %(most)s signs, please shorten it.")


class NotADay(Invalid):
    """Something that is no day of the calendar."""

    message = N_("“%(typed)s” is not a day. Give it as year-month-day, such as 2026-04-16.")


class OnlyOne(Invalid):
    """A without B, or B without A."""

    message = N_("Choose both, or neither: B acts when A is away.")


def first_page(form: MultiDict[str, str], draft: DraftProject) -> DraftProject:
    """The draft with the first page as it was typed."""
    return draft.with_(typed={name: form.get(name, "").strip() for name in TYPED})


def second_page(
    form: MultiDict[str, str], draft: DraftProject, catalogue: Catalogue
) -> tuple[DraftProject, TypedFacts]:
    """The draft with template, facts and ways of counting as the second page has them.

    Shape: fields that cannot be read keep their former value in the draft and stand in the errors.
    Raises: UnknownTemplate.
    """
    shown = form.get("shown_template") or draft.template
    typed = typed_facts(form, catalogue, shown)
    template = catalogue.template(form.get("template") or shown)
    days = form.get("days", draft.days)
    same = template.code == shown
    return (
        draft.with_(
            template=template.code,
            facts=typed.own,
            is_relaxed=form.get("relaxed") == "1" if same else is_relaxed(template, GatesMode.TEMPLATE),
            days=days if days in {mode.value for mode in DaysMode} else DaysMode.ELAPSED.value,
        ),
        typed,
    )


def third_page(form: MultiDict[str, str], draft: DraftProject) -> DraftProject:
    """The draft with its two officers, or left open; only one of them is an error of the page."""
    chosen = [form.get(name, "") for name in ("a_id", "b_id")]
    numbers = [int(one) for one in chosen if one.isascii() and one.isdigit() and len(one) < 10]
    pair = (numbers[0], numbers[1]) if len(numbers) == 2 else None
    return draft.with_(pair=pair, is_pair_told=True)


def still_fitting(facts: Mapping[str, object], catalogue: Catalogue) -> dict[str, object]:
    """The facts of a draft that the latest edition still knows, with values it still allows."""
    kept: dict[str, object] = {}
    for name, value in facts.items():
        try:
            kept |= checked_facts({name: value}, catalogue.attribute_of)
        except Invalid:
            continue
    return kept


def gates_of(draft: DraftProject, catalogue: Catalogue) -> GatesMode:
    """The gates a draft is planned with."""
    template = catalogue.template(draft.template)
    return (
        GatesMode.TEMPLATE
        if draft.is_relaxed is None
        else relaxed_mode(template, is_relaxed=draft.is_relaxed)
    )


def day_of(typed: str, field: str) -> date | None:
    """A day as it was typed, none for nothing.

    Raises: NotADay.
    """
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise NotADay(typed=typed[:20], field=field) from None


def first_page_errors(
    draft: DraftProject, session: Session, calendar: scheduler.WorkCalendar
) -> list[dict[str, str]]:
    """Everything that is wrong with the first page, in the order of its fields, each with its message."""
    checks: tuple[Callable[[], Any], ...] = (
        lambda: _present(draft, "name", gettext("project name")),
        lambda: _code(draft, session),
        lambda: _present(draft, "enterprise", gettext("name of the enterprise")),
        lambda: _uscc(draft, session),
        lambda: _short(draft, "contact"),
        lambda: _short(draft, "phone"),
        lambda: _days(draft, calendar),
    )
    found = []
    for check in checks:
        try:
            check()
        except ConciergeError as error:
            found.append({"field": str(error.facts.get("field", "")), "message": say(error)})
    return found


def new_project(draft: DraftProject, catalogue: Catalogue) -> NewProject:
    """What to open, from a draft whose pages have been checked.

    Raises: NotADay.
    """
    start_on = day_of(draft.word("start_on"), "start_on")
    if start_on is None:
        raise NotGiven(what=gettext("start"), field="start_on")
    return NewProject(
        code=draft.word("code"),
        name=draft.word("name"),
        enterprise=NewEnterprise(
            name=draft.word("enterprise"),
            uscc=draft.word("uscc"),
            contact=draft.word("contact"),
            phone=draft.word("phone"),
        ),
        template=draft.template,
        facts=draft.facts,
        gates=gates_of(draft, catalogue).value,
        days=draft.days,
        start_on=start_on,
        target_on=day_of(draft.word("target_on"), "target_on"),
        pair=draft.pair,
    )


def _present(draft: DraftProject, field: str, what: str) -> None:
    if not draft.word(field):
        raise NotGiven(what=what, field=field)
    _short(draft, field)


def _short(draft: DraftProject, field: str) -> None:
    if len(draft.word(field)) > LONGEST[field]:
        raise TooLong(most=LONGEST[field], field=field)


def _code(draft: DraftProject, session: Session) -> None:
    if not draft.word("code"):
        raise NotGiven(what=gettext("project code"), field="code")
    code = checked_project_code(draft.word("code"))
    taken = session.scalar(select(Project.name).where(Project.code == code))
    if taken is not None:
        raise CodeTaken(code=code, name=taken, field="code")


def _uscc(draft: DraftProject, session: Session) -> None:
    if not draft.word("uscc"):
        raise NotGiven(what=gettext("unified social credit code"), field="uscc")
    uscc = checked_credit_code(draft.word("uscc"))
    known = session.scalar(select(Enterprise.name).where(Enterprise.uscc == uscc))
    if known is not None and draft.word("enterprise") and known != draft.word("enterprise"):
        raise NamedTwice(uscc=uscc, name=known, field="uscc")


def _days(draft: DraftProject, calendar: scheduler.WorkCalendar) -> None:
    start_on = day_of(draft.word("start_on"), "start_on")
    if start_on is None:
        raise NotGiven(what=gettext("start"), field="start_on")
    checked_days(start_on, day_of(draft.word("target_on"), "target_on"), calendar)

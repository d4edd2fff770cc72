"""会期规则: on which half-days each review group sits, for how many projects, and what it decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from approvals.queries import catalogue as catalogue_queries
from approvals.queries import reviews
from approvals.rules.catalogue import Catalogue, ReviewGroup
from approvals.rules.sitting_rules import DAYS_OF_A_WEEK, MOST_MINUTES, MOST_PROJECTS
from approvals.rules.sittings import SITTING_MODES, Half, SittingRule, departments_of
from approvals.services.set_sitting_rule import set_sitting_rule
from approvals.views.code_words import REVIEW_MODES, word
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Invalid, Missing
from concierge.kernel.typed_values import NotAWholeNumber, typed_number
from concierge.kernel.web import Page, actor, allowed, language, may, say

SITTING_RULE = "SittingRule"
WEEKDAYS = {
    1: lazy_gettext("Monday"),
    2: lazy_gettext("Tuesday"),
    3: lazy_gettext("Wednesday"),
    4: lazy_gettext("Thursday"),
    5: lazy_gettext("Friday"),
    6: lazy_gettext("Saturday"),
    7: lazy_gettext("Sunday"),
}
HALVES = {Half.MORNING: lazy_gettext("Morning"), Half.AFTERNOON: lazy_gettext("Afternoon")}
NUMBERS = ("projects_per_sitting", "minutes_per_project")


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """One review group that comes together, and how it sits. Shape: ``rule`` None: it has no rhythm."""

    group: ReviewGroup
    name: str
    mode: str
    departments: int
    rule: SittingRule | None
    weekdays: str
    halves: str
    matters: tuple[str, ...]


@dataclass(frozen=True)
class RuleForm:
    """One group's rhythm as typed, and what is wrong with it."""

    group: ReviewGroup
    name: str
    typed: MultiDict[str, str]
    problems: list[dict[str, str]] = field(default_factory=list)

    def error(self, name: str) -> str | None:
        """What is wrong with one field."""
        return next((one["message"] for one in self.problems if one["field"] == name), None)


class SittingRulesPage(Page):
    """The rhythm of every review group that comes together."""

    route_base = "/sitting-rules"
    class_permission_name = SITTING_RULE
    default_view = "list"

    @expose("/list/")
    @allowed("list")
    def list(self) -> str:
        """Every group with its rhythm."""
        published = catalogue_queries.published_catalogue(db.session)
        return self.show(
            "approvals/sitting_rules.html",
            lines=group_lines(published),
            may_edit=may("edit", SITTING_RULE),
        )

    @expose("/<code>/edit")
    @allowed("edit")
    def edit(self, code: str) -> str:
        """The form for one group's rhythm, as it is."""
        published = catalogue_queries.published_catalogue(db.session)
        group = _group(published, code)
        rule = reviews.sitting_rules(db.session).get(code)
        return self._form(RuleForm(group, group.spoken(language()), _as_typed(group, rule)), published)

    @expose("/<code>/edit", methods=["POST"])
    @allowed("edit")
    def save(self, code: str) -> Any:
        """Record one group's rhythm."""
        published = catalogue_queries.published_catalogue(db.session)
        group = _group(published, code)
        form = RuleForm(group, group.spoken(language()), request.form)
        rule = _read(form)
        if rule is not None:
            try:
                set_sitting_rule(rule, by=actor())
            except ConciergeError as error:
                named = str(getattr(error, "field", "") or "weekdays")
                form.problems.append({"field": named, "message": _named(error, published)})
            else:
                flash(
                    gettext("The rhythm is recorded. Sittings announced already stay as they are."), "success"
                )
                return redirect(url_for("SittingRulesPage.list"))
        return self._form(form, published), Invalid.status

    def _form(self, form: RuleForm, published: Catalogue) -> str:
        return self.show(
            "approvals/sitting_rule.html",
            form=form,
            mode=word(REVIEW_MODES, form.group.mode),
            weekdays=[{"value": str(day), "text": WEEKDAYS[day]} for day in DAYS_OF_A_WEEK],
            halves=[{"value": half.value, "text": text} for half, text in HALVES.items()],
            matters=[
                {"value": matter.code, "text": matter.spoken(language())}
                for matter in published.matters
                if matter.review_group == form.group.code or matter.code in form.typed.getlist("matters")
            ],
            most_projects=MOST_PROJECTS,
            most_minutes=MOST_MINUTES,
        )


def group_lines(published: Catalogue) -> list[GroupLine]:
    """The groups that come together, in the order of the catalogue."""
    rules, tongue = reviews.sitting_rules(db.session), language()
    matters = {matter.code: matter.spoken(tongue) for matter in published.matters}
    comma = gettext(", ")
    return [
        GroupLine(
            group=group,
            name=group.spoken(tongue),
            mode=word(REVIEW_MODES, group.mode),
            departments=len(departments_of(group)),
            rule=rule,
            weekdays=comma.join(str(WEEKDAYS[day]) for day in rule.weekdays) if rule else "",
            halves=comma.join(str(HALVES[half]) for half in rule.halves) if rule else "",
            matters=tuple(matters.get(code, code) for code in rule.matters) if rule else (),
        )
        for group in published.review_groups
        if group.mode in SITTING_MODES or group.code in rules
        for rule in [rules.get(group.code)]
    ]


def _group(published: Catalogue, code: str) -> ReviewGroup:
    found = next((group for group in published.review_groups if group.code == code), None)
    if found is None or found.mode not in SITTING_MODES:
        raise Missing
    return found


def _as_typed(group: ReviewGroup, rule: SittingRule | None) -> MultiDict[str, str]:
    """A rule as the form would send it; for a group without one, a start to correct."""
    if rule is None:
        rule = SittingRule(
            review_group=group.code,
            matters=(),
            weekdays=(),
            halves=tuple(Half),
            projects_per_sitting=3,
            minutes_per_project=60,
        )
    typed: MultiDict[str, str] = MultiDict()
    typed.setlist("matters", [*rule.matters])
    typed.setlist("weekdays", [str(day) for day in rule.weekdays])
    typed.setlist("halves", [half.value for half in rule.halves])
    for name in NUMBERS:
        typed[name] = str(getattr(rule, name))
    for name in ("needs_room", "is_active"):
        if getattr(rule, name):
            typed[name] = "yes"
    typed["note"] = rule.note
    return typed


def _read(form: RuleForm) -> SittingRule | None:
    """The rule the form says; None when a number cannot be read, which is then among its problems."""
    typed, numbers = form.typed, {}
    for name in NUMBERS:
        try:
            numbers[name] = typed_number(typed.get(name), name)
        except NotAWholeNumber as error:
            form.problems.append({"field": name, "message": say(error)})
    if form.problems:
        return None
    known = {half.value: half for half in Half}
    return SittingRule(
        review_group=form.group.code,
        matters=tuple(dict.fromkeys(typed.getlist("matters"))),
        weekdays=tuple(int(day) for day in typed.getlist("weekdays") if day in set("1234567")),
        halves=tuple(half for value, half in known.items() if value in typed.getlist("halves")),
        projects_per_sitting=numbers["projects_per_sitting"],
        minutes_per_project=numbers["minutes_per_project"],
        needs_room=bool(typed.get("needs_room")),
        is_active=bool(typed.get("is_active")),
        note=typed.get("note", ""),
    )


def _named(error: ConciergeError, published: Catalogue) -> str:
    """The sentence of a refusal, with a matter's name in place of its code."""
    matters = {matter.code: matter.spoken(language()) for matter in published.matters}
    code = error.facts.get("matter")
    return say(type(error)(**{**error.facts, "matter": matters.get(code, code)}) if code else error)

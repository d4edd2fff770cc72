"""The versions of a plan as plain values for their template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.rules.catalogue import Catalogue
from approvals.rules.facts import FactValue
from concierge.kernel import clock, spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from projects.models.project import Plan
from projects.queries.history import Compared, History
from projects.rules.booking_reasons import queue_reasons
from projects.rules.explain import render
from projects.rules.plan_body import KeptStep
from projects.rules.plan_change import StepChange
from scheduler import WorkCalendar

CAUSES: Mapping[str, str] = {
    "ProjectOpened": N_("Project opened"),
    "StepMoved": N_("A step was recorded"),
    "FactsChanged": N_("The facts changed"),
    "TermsChanged": N_("The start, the target or the way of counting changed"),
    "SittingAnnounced": N_("The sitting of a joint review was announced"),
    "SittingWithdrawn": N_("The sitting of a joint review was called off"),
    "CalendarChanged": N_("The notice of a year's holidays was loaded"),
    "PortfolioPlanAdopted": N_("A plan of all projects was adopted"),
    "PortfolioPlanOvertaken": N_("A plan of all projects was adopted; this one was placed by itself"),
    "NewDay": N_("A new day: what has not begun begins today at the earliest"),
}
DAYS: Mapping[str, str] = {
    "promised": N_("promised days only"),
    "clock": N_("promised days and special procedures"),
    "elapsed": N_("the same, with the owner's preparation"),
    "statutory": N_("limits of the law"),
}
GATES: Mapping[str, str] = {
    "template": N_("gates as the template says"),
    "normal": N_("every gate stands"),
    "relaxed": N_("relaxable gates relaxed"),
}


@dataclass(frozen=True)
class HistorySheet:
    """The versions page of one reader."""

    history: History
    compared: Compared | None
    calendar: WorkCalendar

    @property
    def project(self) -> Any:
        """The project."""
        return self.history.project

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue the project keeps."""
        return self.history.catalogue

    @property
    def href(self) -> str:
        """Where this page is."""
        return url_for("PlanHistoryView.versions", project_id=self.project.id)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The versions, each against the one before."""
        versions = self.history.versions
        for place, plan in enumerate(versions):
            before = versions[place + 1] if place + 1 < len(versions) else None
            yield {
                "number": plan.number,
                "made_at": clock.local(plan.made_at).strftime("%Y-%m-%d %H:%M"),
                "as_of": plan.as_of,
                "cause": gettext(CAUSES.get(plan.cause, plan.cause)),
                "before": headline(before) if before else None,
                "now": headline(plan),
                "shift": self.shift(headline(before), headline(plan)) if before else "",
                "is_late": bool(before and _is_later(headline(before), headline(plan))),
                "is_provisional": plan.is_provisional,
                "href": f"{self.href}?old={before.number}&new={plan.number}#compare" if before else "",
            }

    def shift(self, old: date | None, new: date | None) -> str:
        """How far a day moved, in words; empty when it stayed."""
        if old is None or new is None or old == new:
            return ""
        if new > old:
            days = self.calendar.workdays_between(old, new)
            return ngettext("%(num)s working day later", "%(num)s working days later", days)
        days = self.calendar.workdays_between(new, old)
        return ngettext("%(num)s working day earlier", "%(num)s working days earlier", days)

    def moved(self) -> Iterator[dict[str, Any]]:
        """The steps that moved, came or went."""
        for change in self.compared.change.steps if self.compared else ():
            yield self._moved(change)

    def _moved(self, change: StepChange) -> dict[str, Any]:
        matter = self.catalogue.matter_of.get(change.code)
        old, new = change.old, change.new
        return {
            "name": matter.spoken(language()) if matter else change.code,
            "is_new": change.is_new,
            "is_gone": change.is_gone,
            "is_critical": bool(new and new.is_critical),
            "old_start": old.start_on if old else None,
            "new_start": new.start_on if new else None,
            "old_finish": old.finish_on if old else None,
            "new_finish": new.finish_on if new else None,
            "shift": self.shift(old.finish_on if old else None, new.finish_on if new else None),
            "is_late": _is_later(old.finish_on if old else None, new.finish_on if new else None),
            "held_by": self._held_by(new),
        }

    def _held_by(self, step: KeptStep | None) -> str:
        """What the step waited for in the newer version: a full department, a sitting, an officer."""
        if step is None or step.booking is None:
            return ""
        reasons = tuple(queue_reasons(step.booking, self.catalogue, year=self.project.start_on.year))
        return render(reasons, gettext, language())

    def causes(self) -> list[str]:
        """The facts and the way of counting that differ between the two versions."""
        if self.compared is None:
            return []
        change = self.compared.change
        found = [self._fact(name, old, new) for name, (old, new) in change.facts.items()]
        for words, pair in ((DAYS, change.days), (GATES, change.gates)):
            if pair is not None:
                old, new = (gettext(words.get(word, word)) for word in pair)
                found.append(gettext("Counted by: %(old)s → %(new)s", old=old, new=new))
        return found

    def _fact(self, name: str, old: object, new: object) -> str:
        attribute = self.catalogue.attribute_of.get(name)
        if attribute is None:
            return gettext("%(fact)s: %(old)s → %(new)s", fact=name, old=old, new=new)
        return gettext(
            "%(fact)s: %(old)s → %(new)s",
            fact=attribute.spoken(language()),
            old=self._value(attribute, old),
            new=self._value(attribute, new),
        )

    def _value(self, attribute: Any, value: Any) -> str:
        if value is None:
            return gettext("not recorded")
        told: FactValue = tuple(value) if isinstance(value, list) else value
        return str(attribute.spoken_value(told, language()))

    def conclusion(self) -> str:
        """The permit (or start) then and now, in one sentence."""
        if self.compared is None:
            return ""
        old, new = headline(self.compared.old), headline(self.compared.new)
        facts = {"old": spoken.day(old), "new": spoken.day(new)}
        if old == new:
            return gettext("The forecast stayed on %(new)s.", **facts)
        return gettext(
            "The forecast moved from %(old)s to %(new)s: %(by)s.", by=self.shift(old, new), **facts
        )


def headline(plan: Plan | None) -> date | None:
    """The day everyone watches: the permit, or the lawful start of a project that needs none."""
    return (plan.permit_on or plan.lawful_start_on) if plan is not None else None


def _is_later(old: date | None, new: date | None) -> bool:
    return old is not None and new is not None and new > old

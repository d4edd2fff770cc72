"""One version of the plan of all projects for its page: how far its making is, or what it would change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext, ngettext

from concierge.kernel import clock, spoken
from concierge.kernel.actor import SYSTEM
from concierge.kernel.web import language, may
from projects.models.portfolio import PortfolioState
from projects.queries.portfolio_plan import Comparison, Fault, PlanVersion
from projects.rules.portfolio_days import ProjectLine
from projects.views.portfolio_words import PortfolioWords, shifted, state_of, weighed, workdays
from scheduler import WorkCalendar

MOST_MOVED = 150
MOST_RELEASES = 5
TENTH = 10
POLL_SECONDS = 2
_LANGUAGES = ("zh", "en")
_CIVIL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def version_row(version: PlanVersion, words: PortfolioWords) -> dict[str, Any]:
    """One version in a list."""
    return {
        "number": version.number,
        "href": url_for("PortfolioPlanView.one", number=version.number),
        "state": state_of(version),
        "cause": words.cause(version),
        "is_question": version.scenario is not None,
        "asked_at": clock.local(version.asked_at).strftime("%Y-%m-%d %H:%M"),
        "asked_by": asked_by(version),
        "projects": version.projects,
        "late": version.late,
        "tardiness": version.tardiness_workdays,
        "moved": version.moved_projects,
        "moved_announced": version.moved_announced,
        "is_open": version.is_open,
    }


def asked_by(version: PlanVersion) -> str:
    """Who asked for a version; nobody did for the one that is looked for at night."""
    return gettext("system") if version.asked_by == SYSTEM.label else version.asked_by


@dataclass(frozen=True)
class VersionSheet:
    """The page of one version, for one reader. Shape: ``compared`` is None until the version is ready."""

    version: PlanVersion
    words: PortfolioWords
    calendar: WorkCalendar
    compared: Comparison | None = None

    @property
    def title(self) -> str:
        """What the page is called."""
        number = self.version.number
        if self.is_question:
            return gettext("What-if no. %(number)s", number=number)
        return gettext("Portfolio plan no. %(number)s", number=number)

    @property
    def row(self) -> dict[str, Any]:
        """The version as a list shows it."""
        return version_row(self.version, self.words)

    @property
    def is_question(self) -> bool:
        """Whether it answers a what-if question, and so is never adopted."""
        return self.version.scenario is not None

    def question(self) -> list[str]:
        """What is different in the question it answers."""
        return self.words.scenario(self.version.scenario) if self.version.scenario else []

    def lead(self) -> str:
        """Who asked for it, when, and of which day it is."""
        return gettext(
            "Asked for by %(name)s on %(at)s, as of %(day)s",
            name=asked_by(self.version),
            at=self.row["asked_at"],
            day=spoken.day(self.version.as_of),
        )

    # While it is made

    @property
    def poll_seconds(self) -> int:
        """How often the page asks how far it is."""
        return POLL_SECONDS

    def progress(self) -> str:
        """How far the making is, in tenths, so that a reader of the screen is not told too often."""
        version = self.version
        if version.is_cancel_asked:
            return gettext("It is being cancelled; what was found so far is dropped.")
        if version.state is PortfolioState.ASKED:
            return gettext("It waits its turn and begins within seconds.")
        share = version.done * TENTH // max(version.effort, 1) * TENTH
        return gettext("About %(share)s%% of the search is done.", share=share)

    def so_far(self) -> str:
        """The best plan found so far, in one clause."""
        best = self.version.best_workdays
        if best is None:
            return gettext("The first plan is being made.")
        return gettext("Best so far: %(days)s of weighted lateness.", days=workdays(best))

    @property
    def may_cancel(self) -> bool:
        """Whether this reader may stop it."""
        return self.version.is_open and not self.version.is_cancel_asked and may("ask", "PortfolioPlan")

    # When it could not be made

    def ways_out(self) -> list[dict[str, str]]:
        """Where what stands in the way is recorded, for those who may: reviewers, sittings, absences."""
        screens = (
            ("BenchPage.list", "Bench", gettext("Reviewers of departments")),
            ("SittingRulesPage.list", "SittingRule", gettext("Rhythm of sittings")),
            ("RoomListView.list", "Room", gettext("Meeting rooms")),
            ("AbsenceView.list", "Absence", gettext("Absences")),
        )
        return [
            {"href": url_for(endpoint), "text": text}
            for endpoint, permission, text in screens
            if endpoint in current_app.view_functions and may("list", permission)
        ]

    def faults(self) -> list[str]:
        """Why it could not be made, in words."""
        return [_said(fault) for fault in self.version.faults]

    # What it would change

    @property
    def may_ask(self) -> bool:
        """Whether this reader may ask a question."""
        return may("ask", "PortfolioPlan")

    @property
    def may_decide(self) -> bool:
        """Whether this reader may adopt or discard it now."""
        is_ready = self.version.state is PortfolioState.READY
        return is_ready and may("adopt", "PortfolioPlan")

    @property
    def may_adopt(self) -> bool:
        """Whether this reader may adopt it now."""
        return self.may_decide and self.version.may_be_adopted

    def within(self) -> str:
        """How many days move inside projects whose permit and start do not; empty where none does."""
        assert self.compared is not None  # noqa: S101  (asked only of a version that is ready)
        still = [line for line in self.compared.summary.lines if line.moved_steps and not line.is_moved]
        if not still:
            return ""
        steps = ngettext(
            "%(num)s agreed day moves", "%(num)s agreed days move", sum(line.moved_steps for line in still)
        )
        return ngettext(
            "Within the float of %(num)s project, %(steps)s.",
            "Within the float of %(num)s projects, %(steps)s.",
            len(still),
            steps=steps,
        )

    def conclusion(self) -> str:
        """What it changes, in one sentence."""
        assert self.compared is not None  # noqa: S101  (asked only of a version that is ready)
        moved = self.version.moved_projects or 0
        if not moved:
            return gettext("No day anybody watches moves.")
        earlier = sum(self._shift(line) < 0 for line in self.compared.summary.lines if line.is_moved)
        later = sum(self._shift(line) > 0 for line in self.compared.summary.lines if line.is_moved)
        return ngettext(
            "%(num)s project earlier, %(later)s later, %(same)s unmoved",
            "%(num)s projects earlier, %(later)s later, %(same)s unmoved",
            earlier,
            later=later,
            same=self.compared.unmoved,
        )

    def figures(self) -> list[dict[str, Any]]:
        """What it is worth."""
        version = self.version
        gap = None
        if version.tardiness_workdays is not None and version.bound_workdays is not None:
            gap = version.tardiness_workdays - version.bound_workdays
        return [
            {"term": gettext("Projects in the plan"), "value": version.projects, "unit": ""},
            {"term": gettext("Past their target"), "value": version.late, "unit": ""},
            {
                "term": gettext("From the proved bound"),
                "value": "—" if gap is None else gap,
                "unit": gettext("working days at most") if gap else gettext("proved best"),
            },
            {"term": gettext("Projects that move"), "value": version.moved_projects, "unit": ""},
            {
                "term": gettext("Announced days moved"),
                "value": version.moved_announced,
                "unit": gettext("only where they had become impossible") if version.moved_announced else "",
            },
        ]

    def releases(self) -> list[dict[str, str]]:
        """The cheapest things to give if it came so, and what each would bring."""
        assert self.compared is not None  # noqa: S101  (asked only of a version that is ready)
        return [
            {"given": self.words.release(release), "brings": self.words.released(release)}
            for release in self.compared.summary.releases[:MOST_RELEASES]
        ]

    def moved(self) -> list[dict[str, Any]]:
        """The projects whose headline day moves, in sight of this reader."""
        assert self.compared is not None  # noqa: S101  (asked only of a version that is ready)
        return [self._moved(line) for line in self.compared.moved[:MOST_MOVED]]

    @property
    def left_out(self) -> int:
        """How many moved projects the table does not show."""
        shown = min(len(self.compared.moved), MOST_MOVED) if self.compared else 0
        return max(0, (self.version.moved_projects or 0) - shown)

    def _moved(self, line: ProjectLine) -> dict[str, Any]:
        before, now = line.watched
        by = self._shift(line)
        return {
            "href": url_for("ProjectView.one", project_id=line.project_id),
            "name": line.name,
            "weight": weighed(line),
            "only_start": line.only_start_moves,
            "before_on": before,
            "now_on": now,
            "shift": shifted(by),
            "is_later": by > 0,
            "late": workdays(line.late_workdays) if line.late_workdays else "",
            "why": self._why(line),
            "announced": [self._announced(told) for told in line.moved_announced],
        }

    def _shift(self, line: ProjectLine) -> int:
        before, now = line.watched
        if before is None or now is None or before == now:
            return 0
        if now > before:
            return self.calendar.workdays_between(before, now)
        return -self.calendar.workdays_between(now, before)

    def _why(self, line: ProjectLine) -> list[str]:
        """What is waited for now, and what was before, where the two differ."""
        before = {(wait.kind, wait.key): wait for wait in line.waits_before}
        now = {(wait.kind, wait.key): wait for wait in line.waits}
        found = []
        for key, wait in now.items():
            old = before.get(key)
            if old is None:
                found.append(self.words.wait(wait))
            elif old.workdays != wait.workdays:
                facts = {"wait": self.words.wait(wait), "before": workdays(old.workdays)}
                found.append(gettext("%(wait)s (before: %(before)s)", **facts))
        gone = [wait for key, wait in before.items() if key not in now]
        found += [gettext("no longer: %(wait)s", wait=self.words.wait(wait)) for wait in gone]
        asked = self.version.scenario
        if not found and asked is not None and (asked.days_off or asked.days_worked):
            found.append(gettext("other days off on its way"))
        if not found and line.only_start_moves:
            found.append(gettext("another step that the start waits for"))
        return found

    def _announced(self, code: str) -> str:
        matter = self.words.catalogue.matter_of.get(code)
        return matter.spoken(self._lang) if matter else code

    @property
    def _lang(self) -> str:
        return "zh" if spoken.is_chinese() else "en"


def _said(fault: Fault) -> str:
    facts = {name: _said_fact(fact) for name, fact in fault.facts.items()}
    return str(gettext(fault.message, **facts) if facts else gettext(fault.message))


def _said_fact(fact: Any) -> Any:
    """A fact in the reader's language: a name is kept in both, a day as the calendar writes it."""
    if isinstance(fact, list) and len(fact) == len(_LANGUAGES):
        return fact[_LANGUAGES.index(language())]
    if isinstance(fact, str) and _CIVIL_DAY.fullmatch(fact):
        return spoken.day_full(date.fromisoformat(fact))
    return fact

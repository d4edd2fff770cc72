"""The review board as plain values for its templates: the queue, the meetings, the tabs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.rules.sittings import Sitting
from concierge.kernel import spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language, may
from projects.press.charted import owner_name
from projects.queries.review_board import Board, Case
from projects.queries.review_gain import Gain
from projects.rules.review_board import Harmed
from projects.rules.sitting_forecast import SittingForecast
from projects.views.review_board_grid import Grid
from projects.views.review_board_share import Share

PAGE_SIZE = 8
ON = "Review"
HARMED: Mapping[Harmed, str] = {
    Harmed.TARGET: N_("later, the permit misses its target"),
    Harmed.FORECAST: N_("later, the forecast slips"),
}


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What the board is asked for; all of it stands in the query string.

    Shape: ``case`` and ``slot`` name one of the queue and one of its half-days; ``shared`` are the reviews to
    hold in the same sitting, None while nobody has chosen.
    """

    case: str = ""
    slot: str = ""
    shared: tuple[str, ...] | None = None
    wants_all: bool = False
    page: int = 1

    def query(self, **changed: Any) -> dict[str, Any]:
        """The same question as an address, with something changed."""
        shared = None if self.shared is None else [*self.shared]
        told = {"case": self.case, "slot": self.slot, "with": shared, "all": int(self.wants_all)}
        return {name: value for name, value in {**told, **changed}.items() if value}


@dataclass(frozen=True, kw_only=True)
class BoardSheet:
    """The review board of one reader. Shape: ``refused`` is why the last try to announce failed."""

    board: Board
    ask: Ask
    chosen: Case | None
    forecast: SittingForecast | None
    gain: Gain
    refused: str = ""

    @property
    def href(self) -> str:
        """Where the board is."""
        return url_for("ReviewBoardView.list")

    def lead(self) -> str:
        """The figures in one line."""
        waits = ngettext(
            "%(num)s review waits for a slot", "%(num)s reviews wait for a slot", len(self.board.cases)
        )
        saved, most = self.gain.saved_workdays, self.gain.most_workdays
        if not saved:
            return waits
        if most is None:
            return gettext(
                "%(waits)s; side by side saves %(saved)s working days in all", waits=waits, saved=saved
            )
        if saved == most:
            return gettext(
                "%(waits)s; side by side saves %(saved)s working days in all, as many as any plan can",
                waits=waits,
                saved=saved,
            )
        return gettext(
            "%(waits)s; side by side saves %(saved)s working days in all, of %(most)s any plan can",
            waits=waits,
            saved=saved,
            most=most,
        )

    def tabs(self) -> list[dict[str, Any]]:
        """Choosing a slot, and what is announced."""
        announced = url_for("ReviewBoardView.announced")
        return [
            {"text": gettext("Choose slots"), "href": self.href, "is_current": True},
            {
                "text": gettext("Announced meetings"),
                "href": announced,
                "is_current": False,
                "count": len(self.board.sittings()),
            },
            {"text": gettext("Opinions and minutes"), "href": url_for("JointReviewView.list")},
        ]

    @property
    def pages(self) -> int:
        """How many pages the queue has."""
        return max(1, -(-len(self.board.cases) // PAGE_SIZE))

    @property
    def page(self) -> int:
        """The page of the queue that is shown."""
        return min(max(1, self.ask.page), self.pages)

    def queue(self) -> list[dict[str, Any]]:
        """What waits, the soonest harmed first."""
        first = (self.page - 1) * PAGE_SIZE
        return [self._waiting(case) for case in self.board.cases[first : first + PAGE_SIZE]]

    def _waiting(self, case: Case) -> dict[str, Any]:
        is_past = case.harmless.on < case.first_on
        page = self.page if self.page > 1 else None
        return {
            "href": url_for(
                "ReviewBoardView.list",
                case=case.key,
                page=page,
                all=1 if self.ask.wants_all else None,
                _anchor="choose",
            ),
            "project": case.project,
            "step": self.step_name(case.code),
            "latest_on": case.harmless.on,
            "latest_why": self._past(case) if is_past else gettext(HARMED[case.harmless.harmed]),
            "answered": self._answered(case),
            "is_past": is_past,
            "is_critical": case.is_critical,
            "is_current": self.chosen is not None and case.key == self.chosen.key,
        }

    @staticmethod
    def _past(case: Case) -> str:
        """Why the last harmless day is no choice any more."""
        return gettext("cannot be kept: the first day possible is %(day)s", day=spoken.day(case.first_on))

    def _answered(self, case: Case) -> str:
        """How many departments sit, and how far their answers go."""
        possible, table = self.board.possible(case), len(case.table)
        said = {code for sitting in possible for code in (*sitting.coming, *sitting.online, *sitting.missing)}
        gaps = sum(bool(sitting.unanswered) for sitting in possible)
        if not said:
            return gettext("%(all)s, no answer yet", all=table)
        if len(said) < table:
            return gettext("%(all)s, %(n)s have answered", all=table, n=len(said))
        if gaps:
            return ngettext(
                "%(all)s, %(num)s half-day not answered by all",
                "%(all)s, %(num)s half-days not answered by all",
                gaps,
                all=table,
            )
        return gettext("%(all)s, all have answered", all=table)

    def later(self) -> dict[str, str] | None:
        """What is too far away to wait yet, or the way back from it."""
        if self.ask.wants_all:
            return {"text": gettext("Only what is near"), "href": url_for("ReviewBoardView.list")}
        if not self.board.later:
            return None
        text = ngettext("%(num)s more is further ahead", "%(num)s more are further ahead", self.board.later)
        return {"text": text, "href": url_for("ReviewBoardView.list", all=1)}

    def why_empty(self) -> str:
        """Why nothing waits."""
        if not self.board.has_rules:
            return gettext(
                "No review group sits by a rule yet. Set down when groups sit, and for which matters."
            )
        return gettext("No project has a step in the next weeks whose review group must sit.")

    def meetings(self, most: int | None = None) -> list[dict[str, Any]]:
        """What is announced, the next first."""
        return [self.meeting(sitting) for sitting in self.board.sittings()[:most]]

    def meeting(self, sitting: Sitting) -> dict[str, Any]:
        """One announced sitting in three lines."""
        return {
            "href": url_for("ReviewBoardView.one", sitting_id=sitting.id),
            "when": f"{spoken.day(sitting.on)}　{sitting.begins_at:%H:%M}",
            "title": gettext("; ").join(self._titles(sitting)),
            "place": sitting.room or gettext("online or on the spot"),
        }

    def _titles(self, sitting: Sitting) -> Iterable[str]:
        hidden = 0
        for item in sitting.items:
            if item.project_id in self.board.names:
                yield f"{self.board.names[item.project_id]}　{self.step_name(item.code)}"
            else:
                hidden += 1
        if hidden:
            yield ngettext("%(num)s other project", "%(num)s other projects", hidden)

    def step_name(self, code: str) -> str:
        """A matter in the reader's language."""
        matter = self.board.catalogue.matter_of.get(code)
        return matter.spoken(language()) if matter else code

    def department(self, code: str) -> str:
        """A department as people call it."""
        return owner_name(self.board.catalogue.department_of.get(code), code, language())

    @cached_property
    def grid(self) -> Grid:
        """The half-days of the chosen review."""
        if self.chosen is None or self.forecast is None:
            raise TypeError("nothing is chosen, so there is no grid")
        return Grid(self.board, self.chosen, self.forecast, self.ask.slot, self.department, self.step_name)

    @cached_property
    def share(self) -> Share:
        """What one sitting may hold beside it."""
        return Share(self.board, self.grid, self.ask.shared, self.step_name)

    def gains(self) -> list[dict[str, Any]]:
        """What reviewing side by side gains the chosen project, and the bound that says how good that is."""
        case, forecast = self.chosen, self.forecast
        if case is None or forecast is None or not case.serial_workdays or case.workdays_to_permit is None:
            return []
        saved = case.serial_workdays - case.workdays_to_permit
        most = self.gain.most_by_project.get(case.project_id, 0)
        if most < saved:  # no plan of all projects knows it, or not as it is now
            most = case.serial_workdays - (forecast.least_workdays or case.workdays_to_permit)
        days = gettext("working days")
        return [
            {"term": gettext("One after another"), "value": f"{case.serial_workdays} {days}", "note": ""},
            {"term": gettext("This plan"), "value": f"{case.workdays_to_permit} {days}", "note": ""},
            {
                "term": gettext("Saved"),
                "value": f"{saved} {days}",
                "note": gettext("the most any plan can save with the sittings as they are: %(n)s", n=most)
                if saved < most
                else gettext("no plan can save more with the sittings as they are"),
            },
        ]

    def announce_href(self) -> str:
        """Where a slot is announced."""
        return url_for("ReviewBoardView.announce")

    def look_href(self) -> str:
        """Where another half-day is looked at."""
        return url_for("ReviewBoardView.look")

    def print_href(self) -> str:
        """The slots on paper."""
        return url_for(
            "ReviewBoardView.print_slots", **self.ask.query(case=self.chosen.key if self.chosen else "")
        )

    def answers_href(self) -> str:
        """Where departments' answers are recorded, for those who may."""
        if self.chosen is None or not may("record", "Availability"):
            return ""
        slots = self.grid.slots
        return url_for("AnswersPage.list", first=slots[0].sitting.on if slots else None)

    def may_announce(self) -> bool:
        """Whether this reader may announce a sitting."""
        return may("announce", ON)

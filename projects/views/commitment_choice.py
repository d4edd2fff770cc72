"""What is chosen on the form of a new deferral, and what the rules answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, ngettext

from approvals.models.step import Step
from approvals.rules.catalogue import START, Catalogue
from approvals.rules.deferral import Asked, GrantLevel, may_defer
from concierge.kernel import spoken
from concierge.kernel.errors import Refusal
from concierge.kernel.web import language, say
from projects.models.project import Project
from projects.queries.deferring import Deferring, Footing
from projects.rules.deferral_worth import Worth
from projects.views.commitment_sheet import numbers
from projects.views.deferral_words import LEVELS


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Project, step and paper, as far as they are chosen.

    Shape: ``projects`` are (number, name) of all a person may choose from.
    """

    projects: Sequence[tuple[int, str]]
    project: Project | None = None
    catalogue: Catalogue | None = None
    steps: Sequence[Step] = ()
    at: Deferring | None = None
    material: str = ""

    def project_options(self) -> list[dict[str, Any]]:
        """The projects to choose from."""
        return [{"value": id_, "text": name} for id_, name in self.projects]

    def step_options(self) -> list[dict[str, str]]:
        """The steps of the project that have no result yet."""
        lang = language()
        return [
            {"value": step.number, "text": f"{step.number} {self.catalogue.matter(step.code).spoken(lang)}"}
            for step in self.steps
            if self.catalogue is not None
        ]

    def paper_options(self) -> list[dict[str, Any]]:
        """The papers of the step, those that may come later first."""
        if self.at is None:
            return []
        groups: dict[bool, list[dict[str, str]]] = {True: [], False: []}
        for paper in self.at.papers():
            material = paper.material
            groups[material.deferrable].append({"value": material.code, "text": material.spoken(language())})
        named = ((True, gettext("On the published list")), (False, gettext("Not on it")))
        return [{"text": text, "options": groups[on]} for on, text in named if groups[on]]

    def refusal(self, asked: Asked) -> str:
        """Why the paper may not come later; empty where it may."""
        try:
            may_defer(asked)
        except Refusal as refused:
            return say(refused)
        return ""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What the rules say to one paper, and what deferring it is worth.

    Shape: no worth where it is refused.
    """

    asked: Asked
    refused: str
    footing: Footing
    worth: Worth | None

    def facts(self) -> list[dict[str, Any]]:
        """The answers as a row of figures."""
        cap = self.footing.cap
        why = ngettext("%(num)s working day at most", "%(num)s working days at most", cap.workdays)
        if cap.before_issue:
            why = gettext("before the certificate is issued")
        found: list[dict[str, Any]] = [
            {
                "term": gettext("Last day to promise"),
                "value": spoken.day(self.footing.last_on),
                "unit": "",
                "note": why,
            }
        ]
        if self.worth is not None:
            found += self._worth(self.worth)
        return found

    def _worth(self, worth: Worth) -> list[dict[str, Any]]:
        is_start = worth.withheld == START or worth.permit_on is None
        with_it = (worth.start_on, worth.start_without_on)
        return numbers(
            worth.gained_workdays,
            with_it if is_start else (worth.permit_on, worth.permit_without_on),
            worth.latest_on,
            is_start=is_start,
            is_critical=worth.is_critical,
        )

    def level(self) -> str:
        """Who must grant it."""
        return gettext(LEVELS[GrantLevel(self.footing.level)])

    def levels(self, may_coordinate: bool) -> list[dict[str, str]]:
        """The levels to choose from."""
        return [
            {"value": level.value, "text": gettext(words)}
            for level, words in LEVELS.items()
            if may_coordinate or level is not GrantLevel.COORDINATOR
        ]

"""The project page as plain values for its template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from approvals.rules.catalogue import STAGES
from concierge.kernel import clock, spoken
from concierge.kernel.web import full_name, language, may
from concierge.staff.queries import spoken_name
from projects.press.charted import STAGE_NAMES, charted, length_text, owner_name, short_name
from projects.press.gantt import GanttOrder
from projects.press.legend import gantt_key, network_key
from projects.press.network import NetView, chains
from projects.queries.project_file import ProjectFile
from projects.queries.review_board import AHEAD_DAYS
from projects.rules.ending import Ending
from projects.rules.explain import chain_of, render
from projects.rules.lateness import overdue_workdays
from projects.rules.papers import papers_of_project
from projects.rules.progress import OWNERS, Standing, progress, standing, to_push
from projects.rules.project_plan import PlannedStep
from projects.views.drawings import gantt_drawing, network_drawings
from projects.views.step_papers import PAPER
from projects.views.step_states import pill_of
from projects.views.words import chart_words, charting, drawn, ended_said, happened

CHINESE_ORDINALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Sheet:
    """The project page of one reader.

    Shape: ``view`` filters the network, ``order`` groups the Gantt, ``show`` the table.
    """

    file: ProjectFile
    view: NetView
    order: GanttOrder
    show: str

    @property
    def lang(self) -> str:
        """The reader's language."""
        return language()

    @property
    def href(self) -> str:
        """Where this page is."""
        return url_for("ProjectView.one", project_id=self.file.project.id)

    def subtitle(self) -> str:
        """What kind of project it is, in one line."""
        file, value = self.file, self.file.plan.expansion.value
        attributes = file.catalogue.attribute_of
        kinds = [
            attributes[name].spoken_value(value(name), self.lang)
            for name in ("land_supply", "investment_type", "project_class")
        ]
        return " · ".join(kinds)

    def margin(self) -> dict[str, Any]:
        """How far the forecast is from the first plan and from the target, in working days."""
        file = self.file
        permit, calendar = file.plan.permit_on, file.plan.calendar
        told = file.first.permit_on if file.first else None
        if permit is None or calendar is None:
            return {}
        found: dict[str, Any] = {}
        if told is not None:
            found["against_plan"] = (
                calendar.workdays_between(told, permit)
                if permit >= told
                else -calendar.workdays_between(permit, told)
            )
        target = file.project.target_on
        if target is not None:
            found["to_target"] = (
                calendar.workdays_between(permit, target)
                if target >= permit
                else -calendar.workdays_between(target, permit)
            )
        return found

    def reason(self) -> str:
        """Why the permit falls on its day: the chain of the step that holds it now."""
        plan = self.file.plan
        holding = next(
            (code for code in plan.critical_path if standing(plan, plan.step(code)) is not Standing.DONE),
            None,
        )
        if holding is None:
            return ""
        step = plan.step(holding)
        name = f"{step.number} {step.spoken(self.lang)}"
        return gettext("%(step)s: %(why)s", step=name, why=self.why(step))

    def why(self, step: PlannedStep) -> str:
        """Why one step has its dates, in a sentence."""
        return render(chain_of(self.file.plan, step.code, self.file.catalogue), gettext, self.lang)

    def facts(self) -> list[dict[str, Any]]:
        """The figures beside the conclusion."""
        plan, done = self.file.plan, progress(self.file.plan)
        serial = self.file.saved.serial_workdays if self.file.saved else None
        workdays = gettext("working days")
        found = [
            {
                "term": gettext("Progress"),
                "value": done.done,
                "unit": gettext("of %(total)s steps", total=done.total),
                "note": ""
                if self.file.is_closed
                else ngettext("%(num)s step in progress", "%(num)s steps in progress", done.running),
            },
        ]
        if not self.file.is_closed:
            found.append(
                {
                    "term": gettext("Left on the critical path"),
                    "value": done.critical_workdays,
                    "unit": workdays,
                    "note": gettext(
                        "%(steps)s steps, %(own)s of them the enterprise's",
                        steps=done.critical_steps,
                        own=done.critical_owner_steps,
                    ),
                }
            )
        if serial and plan.workdays_to_permit:
            found.append(
                {
                    "term": gettext("Side by side"),
                    "value": f"{serial}→{plan.workdays_to_permit}",
                    "unit": workdays,
                    "note": gettext("against one after another"),
                }
            )
        return [*found, self._papers()]

    def _papers(self) -> dict[str, Any]:
        """The three numbers: item by item, each once, and truly from the owner."""
        count = papers_of_project(self.file.catalogue, self.file.plan.expansion)
        return {
            "term": gettext("Papers"),
            "value": f"{count.item_by_item}→{count.distinct}→{count.owners}",
            "unit": gettext("papers"),
            "note": gettext("item by item, each once, truly from the owner"),
            "href": url_for("PapersView.list", project_id=self.file.project.id) if may("list", PAPER) else "",
        }

    def pushes(self) -> Iterable[dict[str, Any]]:
        """What somebody can do now; nothing once the project has ended."""
        for step in () if self.file.is_closed else to_push(self.file.plan):
            owner = owner_name(
                self.file.catalogue.department_of.get(step.department), step.department, self.lang
            )
            late = overdue_workdays(self.file.plan, step)
            if late:
                due = ngettext("%(num)s working day overdue", "%(num)s working days overdue", late)
            elif standing(self.file.plan, step) is Standing.RUNNING:
                due = gettext("due %(day)s", day=spoken.day(step.finish_on))
            else:
                due = gettext("ready to start")
            slack = (
                gettext("critical path")
                if step.critical
                else gettext("%(days)s working days of float", days=step.total_float)
            )
            yield {
                "href": self.step_href(step),
                "title": step.spoken(self.lang),
                "note": gettext("%(owner)s, %(due)s, %(slack)s", owner=owner, due=due, slack=slack),
                "is_critical": step.critical,
            }

    def reviews(self) -> Iterable[dict[str, Any]]:
        """The joint reviews whose turn comes within weeks: announced ones, and those that wait for a slot."""
        if self.file.is_closed or not may("list", "Review"):
            return
        until = clock.today() + timedelta(days=AHEAD_DAYS)
        for code, review in self.file.reviews.items():
            step = self.file.plan.step(code) if self.file.plan.expansion.step(code) else None
            if step is None or step.accept_on is None or step.accept_on > until:
                continue
            if step.stage == "acceptance" and standing(self.file.plan, step) is Standing.WAITING:
                continue
            name = step.spoken(self.lang)
            if review.sitting_id is not None:
                note = gettext("Joint review on %(day)s", day=spoken.day(review.sitting_on))
                href = url_for("ReviewBoardView.one", sitting_id=review.sitting_id)
            else:
                note = gettext("waits for a slot of its joint review")
                case = f"{self.file.project.id}-{code}"
                href = url_for("ReviewBoardView.list", case=case, _anchor="choose")
            yield {"href": href, "title": name, "note": note, "is_announced": review.sitting_id is not None}

    def people(self) -> Iterable[dict[str, Any]]:
        """Who looks after the project."""
        file = self.file
        if file.pairing is not None:
            yield {"name": spoken_name(file.pairing.a), "title": gettext("End-to-end officer"), "post": "A"}
            yield {"name": spoken_name(file.pairing.b), "title": gettext("End-to-end officer"), "post": "B"}
        if file.project.liaison is not None:
            yield {"name": full_name(file.project.liaison), "title": gettext("Investment liaison")}
        if file.project.enterprise.contact:
            yield {
                "name": file.project.enterprise.contact,
                "title": gettext("Enterprise contact"),
                "phone": file.project.enterprise.phone,
            }

    def latest(self) -> list[dict[str, Any]]:
        """What happened last."""
        return [happened(line, self.file.catalogue) for line in self.file.latest]

    def drawings(self) -> list[dict[str, Any]]:
        """The network, one drawing or one a stage."""
        parts = network_drawings(self._chart, chart_words(), self.view)
        return [{"title": part.title, "svg": drawn(part.svg)} for part in parts]

    def network_key(self) -> Markup:
        """What the signs of the network mean."""
        return drawn(network_key(chart_words(), has_letters=len(self.file.plan.steps) > 45))

    def gantt(self) -> Markup:
        """The Gantt chart."""
        return drawn(gantt_drawing(self._chart, chart_words(), self.order))

    def gantt_key(self) -> Markup:
        """What the signs of the Gantt chart mean."""
        return drawn(gantt_key(chart_words(), has_provisional=self.file.plan.is_provisional))

    def chains(self) -> str:
        """What a script needs to dim everything outside a step's chain."""
        return drawn(chains(self._chart))

    @property
    def _chart(self) -> Any:
        if "chart" not in self.__dict__:
            self.__dict__["chart"] = charted(self.file.plan, charting(self.file))
        return self.__dict__["chart"]

    @property
    def has_charts(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self._chart.steps)

    def chain(self) -> list[dict[str, Any]]:
        """The critical path as arrows."""
        plan, states = self.file.plan, {Standing.DONE: "done", Standing.RUNNING: "running"}
        matter = self.file.catalogue.matter
        return [
            {
                "label": f"{plan.step(code).number} {short_name(matter(code), self.lang)}",
                "note": spoken.day_short(plan.step(code).finish_on),
                "href": f"#s{plan.step(code).number}",
                "state": states.get(standing(plan, plan.step(code)), "ahead"),
            }
            for code in plan.critical_path
        ]

    def step_href(self, step: PlannedStep) -> str:
        """Where one step is."""
        return url_for("StepView.one", project_id=self.file.project.id, number=step.number)

    def table(self) -> list[dict[str, Any]]:
        """The steps by stage, those of the asked standing."""
        plan = self.file.plan
        wanted = [step for step in plan.steps if self._is_shown(step)]
        groups = []
        for place, stage in enumerate(STAGES):
            rows = [self._row(step) for step in wanted if step.stage == stage]
            if rows:
                name = gettext(STAGE_NAMES[stage])
                groups.append(
                    {
                        "name": f"{CHINESE_ORDINALS[place]}、{name}" if self.lang == "zh" else name,
                        "rows": rows,
                    }
                )
        return groups

    def _is_shown(self, step: PlannedStep) -> bool:
        if self.show == "owner":
            return step.department in OWNERS
        return self.show in ("", "all") or standing(self.file.plan, step).value == self.show

    def shows(self) -> list[dict[str, Any]]:
        """The filters of the table with their counts."""
        plan = self.file.plan
        counts = Counter(standing(plan, step) for step in plan.steps)
        owned = sum(step.department in OWNERS for step in plan.steps)
        names = {"all": (gettext("All"), len(plan.steps))}
        if not self.file.is_closed:
            names |= {
                "running": (gettext("In progress"), counts[Standing.RUNNING]),
                "ready": (gettext("Ready to start"), counts[Standing.READY]),
                "waiting": (gettext("Waiting"), counts[Standing.WAITING]),
            }
        names["owner"] = (gettext("With the enterprise"), owned)
        return [
            {
                "text": text,
                "count": count,
                "href": f"?show={key}#steps",
                "is_current": key == (self.show or "all"),
            }
            for key, (text, count) in names.items()
        ]

    def _row(self, step: PlannedStep) -> dict[str, Any]:
        plan, catalogue, is_left = self.file.plan, self.file.catalogue, self.file.is_left(step)
        told = self.file.promise.step(step.code) if self.file.promise else None
        late = 0
        if not is_left and told and step.finish_on and plan.calendar and step.finish_on > told.finish_on:
            late = plan.calendar.workdays_between(told.finish_on, step.finish_on)
        before = sorted(
            plan.step(edge.predecessor).number for edge in plan.waits_of(step.code) if edge.gate != "info"
        )
        return {
            "number": step.number,
            "href": self.step_href(step),
            "name": step.spoken(self.lang),
            "is_critical": step.code in plan.critical_path and not self.file.is_closed,
            "owner": owner_name(catalogue.department_of.get(step.department), step.department, self.lang),
            "pill": pill_of(self.file, step),
            "before": "、".join(before) or "—",
            "length": length_text(step.segments, gettext),
            "told_on": told.finish_on if told else None,
            "finish_on": None if is_left else step.finish_on,
            "late": late,
            "is_provisional": step.is_provisional and not is_left,
            "total_float": step.total_float,
            "why": "" if is_left else self.why(step),
        }

    @property
    def is_completed(self) -> bool:
        """Whether the project has what it was opened for."""
        return self.file.project.ending is Ending.COMPLETED

    def ended(self) -> str:
        """When and how the project ended."""
        return ended_said(self.file.project)

    def may_close(self) -> bool:
        """Whether this reader may close the project, or open it again."""
        return may("close", "Project")

    def may_rank(self) -> bool:
        """Whether this reader may put it on the green channel."""
        return may("rank", "Project") and not self.file.is_closed

    def may_change(self) -> bool:
        """Whether this reader may change the project."""
        return may("change", "Project") and not self.file.is_closed

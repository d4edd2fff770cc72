"""The page of the day as its template reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from concierge.kernel import spoken
from concierge.staff.rules.todo import Todo
from concierge.today.queries.handovers import Handed
from concierge.today.queries.load import Month, PersonLoad
from concierge.today.rules.day import By, Done, grouped
from concierge.today.rules.load import LoadRow
from concierge.today.rules.tour import Tour, tour
from concierge.today.rules.waiting import waited
from concierge.today.views.gathered import Gathered
from concierge.today.views.handed_sheet import HandedSheet, handover_of
from concierge.today.views.words import clock_time, due_words, said, title
from scheduler import WorkCalendar


@dataclass(frozen=True)
class Line:
    """One line as the page shows it."""

    todo: Todo
    calendar: WorkCalendar
    today: date
    acts: str = ""

    @property
    def key(self) -> str:
        """Its key."""
        return self.todo.key

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return "l-" + "".join(sign if sign.isalnum() else "-" for sign in self.todo.key)

    @cached_property
    def title(self) -> str:
        """What is to be done."""
        return title(self.todo)

    @cached_property
    def why(self) -> str:
        """Why, or what for."""
        return said(self.todo.why, self.todo.facts)

    @property
    def href(self) -> str:
        """What the title leads to."""
        return self.todo.page or self.todo.href

    @property
    def action(self) -> str:
        """The word on the button; empty where there is nothing but a tick."""
        return gettext(self.todo.action) if self.todo.action and self.todo.href else ""

    @cached_property
    def due(self) -> Any:
        """When it is due."""
        return due_words(self.todo, self.calendar, today=self.today)

    @property
    def project_href(self) -> str:
        """Its project."""
        number = self.todo.project_id
        return url_for("ProjectView.one", project_id=number) if number and self.todo.project else ""

    @property
    def later_href(self) -> str:
        """Where it is put off."""
        return url_for("TodayView.later", key=self.todo.key)

    @cached_property
    def waiting(self) -> dict[str, Any]:
        """How long one has waited, as a bar and in words."""
        how = waited(self.todo.waiting_since_on, self.todo.due_on, self.calendar, today=self.today)
        agreed, used, late = how.cells
        if how.late:
            words = gettext("%(days)s over", days=how.late)
        elif how.agreed:
            words = gettext("%(used)s / %(agreed)s days", used=how.used, agreed=how.agreed)
        else:
            words = gettext("for %(days)s days", days=how.used)
        return {
            "promised": agreed,
            "used": used,
            "late": late,
            "words": words,
            "has_bar": bool(agreed or late),
        }


@dataclass(frozen=True, kw_only=True)
class DaySheet:
    """Everything the page of the day shows."""

    gathered: Gathered
    load: PersonLoad
    month: Month
    order: Mapping[str, int]
    by: By
    name: str
    handed: Mapping[int, Handed] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day."""
        return self.gathered.today

    def _line(self, todo: Todo, acts: str = "") -> Line:
        return Line(todo, self.gathered.calendar, self.today, acts)

    @cached_property
    def accept(self) -> list[tuple[Line, HandedSheet | None]]:
        """What is to be taken over first; a handover with what it holds."""
        found = []
        for todo in self.gathered.day.accept:
            handed = self.handed.get(handover_of(todo) or 0)
            sheet = HandedSheet(handed, todo.facts.get("number", handed.id)) if handed else None
            found.append((self._line(todo), sheet))
        return found

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """What is to be done today, put together as asked."""
        nameless = gettext("At the desk") if self.by is By.PLACE else gettext("Without a project")
        return [
            {
                "name": name or ("" if self.by is By.URGENCY else nameless),
                "lines": [self._line(todo) for todo in todos],
            }
            for name, todos in grouped(self.gathered.day.act, self.by)
        ]

    @property
    def act_count(self) -> int:
        """How many lines are to be done today."""
        return len(self.gathered.day.act)

    @cached_property
    def coming(self) -> list[Line]:
        """What falls due later."""
        return [self._line(todo) for todo in self.gathered.day.coming]

    @cached_property
    def wait(self) -> list[Line]:
        """What others have to do."""
        return [self._line(todo) for todo in self.gathered.day.wait]

    @cached_property
    def others(self) -> list[Line]:
        """What somebody else acts on in the projects of this person."""
        nobody = gettext("nobody acts")
        return [
            self._line(todo, self.load.people.get(person, "…") if person else nobody)
            for todo, person in self.gathered.day.others
        ]

    @property
    def done(self) -> Sequence[Done]:
        """What was ticked today."""
        return self.gathered.day.done

    def done_title(self, done: Done) -> str:
        """What was ticked, in words."""
        return title(done.todo)

    @cached_property
    def off(self) -> list[tuple[Line, Any]]:
        """What was put off."""
        return [(self._line(todo), put_off) for todo, put_off in self.gathered.day.off]

    @property
    def ticked(self) -> Done | None:
        """The line that was ticked just now, for the message with its undoing."""
        number = request.args.get("ticked", "")
        return next((done for done in self.done if str(done.tick.id) == number), None)

    def ways(self) -> list[dict[str, Any]]:
        """How the lines may be put together."""
        words = {
            By.URGENCY: gettext("By urgency"),
            By.PLACE: gettext("By place"),
            By.PROJECT: gettext("By project"),
        }
        return [
            {
                "text": text,
                "href": url_for("TodayView.list", by=None if by is By.URGENCY else by.value),
                "is_current": by is self.by,
            }
            for by, text in words.items()
        ]

    @cached_property
    def tour(self) -> Tour:
        """Where to go today."""
        return tour(self.gathered.day.act, self.order)

    def errands(self, todos: Sequence[Todo]) -> list[str]:
        """What is done at one stop."""
        return [title(todo) for todo in todos]

    def stop_note(self, todos: Sequence[Todo]) -> str:
        """Whose windows a stop is, and how many errands."""
        people = list(dict.fromkeys(todo.department for todo in todos if todo.department))
        return gettext(", ").join(people)

    def time(self, at: Any) -> str:
        """A time of day."""
        return clock_time(at)

    def row_name(self, row: LoadRow) -> str:
        """Whose line of the load table it is."""
        return self.load.people.get(row.person_id, "")

    @cached_property
    def crowded(self) -> str:
        """The day that is too full, in a sentence; empty when none is."""
        found = self.load.table.crowded
        if found is None:
            return ""
        names = dict.fromkeys(self.load.projects.get(step.project_id, "") for step in found.movable)
        facts = {
            "day": spoken.day(found.on),
            "count": found.count,
            "average": f"{found.average:.1f}",
            "projects": gettext(", ").join(list(names)[:3]),
        }
        if names:
            return gettext(
                "On %(day)s %(count)s of your steps fall due, against %(average)s a day. "
                "There is time to spare in: %(projects)s.",
                **facts,
            )
        return gettext(
            "On %(day)s %(count)s of your steps fall due, against %(average)s a day; none can wait.", **facts
        )

    @cached_property
    def held(self) -> dict[str, int]:
        """How many projects this person leads, stands by for, and covers now."""
        mine = [
            project_id
            for project_id, acts in self.gathered.acting.items()
            if acts.person_id is not None
            and acts.post in ("B", "C")
            and self.gathered.posts[project_id][1] == acts.post
        ]
        return {"a": self.load.as_a, "b": self.load.as_b, "covers": len(mine)}

    @property
    def percent_in_time(self) -> str:
        """The share of the month's decisions that came in the promised time."""
        month = self.month
        return f"{100 * month.in_time / month.promised:.1f}" if month.promised else ""

"""A handover to take over, as the page of the day shows it above everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from concierge.kernel import clock, spoken
from concierge.kernel.web import language
from concierge.staff.rules.todo import Todo
from concierge.today.queries.handovers import Handed, HandedLine, HandedProject

SOURCE = "handover"


def handover_of(todo: Todo) -> int | None:
    """The handover a line is about; None for a line about something else."""
    source, _, rest = todo.key.partition(":")
    number = rest.partition(":")[0]
    return int(number) if source == SOURCE and number.isdigit() else None


@dataclass(frozen=True)
class HandedSheet:
    """One handover on the page of the day."""

    handed: Handed
    number: Any

    @property
    def title(self) -> str:
        """Who is away, for how long, how many projects come over."""
        found = self.handed
        days = spoken.day(found.first_on)
        if found.last_on is None:
            return ngettext(
                "%(name)s hands %(num)s project over to you for good, from %(day)s on",
                "%(name)s hands %(num)s projects over to you for good, from %(day)s on",
                len(found.projects),
                name=found.giver,
                day=days,
            )
        return ngettext(
            "%(name)s is away from %(first)s to %(last)s; %(num)s project comes to you",
            "%(name)s is away from %(first)s to %(last)s; %(num)s projects come to you",
            len(found.projects),
            name=found.giver,
            first=days,
            last=spoken.day(found.last_on),
        )

    @property
    def note(self) -> str:
        """Its number, when it was given, and what taking over means."""
        found = self.handed
        given = gettext("Handover %(number)s", number=self.number)
        if found.given_at is not None:
            local = clock.local(found.given_at)
            given = gettext(
                "Handover %(number)s, given on %(day)s at %(time)s",
                number=self.number,
                day=spoken.day(local.date()),
                time=f"{local:%H:%M}",
            )
        if found.last_on is None:
            return gettext("%(given)s. Once you take over, you answer for these projects.", given=given)
        return gettext(
            "%(given)s. Once you take over, you answer for these projects until the end of %(day)s.",
            given=given,
            day=spoken.day(found.last_on),
        )

    @property
    def accept_href(self) -> str:
        """Where it is taken over: one press."""
        return url_for("HandoverView.accept", handover_id=self.handed.id)

    def line(self, line: HandedLine) -> str:
        """One open thing with its day."""
        name = line.name.spoken(language())
        if line.due_on is None:
            return name
        return gettext("%(what)s, by %(day)s", what=name, day=spoken.day(line.due_on))

    def href(self, project: HandedProject) -> str:
        """A project's page."""
        return url_for("ProjectView.one", project_id=project.project_id)

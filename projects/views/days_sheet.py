"""The days of one project as plain values for the page that says where they went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from concierge.kernel import clock, spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from projects.press.axis import TimeAxis
from projects.press.day_bars import day_axis, day_bar, key_bar
from projects.press.strip import strip_head
from projects.queries.project_file import ProjectFile
from projects.rules.day_split import Holder, Link, ProjectDays
from projects.rules.owner import owner_name
from projects.views.words import chart_words

HOLDERS: Mapping[Holder, str] = {
    Holder.ENTERPRISE: N_("Enterprise"),
    Holder.DEPARTMENT: N_("Department"),
    Holder.STOPPED: N_("Lawfully stopped"),
    Holder.HOLIDAY: N_("Rest days"),
    Holder.IDLE: N_("Nobody had begun"),
}
MEANT: Mapping[Holder, str] = {
    Holder.ENTERPRISE: N_("preparing, correcting, its own steps"),
    Holder.DEPARTMENT: N_("received or accepted, its clock running"),
    Holder.STOPPED: N_("special procedures outside the limit"),
    Holder.HOLIDAY: N_("weekends and public holidays"),
    Holder.IDLE: N_("the step could have begun: ours to push"),
}


@dataclass(frozen=True)
class DaysSheet:
    """The page of one project's days, for one reader."""

    file: ProjectFile
    days: ProjectDays | None

    @cached_property
    def axis(self) -> TimeAxis | None:
        """The axis all bars share; none without a day."""
        if self.days is None or not self.days.links:
            return None
        return day_axis(self.days.links[0].after, self.days.links[-1].until)

    def conclusion(self) -> str:
        """The split in one sentence."""
        if self.days is None or not self.days.days:
            return gettext("No day has passed yet.")
        totals = self.days.totals
        most = max((holder for holder in totals if holder is not Holder.HOLIDAY), key=totals.__getitem__)
        return gettext(
            "%(all)s since %(first)s, most working days held by: %(holder)s, %(days)s.",
            all=_days(self.days.days),
            first=spoken.day(self.days.links[0].after),
            holder=gettext(HOLDERS[most]),
            days=_days(totals[most]),
        )

    def totals(self) -> Iterator[dict[str, Any]]:
        """What each held, with its share."""
        if self.days is None or not self.days.days:
            return
        for holder, days in self.days.totals.items():
            yield {
                "name": gettext(HOLDERS[holder]),
                "meant": gettext(MEANT[holder]),
                "days": days,
                "share": round(100 * days / self.days.days),
                "mark": Markup(key_bar(holder)),  # noqa: S704  (our own drawing)
            }

    def head(self) -> Markup:
        """The months above the bars."""
        if self.axis is None:
            return Markup("")
        return Markup(strip_head(self.axis, chart_words(), today_on=clock.today()))  # noqa: S704  (our own drawing)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The links of the chain, first to last."""
        if self.days is None or self.axis is None:
            return
        for link in self.days.links:
            yield self._row(link, self.axis)

    def _row(self, link: Link, axis: TimeAxis) -> dict[str, Any]:
        step = self.file.plan.step(link.code)
        counts = [(holder, link.of(holder)) for holder in Holder]
        said = gettext(", ").join(
            gettext("%(holder)s %(days)s", holder=gettext(HOLDERS[holder]), days=_days(days))
            for holder, days in counts
            if days
        )
        return {
            "number": step.number,
            "name": step.spoken(language()),
            "href": url_for("StepView.one", project_id=self.file.project.id, number=step.number),
            "owner": owner_name(
                self.file.catalogue.department_of.get(step.department), step.department, language()
            ),
            "first_on": link.after + timedelta(1),
            "last_on": link.until,
            "days": link.days,
            "counts": [days for _, days in counts],
            "bar": Markup(day_bar(link, axis, title=said)),  # noqa: S704  (our own drawing, escaped there)
        }


def _days(count: int) -> str:
    return ngettext("%(num)s calendar day", "%(num)s calendar days", count)

"""What a plan of all projects says, in the reader's language: its state, what is waited for, a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext, ngettext

from approvals.rules.catalogue import Catalogue
from concierge.kernel import spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from projects.models.portfolio import PortfolioState
from projects.press.charted import owner_name
from projects.queries.portfolio_plan import PlanVersion
from projects.rules.bookings import Booking, HeldBy
from projects.rules.county_scenario import CountyScenario
from projects.rules.portfolio_days import ProjectLine, ReleaseLine, Wait
from projects.rules.portfolio_search import NIGHTLY

STATES: Mapping[PortfolioState, tuple[str, str]] = {
    PortfolioState.ASKED: (N_("waiting its turn"), "wait"),
    PortfolioState.WORKING: (N_("being made"), "doing"),
    PortfolioState.READY: (N_("to be decided"), "ready"),
    PortfolioState.ADOPTED: (N_("stands"), "done"),
    PortfolioState.SUPERSEDED: (N_("replaced"), "todo"),
    PortfolioState.DISCARDED: (N_("discarded"), "todo"),
    PortfolioState.CANCELLED: (N_("cancelled"), "todo"),
    PortfolioState.FAILED: (N_("could not be made"), "late"),
}
ASKED, WHAT_IF = "Asked", "WhatIf"
CAUSES: Mapping[str, str] = {
    ASKED: N_("Asked for"),
    WHAT_IF: N_("What-if question"),
    NIGHTLY: N_("Looked for at night"),
}
MOST_DAYS_NAMED = 6
TWICE = 2


@dataclass(frozen=True)
class PortfolioWords:
    """Names of what a plan speaks of. Shape: ``officers`` are people's names by their number."""

    catalogue: Catalogue
    officers: Mapping[int, str] = field(default_factory=dict)

    def department(self, code: str) -> str:
        """A department as people call it."""
        return owner_name(self.catalogue.department_of.get(code), code, language())

    def group(self, code: str) -> str:
        """A review group's name."""
        found = self.catalogue.review_group_of.get(code)
        return found.spoken(language()) if found else code

    def officer(self, key: str) -> str:
        """A concierge officer's name; a role where nobody knows the number."""
        name = self.officers.get(int(key)) if key.isdigit() else None
        return name or gettext("concierge officer")

    def waited_for(self, wait: Wait) -> str:
        """Who or what is waited for."""
        if wait.kind == "bench":
            return self.department(wait.key)
        return self.group(wait.key) if wait.kind == "sitting" else self.officer(wait.key)

    def wait(self, wait: Wait) -> str:
        """What is waited for, and how long."""
        messages = {
            "bench": N_("Capacity: %(who)s, %(days)s"),
            "sitting": N_("Sitting: %(who)s, %(days)s"),
            "officer": N_("Officer: %(who)s, %(days)s"),
        }
        days = workdays(wait.workdays)
        return gettext(messages.get(wait.kind, messages["bench"]), who=self.waited_for(wait), days=days)

    def queue(self, booking: Booking) -> str:
        """What an acceptance waits for, and until when."""
        facts = {"day": spoken.day(booking.accept_on)}
        if booking.held_by is HeldBy.BENCH:
            who = self.department(booking.department)
            return gettext("capacity: %(who)s can take it on %(day)s", who=who, **facts)
        if booking.held_by is HeldBy.SITTING and booking.sitting_on is not None:
            when = half_day(booking.sitting_on, booking.sitting_half)
            return gettext("sitting: %(who)s, %(when)s", who=self.group(booking.review_group), when=when)
        if booking.held_by is HeldBy.OFFICER:
            return gettext("officer: can hand it in on %(day)s", **facts)
        return gettext("agreed for %(day)s", **facts)

    def release(self, release: ReleaseLine) -> str:
        """What would have to be given: somebody for some days, one sitting, a seat at each, or a room."""
        between = {"from": spoken.day(release.first_on), "to": spoken.day(release.last_on)}
        if release.kind == "room":
            return ngettext("%(num)s room more to sit in", "%(num)s rooms more to sit in", release.more)
        if release.kind == "seat":
            return ngettext(
                "%(who)s takes %(num)s project more at each sitting",
                "%(who)s takes %(num)s projects more at each sitting",
                release.more,
                who=self.group(release.key),
            )
        if release.kind == "sitting":
            who = self.group(release.key)
            return gettext("%(who)s sits once more between %(from)s and %(to)s", who=who, **between)
        if release.kind == "officer":
            return ngettext(
                "%(who)s hands in %(num)s step more a day from %(from)s to %(to)s",
                "%(who)s hands in %(num)s steps more a day from %(from)s to %(to)s",
                release.more,
                who=self.officer(release.key),
                **between,
            )
        return ngettext(
            "%(who)s has %(num)s reviewer more from %(from)s to %(to)s",
            "%(who)s has %(num)s reviewers more from %(from)s to %(to)s",
            release.more,
            who=self.department(release.key),
            **between,
        )

    def released(self, release: ReleaseLine) -> str:
        """What that would bring."""
        least, most = release.least_workdays, release.most_workdays
        count = len(release.projects)
        if least == most:
            return ngettext(
                "%(num)s project %(days)s earlier",
                "%(num)s projects %(days)s earlier each",
                count,
                days=workdays(most),
            )
        return ngettext(
            "%(num)s project %(least)s to %(most)s working days earlier",
            "%(num)s projects %(least)s to %(most)s working days earlier",
            count,
            least=least,
            most=most,
        )

    def cause(self, version: PlanVersion) -> str:
        """Why a version was asked for; a question by its name, or by what is different in it."""
        asked = version.scenario
        if asked is None:
            return gettext(CAUSES.get(version.cause, version.cause))
        if asked.name:
            return gettext("What-if: %(name)s", name=asked.name)
        return gettext("; ").join(self.scenario(asked))

    def scenario(self, asked: CountyScenario) -> list[str]:
        """A question, one line for each thing that is different in it."""
        return list(self._scenario(asked))

    def _scenario(self, asked: CountyScenario) -> Iterator[str]:
        for short in asked.short:
            yield ngettext(
                "%(who)s has %(num)s reviewer fewer from %(from)s to %(to)s",
                "%(who)s has %(num)s reviewers fewer from %(from)s to %(to)s",
                short.fewer,
                who=self.department(short.department),
                **_period(short.first_on, short.last_on),
            )
        if asked.days_off:
            yield gettext("Nobody works on %(days)s", days=_named(asked.days_off))
        if asked.days_worked:
            yield gettext("%(days)s are worked", days=_named(asked.days_worked))
        for away in asked.away:
            yield gettext(
                "%(who)s is away from %(from)s to %(to)s",
                who=self.officer(str(away.officer)),
                **_period(away.first_on, away.last_on),
            )
        for change in asked.sittings:
            facts = {"who": self.group(change.group), "when": half_day(change.on, change.half)}
            if change.is_added:
                yield gettext("%(who)s also sits on %(when)s", **facts)
            else:
                yield gettext("%(who)s does not sit on %(when)s", **facts)


def workdays(count: int) -> str:
    """A number of working days."""
    return str(ngettext("%(num)s working day", "%(num)s working days", count))


def weighed(line: ProjectLine) -> str:
    """Why a day late of one project counts much more than once; empty where it does not.

    Shape: most projects under way count twice, which says nothing of any of them.
    """
    if line.is_green:
        return str(gettext("green channel: a day late counts %(times)s times", times=line.weight))
    if line.weight > TWICE:
        return str(gettext("little time left: a day late counts %(times)s times", times=line.weight))
    return ""


def half_day(on: date, half: int) -> str:
    """A half-day as people say it."""
    if half:
        return str(gettext("the afternoon of %(day)s", day=spoken.day(on)))
    return str(gettext("the morning of %(day)s", day=spoken.day(on)))


def shifted(by: int) -> str:
    """How far a day moved, in words; empty when it stayed."""
    if not by:
        return ""
    if by > 0:
        return str(ngettext("%(num)s working day later", "%(num)s working days later", by))
    return str(ngettext("%(num)s working day earlier", "%(num)s working days earlier", -by))


def state_of(version: PlanVersion) -> dict[str, str]:
    """A version's state as a pill: its word and its look."""
    word, look = STATES[version.state]
    if version.is_open and version.is_cancel_asked:
        return {"text": gettext("being cancelled"), "look": "wait"}
    if version.state is PortfolioState.READY and version.scenario is not None:
        return {"text": gettext("worked out"), "look": "done"}
    return {"text": gettext(word), "look": look}


def listed(parts: Iterable[str]) -> str:
    """Some things after one another."""
    return ("、" if language() == "zh" else ", ").join(parts)


def _period(first: date, last: date) -> dict[str, str]:
    return {"from": spoken.day(first), "to": spoken.day(last)}


def _named(days: Sequence[date]) -> str:
    told = listed(spoken.day(day) for day in days[:MOST_DAYS_NAMED])
    more = len(days) - MOST_DAYS_NAMED
    if more <= 0:
        return told
    return str(ngettext("%(days)s and %(num)s more", "%(days)s and %(num)s more", more, days=told))

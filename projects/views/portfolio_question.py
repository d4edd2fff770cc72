"""A question for the whole county, as its form is filled in: read into a scenario, or told what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext

from approvals.rules.sittings import SittingRule
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.typed_values import readable_day
from concierge.kernel.web import say
from projects.rules.county_scenario import CountyScenario, OfficerAway, ShortBench, SittingChanged
from projects.rules.notice_text import NoticeDays, read_notice_days
from projects.views.portfolio_words import PortfolioWords
from scheduler import WorkCalendar

FIELDS = (
    "name",
    "department",
    "fewer",
    "first_on",
    "last_on",
    "days_off",
    "officer",
    "away_first_on",
    "away_last_on",
    "group",
    "sitting_on",
    "half",
    "change",
)
LONGEST_NAME, LONGEST_NOTICE = 60, 8000
Part = TypeVar("Part")


class DayUnreadable(Invalid):
    """A day that is missing, or no day."""

    message = N_("Choose this day; it is needed for the question.")


class NumberUnreadable(Invalid):
    """A number of reviewers that is none."""

    message = N_("“%(typed)s” is not a number of reviewers from 1 to %(most)s.")
    field = "fewer"


class NoDayChanges(Invalid):
    """A notice the calendar knows already."""

    message = N_(
        "Every day named here is that already in the calendar. Name only days that would be different."
    )
    field = "days_off"


MOST_FEWER = 99


@dataclass(frozen=True)
class Question:
    """What was typed, what it asks, and what is wrong with it.

    Shape: ``asked`` is None while anything is wrong; ``problems`` are by field, in the form's order.
    """

    typed: Mapping[str, str]
    asked: CountyScenario | None = None
    problems: Sequence[dict[str, str]] = field(default_factory=list)

    def value(self, name: str, default: str = "") -> str:
        """What was typed into a field."""
        return self.typed.get(name, default)

    def error(self, name: str) -> str | None:
        """What is wrong with a field."""
        return next((found["message"] for found in self.problems if found["field"] == name), None)

    def refused(self, error: Invalid) -> Question:
        """The same question with what the office says against it."""
        name = getattr(error, "field", None) or "scenario"
        return Question(self.typed, None, [{"field": _shown(name), "message": say(error)}])


def read_question(form: Mapping[str, str], calendar: WorkCalendar, today: date) -> Question:
    """Read the form; an empty part asks nothing."""
    typed = {name: form.get(name, "").strip() for name in FIELDS}
    problems: list[dict[str, str]] = []

    def part(read: Callable[[], Part], without: Part) -> Part:
        try:
            return read()
        except Invalid as error:
            problems.append({"field": _shown(error.field or "scenario"), "message": say(error)})
            return without

    short = part(lambda: _short(typed), tuple[ShortBench, ...]())
    days = part(lambda: _days(typed, calendar, today), NoticeDays((), ()))
    away = part(lambda: _away(typed), tuple[OfficerAway, ...]())
    sittings = part(lambda: _sittings(typed), tuple[SittingChanged, ...]())
    if problems:
        return Question(typed, None, problems)
    asked = part(
        lambda: CountyScenario(
            name=typed["name"][:LONGEST_NAME],
            days_off=days.off,
            days_worked=days.worked,
            short=short,
            away=away,
            sittings=sittings,
        ),
        None,
    )
    return Question(typed, asked, problems)


def question_of(asked: CountyScenario) -> Question:
    """The form as it was filled in for a question, to ask it differently."""
    days = [day.isoformat() for day in asked.days_off]
    days += [f"{day.isoformat()} 上班" for day in asked.days_worked]
    typed = {"name": asked.name, "days_off": "\n".join(days)}
    for short in asked.short:
        typed |= {"department": short.department, "fewer": str(short.fewer)}
        typed |= {"first_on": short.first_on.isoformat(), "last_on": short.last_on.isoformat()}
    for away in asked.away:
        typed |= {"officer": str(away.officer)}
        typed |= {"away_first_on": away.first_on.isoformat(), "away_last_on": away.last_on.isoformat()}
    for sitting in asked.sittings:
        typed |= {"group": sitting.group, "sitting_on": sitting.on.isoformat(), "half": str(sitting.half)}
        typed |= {"change": "more" if sitting.is_added else "less"}
    return Question(typed, asked)


def _short(typed: Mapping[str, str]) -> tuple[ShortBench, ...]:
    if not typed["department"]:
        return ()
    return (
        ShortBench(
            department=typed["department"],
            fewer=_number(typed["fewer"]),
            first_on=_day(typed, "first_on"),
            last_on=_day(typed, "last_on"),
        ),
    )


def _days(typed: Mapping[str, str], calendar: WorkCalendar, today: date) -> NoticeDays:
    if not typed["days_off"]:
        return NoticeDays((), ())
    found = read_notice_days(typed["days_off"][:LONGEST_NOTICE], today.year).differing(calendar)
    if not (found.off or found.worked):
        raise NoDayChanges
    return found


def _away(typed: Mapping[str, str]) -> tuple[OfficerAway, ...]:
    if not typed["officer"].isdigit():
        return ()
    try:
        away = OfficerAway(
            officer=int(typed["officer"]),
            first_on=_day(typed, "away_first_on"),
            last_on=_day(typed, "away_last_on"),
        )
    except Invalid as error:
        raise _on_field(error, {"last_on": "away_last_on"}) from None
    return (away,)


def _sittings(typed: Mapping[str, str]) -> tuple[SittingChanged, ...]:
    if not typed["group"]:
        return ()
    return (
        SittingChanged(
            group=typed["group"],
            on=_day(typed, "sitting_on"),
            half=1 if typed["half"] == "1" else 0,
            is_added=typed["change"] != "less",
        ),
    )


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 2 and int(typed)):
        raise NumberUnreadable(typed=typed[:12], most=MOST_FEWER)
    return int(typed)


def _day(typed: Mapping[str, str], name: str) -> date:
    day = readable_day(typed[name])
    if day is None:
        raise DayUnreadable(field=name)
    return day


def _on_field(error: Invalid, names: Mapping[str, str]) -> Invalid:
    """The same error beside another field of the form."""
    return type(error)(**{**error.facts, "field": names.get(error.field or "", error.field)})


def _shown(name: str) -> str:
    """The field of the form an error stands beside."""
    return name if name in FIELDS else "department"


@dataclass(frozen=True)
class QuestionSheet:
    """The form of a question.

    Shape: ``benches`` are the departments with a recorded number of reviewers and that number.
    """

    question: Question
    words: PortfolioWords
    benches: Mapping[str, int]
    rules: Sequence[SittingRule]

    def departments(self) -> list[dict[str, str]]:
        """The departments that can be short of reviewers."""
        return [
            {
                "value": code,
                "text": gettext(
                    "%(department)s, %(reviewers)s reviewers",
                    department=self.words.department(code),
                    reviewers=reviewers,
                ),
            }
            for code, reviewers in self.benches.items()
        ]

    def officers(self) -> list[dict[str, Any]]:
        """The concierge officers."""
        return [{"value": number, "text": name} for number, name in self.words.officers.items()]

    def groups(self) -> list[dict[str, str]]:
        """The review groups that sit."""
        return [
            {"value": rule.review_group, "text": self.words.group(rule.review_group)} for rule in self.rules
        ]

    def halves(self) -> list[dict[str, str]]:
        """Morning and afternoon."""
        return [{"value": "0", "text": gettext("Morning")}, {"value": "1", "text": gettext("Afternoon")}]

    def changes(self) -> list[dict[str, str]]:
        """A sitting more, or less."""
        return [
            {"value": "more", "text": gettext("One sitting more")},
            {"value": "less", "text": gettext("No sitting")},
        ]

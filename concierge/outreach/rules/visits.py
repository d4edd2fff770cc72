"""Visits: what a plan needs, and how a report turns what was heard into tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.outreach.rules.personal import checked_text

LONGEST_TEXT = 1000
LONGEST_PLACE = 120
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 480
MOST_PROBLEMS = 20


class VisitDetailsNeeded(Invalid):
    """A visit without a place, somebody to see or a purpose, or on a day gone by."""

    message = N_(
        "Give the place, whom you see, what for, a day from today on, and %(least)s to %(most)s minutes."
    )


class VisitOver(Refusal):
    """A visit that was made or called off already."""

    message = N_("This visit was made or called off already. Plan another one.")


class ReportTooEarly(Refusal):
    """A report on a visit still to come."""

    message = N_("The visit is planned for %(day)s. Report it then, or call it off now.")


class ReportNeeded(Invalid):
    """A report that says nothing."""

    message = N_("Say what was spoken of, or why the visit was not made.")


class ProblemDetailsNeeded(Invalid):
    """A problem without a holder or with a day gone by."""

    message = N_("Give every problem a person and a day from today on; up to %(most)s at once.")


class AnswerNeeded(Invalid):
    """A problem settled without an answer."""

    message = N_("Say what was done and what the person was told.")


class ProblemSettledAlready(Refusal):
    """A problem that has its answer."""

    message = N_("This problem was settled on %(day)s already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """What a plan says. Units: minutes."""

    place: str
    to_whom: str
    purpose: str
    planned_on: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Heard:
    """One problem as it was heard: a task for somebody until a day."""

    what: str
    holder_id: int
    due_on: date


def checked_visit(asked: PlannedVisit, *, today: date) -> PlannedVisit:
    """The plan as it is kept.

    Raises: VisitDetailsNeeded, NumberInText.
    """
    place, to_whom = checked_text(asked.place, "place"), checked_text(asked.to_whom, "to_whom")
    purpose = checked_text(asked.purpose, "purpose")
    wrong = [
        name for name, told in (("place", place), ("to_whom", to_whom), ("purpose", purpose)) if not told
    ]
    if asked.planned_on < today:
        wrong.append("planned_on")
    if not SHORTEST_MINUTES <= asked.minutes <= LONGEST_MINUTES:
        wrong.append("minutes")
    if wrong:
        raise VisitDetailsNeeded(least=SHORTEST_MINUTES, most=LONGEST_MINUTES, field=wrong[0])
    return PlannedVisit(
        place=place[:LONGEST_PLACE],
        to_whom=to_whom[:LONGEST_PLACE],
        purpose=purpose[:LONGEST_TEXT],
        planned_on=asked.planned_on,
        minutes=asked.minutes,
    )


def checked_report(note: str, heard: Sequence[Heard], *, today: date) -> tuple[str, list[Heard]]:
    """The report and its problems as they are kept.

    Raises: ReportNeeded, ProblemDetailsNeeded, NumberInText.
    """
    told = checked_text(note, "note")
    if not told:
        raise ReportNeeded(field="note")
    kept = []
    for n, one in enumerate(heard):
        if not one.holder_id or one.due_on < today or n >= MOST_PROBLEMS:
            raise ProblemDetailsNeeded(most=MOST_PROBLEMS, field=f"problem-{n}")
        kept.append(Heard(checked_text(one.what, f"problem-{n}")[:LONGEST_TEXT], one.holder_id, one.due_on))
    return told[:LONGEST_TEXT], kept


def checked_answer(answer: str) -> str:
    """What was done about a problem. Raises: AnswerNeeded, NumberInText."""
    told = checked_text(answer, "answer")
    if not told:
        raise AnswerNeeded(field="answer")
    return told[:LONGEST_TEXT]

"""The four rungs of a report as they are drawn: who comes, by when, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from concierge.escalation.models.report import ReportRow, StageRow
from concierge.escalation.rules.figures import Figures
from concierge.escalation.rules.report import ReportLevel, Rise
from concierge.escalation.views.words import LEVELS, RISES
from concierge.kernel import clock, spoken
from scheduler import WorkCalendar

LOWER = (ReportLevel.WINDOW, ReportLevel.DEPARTMENT, ReportLevel.TIMED)


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One rung. Shape: ``look`` is done, here or empty; ``used`` of ``cells`` working days."""

    title: str
    note: str
    look: str = ""
    words: str = ""
    strong: str = ""
    is_good: bool = False
    is_late: bool = False
    cells: int = 0
    used: int = 0


def ladder(
    report: ReportRow, stages: Sequence[StageRow], figures: Figures, calendar: WorkCalendar, today: date
) -> list[Rung]:
    """The rungs of one report in its present round; the county's three steps are drawn as one."""
    round_number = stages[-1].round if stages else 1
    reached = {stage.level: stage for stage in stages if stage.round == round_number}
    return [
        _spot(
            LOWER[0],
            gettext("chief representative here within %(num)s minutes", num=figures.window_minutes),
            reached,
        ),
        _spot(
            LOWER[1],
            gettext("head in charge here within %(num)s minutes", num=figures.department_minutes),
            reached,
        ),
        _timed(report, reached.get(ReportLevel.TIMED), calendar, today),
        _county(report, reached),
    ]


def _look(stage: StageRow | None) -> str:
    if stage is None:
        return ""
    return "here" if stage.ended_at is None else "done"


def _time(moment: object) -> str:
    return f"{clock.local(moment):%H:%M}"  # type: ignore[arg-type]  # a moment of a row


def _spot(level: ReportLevel, note: str, reached: dict[ReportLevel, StageRow]) -> Rung:
    stage = reached.get(level)
    title = gettext(LEVELS[level])
    if stage is None:
        return Rung(title=title, note=note)
    facts = {"title": title, "note": note, "look": _look(stage)}
    if stage.arrived_at is not None:
        rest = stage.result or (gettext(RISES[stage.rose]) if stage.rose else "")
        came = gettext("%(time)s %(who)s came", time=_time(stage.arrived_at), who=stage.who_came)
        late = stage.due_at is not None and stage.arrived_at > stage.due_at
        return Rung(
            **facts,
            words=gettext("%(one)s; %(two)s", one=came, two=rest) if rest else came,
            is_good=not late,
            is_late=late,
        )
    if stage.rose is Rise.NOBODY_CAME:
        return Rung(**facts, words=gettext("nobody came by %(time)s", time=_time(stage.due_at)), is_late=True)
    if stage.rose is not None:
        return Rung(**facts, words=stage.result or gettext(RISES[stage.rose]))
    if stage.ended_at is not None:
        return Rung(**facts, words=gettext("closed on the spot"), is_good=True)
    called = (
        gettext("%(who)s is called", who=stage.called)
        if stage.called
        else gettext("nobody is named to be called")
    )
    by = _by(stage)
    return Rung(**facts, strong=by, words=called, is_late=not stage.called)


def _by(stage: StageRow) -> str:
    if stage.due_at is None:
        return ""
    due = clock.local(stage.due_at)
    if due.date() == clock.today():
        return gettext("by %(time)s", time=f"{due:%H:%M}")
    return gettext("by %(day)s %(time)s", day=spoken.day(due.date()), time=f"{due:%H:%M}")


def _timed(report: ReportRow, stage: StageRow | None, calendar: WorkCalendar, today: date) -> Rung:
    promised = max(1, calendar.workdays_between(report.received_on, report.due_on))
    title = gettext(LEVELS[ReportLevel.TIMED])
    note = gettext("closed and answered within %(num)s working days", num=promised)
    if stage is None:
        return Rung(title=title, note=note, words=gettext("by %(day)s", day=spoken.day(report.due_on)))
    facts = {"title": title, "note": note, "look": _look(stage)}
    if stage.ended_at is not None:
        over = report.closed_on or clock.local(stage.ended_at).date()
        late = stage.rose is Rise.LATE or over > report.due_on
        text = (
            gettext(RISES[stage.rose]) if stage.rose else gettext("closed on %(day)s", day=spoken.day(over))
        )
        return Rung(**facts, words=text, is_good=not late and stage.rose is None, is_late=late)
    nth = calendar.workdays_between(report.received_on, today)
    left = calendar.workdays_between(today, report.due_on)
    if left < 0:
        strong = gettext("%(num)s working days late", num=-left)
    elif nth < 1:
        strong = gettext("counts from the next working day")
    else:
        strong = gettext("working day %(nth)s of %(all)s", nth=min(nth, promised), all=promised)
    return Rung(
        **facts,
        strong=strong,
        words=gettext("by %(day)s", day=spoken.day(report.due_on)),
        is_late=left < 0,
        cells=promised,
        used=min(promised, nth),
    )


def _county(report: ReportRow, reached: dict[ReportLevel, StageRow]) -> Rung:
    title = gettext("Taken to the county government")
    note = gettext("leader in charge, office meeting, standing meeting")
    rows = [stage for level, stage in reached.items() if level.is_county]
    if not rows:
        if report.closed_at is not None:
            return Rung(title=title, note=note)
        return Rung(
            title=title,
            note=note,
            words=gettext(
                "if it is not settled by %(day)s, it goes up by itself", day=spoken.day(report.due_on)
            ),
        )
    last = rows[-1]
    name = gettext(LEVELS[last.level])
    who = gettext("%(one)s; %(two)s", one=name, two=last.called) if last.called else name
    late = last.ended_at is None and last.due_at is not None and last.due_at < clock.now()
    return Rung(title=title, note=note, look=_look(last), strong=who, words=_by(last), is_late=late)

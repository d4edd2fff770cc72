"""Take in a list of cases an office filled in: looked at first, line by line, and done on confirmation."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from approvals.models.step import Step
from concierge.desk.rules.case_list import Column, LineNotOurs, ListLine
from concierge.desk.rules.reply import Reply
from concierge.desk.services.reply_for_department import BY_LIST, SentForm, record_reply, was_sent
from concierge.kernel.actor import Actor
from concierge.kernel.errors import ConciergeError
from concierge.kernel.work import Work, work
from projects.models.project import Project


class LineVerdict(enum.Enum):
    """What becomes of one line."""

    GOOD = "good"
    DONE_BEFORE = "done_before"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class JudgedLine:
    """One line with what becomes of it. Shape: ``error`` says why it is refused."""

    line: ListLine
    verdict: LineVerdict
    reply: Reply | None = None
    error: ConciergeError | None = None


class _OnlyLooking(Exception):
    """Leaves a work without keeping anything of it."""


def look_at_list(
    department: str, lines: Iterable[ListLine], *, lang: str = "zh", by: Actor
) -> tuple[JudgedLine, ...]:
    """What would become of each line, each by itself: everything is tried and nothing kept."""
    return tuple(_judged(department, line, lang=lang, by=by, is_kept=False) for line in lines)


def take_in_list(
    department: str, lines: Iterable[ListLine], *, lang: str = "zh", by: Actor
) -> tuple[JudgedLine, ...]:
    """Record each line by itself; a bad one holds no other back, one that was done is not done again.

    Effects: as the answer to each case; one transaction a line.
    """
    return tuple(_judged(department, line, lang=lang, by=by, is_kept=True) for line in lines)


def _judged(department: str, line: ListLine, *, lang: str, by: Actor, is_kept: bool) -> JudgedLine:
    reply: Reply | None = None
    try:
        with work(by) as w:
            if was_sent(w, SentForm(key=line.key)):
                return JudgedLine(line=line, verdict=LineVerdict.DONE_BEFORE)
            reply = line.reply()
            _record(w, department, line, reply, lang=lang)
            if not is_kept:
                raise _OnlyLooking  # noqa: TRY301  (the way out of a work without keeping it)
    except _OnlyLooking:
        pass
    except ConciergeError as error:
        return JudgedLine(line=line, verdict=LineVerdict.REFUSED, reply=reply, error=error)
    return JudgedLine(line=line, verdict=LineVerdict.GOOD, reply=reply)


def _record(w: Work, department: str, line: ListLine, reply: Reply, *, lang: str) -> None:
    step_id = w.session.scalar(
        select(Step.id)
        .join(Project, Project.id == Step.project_id)
        .where(
            Project.code == line.text(Column.PROJECT_CODE),
            Step.number == line.text(Column.NUMBER),
            Step.department == department,
        )
    )
    if step_id is None:
        raise LineNotOurs(field="list")
    version = line.whole(Column.VERSION)
    record_reply(w, step_id, reply, SentForm(key=line.key), version=version, how=BY_LIST, lang=lang)

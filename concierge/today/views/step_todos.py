"""What the steps of a person's projects ask for, as lines of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from concierge.staff.rules.todo import Todo, TodoKind
from concierge.today.queries.step_rows import StepRow, step_rows
from concierge.today.rules.step_lines import Errand, StepLine, step_line
from projects.rules.owner import owner_name

TEXTS: Mapping[Errand, str] = {
    Errand.PREPARE: N_("Prepare the papers for “%(step)s”"),
    Errand.HAND_IN: N_("Hand in the papers for “%(step)s”"),
    Errand.OWNER: N_("“%(step)s”, by the enterprise itself"),
    Errand.ANSWER: N_("Whether “%(step)s” is accepted"),
    Errand.CORRECT: N_("Bring the corrections for “%(step)s”"),
    Errand.RESULT: N_("Decision on “%(step)s”"),
    Errand.URGE: N_("Urge %(who)s to decide on “%(step)s”"),
    Errand.PAUSE: N_("End of the clock stop of “%(step)s”"),
    Errand.RESUME: N_("Clear up the overrun clock stop of “%(step)s”"),
    Errand.FETCH: N_("Fetch the result of “%(step)s”"),
}
URGE_AN_ANSWER = N_("Urge %(who)s to say whether “%(step)s” is accepted")
WHY_URGE = N_("Promised for %(due)s")
WHY_URGE_AN_ANSWER = N_("The papers came on %(since)s")
WHY_NO_TIME = N_("Each day later moves the permit")
WHY_PLANNED = N_("Planned for %(planned)s; the day given is the latest without harm")
WHY_TODAY = N_("Planned for %(planned)s")
WHY_CORRECT = N_("Told on %(since)s; the clock stands until everything is there")
WHY_RESUME = N_("The stop was planned until %(due)s")
WHY_FETCH = N_("Issued on %(finished)s")
RECORD, URGE, SHOW = N_("Record"), N_("Urge"), N_("Show")
_OUTSIDE = frozenset({Errand.HAND_IN, Errand.FETCH})


def step_todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """Everything the steps of a person's projects ask for on a day; three queries."""
    found = step_rows(session, reader, on)
    for row in found.rows:
        line = step_line(row.facts, found.calendar, today=on)
        if line is not None:
            yield _todo(row, line, catalogue_queries.catalogue(row.edition_id, session))


def _todo(row: StepRow, line: StepLine, catalogue: Catalogue) -> Todo:
    page = url_for("StepView.one", project_id=row.project_id, number=row.number)
    code = row.facts.department
    who = owner_name(catalogue.department_of.get(code), code, language())
    urges = line.kind is TodoKind.WAIT or line.errand is Errand.URGE
    urges = urges and not row.facts.is_owners and line.errand is not Errand.PAUSE
    place, phone = _where(row, line.errand)
    text, why = _words(row, line)
    return Todo(
        key=f"step:{row.step_id}:{line.errand.value}-{row.attempt}",
        text=text,
        why=why,
        facts={
            "step": catalogue.matter_of.get(row.code) or row.code,
            "who": who,
            "due": line.due_on,
            "since": line.since_on,
            "planned": row.planned_accept_on,
            "finished": row.facts.finished_on,
        },
        kind=line.kind,
        due_on=line.due_on,
        waiting_since_on=line.since_on if line.kind is TodoKind.WAIT else None,
        project_id=row.project_id,
        project=row.project,
        department=_who(row, who),
        place=place,
        phone=phone,
        post=row.post,
        href=url_for("ChaseView.form", step_id=row.step_id) if urges else page,
        action=URGE if urges else SHOW if line.kind is TodoKind.WAIT else RECORD,
        page=page,
        card=row.facts.card if urges else "",
        may_tick=line.errand is Errand.FETCH,
    )


def _who(row: StepRow, who: str) -> str:
    """Whom the line is about; the enterprise with the name of its contact."""
    return f"{row.enterprise[0]} {row.enterprise[1]}".strip() if row.facts.is_owners else who


def _where(row: StepRow, errand: Errand) -> tuple[str, str]:
    """Where one has to go for it, and whom to call."""
    if row.facts.is_owners:
        return "", row.enterprise[2]
    if errand is Errand.CORRECT:
        return row.enterprise[3], row.enterprise[2]
    return row.window[0] if errand in _OUTSIDE else "", row.window[2]


def _words(row: StepRow, line: StepLine) -> tuple[str, str]:
    """The sentence and the reason; both with the facts by name."""
    if line.errand is Errand.URGE and row.facts.accepted_on is None:
        return URGE_AN_ANSWER, WHY_URGE_AN_ANSWER
    if line.errand in (Errand.PREPARE, Errand.HAND_IN):
        if row.is_on_way and row.facts.float_workdays <= 0:
            return TEXTS[line.errand], WHY_NO_TIME
        return TEXTS[line.errand], WHY_PLANNED if line.due_on != row.planned_accept_on else WHY_TODAY
    reasons = {
        Errand.URGE: WHY_URGE if line.due_on else "",
        Errand.CORRECT: WHY_CORRECT if line.since_on else "",
        Errand.RESUME: WHY_RESUME,
        Errand.FETCH: WHY_FETCH,
    }
    return TEXTS[line.errand], reasons.get(line.errand, "")

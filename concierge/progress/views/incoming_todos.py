"""What enterprises ask of a person by their links: look at a material, answer, go there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.progress.models.acts import IncomingRow
from concierge.progress.queries.incoming import waiting_in_charge
from concierge.progress.rules.acts import ActKind
from concierge.staff.queries import acting_on
from concierge.staff.rules.todo import Todo

TEXTS: Mapping[ActKind, str] = {
    ActKind.UPLOAD: N_("Look at the material %(who)s sent"),
    ActKind.PICK_UP: N_("Arrange the pick-up %(who)s asks for"),
    ActKind.MESSAGE: N_("Answer the message of %(who)s"),
    ActKind.VISIT: N_("Arrange the visit %(who)s asks for"),
    ActKind.SCENARIO: N_("Answer the reply of %(who)s to a scenario"),
}
OPEN = N_("Open what came in")


def incoming_todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """What waits in the projects this person acts for today; four queries."""
    if reader.id is None:
        return
    waiting = waiting_in_charge(session, reader)
    acting = acting_on(session, on, {row.project_id for row, _ in waiting}) if waiting else {}
    for row, project in waiting:
        acts = acting.get(row.project_id)
        if acts is None or acts.person_id != reader.id or row.kind not in TEXTS:
            continue
        yield _of(row, project)


def _of(row: IncomingRow, project: str) -> Todo:
    return Todo(
        key=f"incoming:{row.id}:handle",
        text=TEXTS[row.kind],
        facts={"who": row.sender},
        due_on=row.answer_by_on,
        project_id=row.project_id,
        project=project,
        href=url_for("InboxView.one", incoming_id=row.id),
        action=OPEN,
    )

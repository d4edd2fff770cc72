"""Who an enterprise can call about its project today, whoever acts first."""

from __future__ import annotations

from datetime import date

from flask import current_app
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.addresses import mobile_of
from concierge.progress.rules.public_progress import Officer
from concierge.staff.queries import absences, acting_on, names, profiles
from concierge.staff.rules.absence import Away
from projects.queries.project_file import ProjectFile


def officers(session: Session, file: ProjectFile) -> tuple[Officer, ...]:
    """A and B of a project, and whoever acts for them, the acting one first.

    Shape: eight queries at the most; a mobile number is never shown, the office's line stands in for it.
    Source: PL-8, AB-1 to AB-3.
    """
    if file.pairing is None:
        return ()
    today = clock.today()
    acting = acting_on(session, today, [file.project.id]).get(file.project.id)
    posts = {file.pairing.a_id: "A", file.pairing.b_id: "B"}
    acting_id = acting.person_id if acting else file.pairing.a_id
    if acting_id is not None:
        posts.setdefault(acting_id, "C")
    known, told = profiles(session, posts), names(session, posts)
    away = {one.person_id: one for one in absences(session, today, today)}
    found = [
        Officer(
            name=told.get(person_id, ""),
            post=post,
            office=known[person_id].office if person_id in known else "",
            phone=office_line(known[person_id].phone if person_id in known else ""),
            is_acting=person_id == acting_id,
            away_until_on=_until(away.get(person_id)),
        )
        for person_id, post in posts.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_acting, one.post)))


def office_line(phone: str) -> str:
    """A number that may stand on a public page: a fixed line, else the office's own.

    Source: PL-8.
    """
    if mobile_of(phone) or not any(sign.isdigit() for sign in phone):
        return str(current_app.config["CONCIERGE"].office_phone)
    return phone


def _until(away: Away | None) -> date | None:
    return away.last_on if away is not None else None

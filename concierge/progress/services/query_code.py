"""Make a project's query code, and answer by one."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app
from sqlalchemy import Select, select

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.security.lockout import address_key
from concierge.kernel.work import Work, work
from concierge.progress.events import QueryCodeMade
from concierge.progress.models.links import QueryCodeRow, WrongCodeRow
from concierge.progress.rules.query_codes import (
    CodeUnknown,
    WrongTries,
    check_patience,
    code_hash,
    code_of_seed,
    new_seed,
    one_more,
    read,
    written,
)
from projects.models.project import Project

HINT_SIGNS = 2


def make_query_code(project_id: int, *, by: Actor) -> str:
    """Make a project's code; it is told once, here, and the one before tells nothing any more.

    Raises: Missing.
    Effects: tells ``QueryCodeMade``, without the code.
    Source: PL-13.
    """
    with work(by) as w:
        return make_code(w, project_id)


def make_code(w: Work, project_id: int) -> str:
    """The same in the caller's work."""
    project = w.get(Project, project_id)
    now = clock.now()
    for row in w.session.scalars(_standing(project.id).with_for_update()):
        row.revoked_at = now
    seed = new_seed()
    code = code_of_seed(seed, current_app.config["SECRET_KEY"])
    w.add(
        QueryCodeRow(
            project_id=project.id,
            code_hash=code_hash(code, current_app.config["SECRET_KEY"]),
            seed=seed,
            hint=code[-HINT_SIGNS:],
            made_by_id=w.by.id,
            made_by=w.by.label,
            made_at=now,
        )
    )
    w.record(QueryCodeMade(project_id=project.id, hint=code[-HINT_SIGNS:]))
    return code


def standing_code(w: Work, project_id: int) -> str:
    """The code of a project that works now, for a paper or a message to carry; made where there is none.

    Raises: Missing.
    Effects: a code from before codes could be told again ends, for it could not be printed.
    Source: PL-13.
    """
    row = w.session.scalar(_standing(project_id))
    if row is None or not row.seed:
        return make_code(w, project_id)
    return code_of_seed(row.seed, current_app.config["SECRET_KEY"])


def query_on_paper(project_id: int) -> dict[str, str]:
    """What a paper for the enterprise says of where to ask how things stand.

    Shape: ``code`` in two groups, ``place`` to type it at, ``address`` for a camera.
    Raises: Missing.
    """
    with work(SYSTEM) as w:
        code = standing_code(w, project_id)
    place = f"{current_app.config['CONCIERGE'].base_url}/q"
    return {"code": written(code), "place": place, "address": f"{place}/{code}"}


def _standing(project_id: int) -> Select[tuple[QueryCodeRow]]:
    return (
        select(QueryCodeRow)
        .where(QueryCodeRow.project_id == project_id, QueryCodeRow.revoked_at.is_(None))
        .order_by(QueryCodeRow.id.desc())
    )


def project_of_code(typed: str, address: str) -> int:
    """The number of the project a code belongs to.

    Raises: CodeUnknown, for a wrong one, one that ended and what is none, all alike; TooManyWrongCodes.
    Effects: a wrong code is counted against the place it came from.
    Source: PL-9, PL-13.
    """
    found: int | None = None
    with work(SYSTEM) as w:
        place = address_key(address, current_app.config["SECRET_KEY"])
        place = hmac.new(b"query code", place.encode(), hashlib.sha256).hexdigest()
        row = w.session.get(WrongCodeRow, place, with_for_update=True)
        known = WrongTries(row.tries, row.since_at, row.locked_until) if row is not None else None
        now = clock.moment()
        check_patience(known, now)
        code = read(typed)
        if code:
            wanted = code_hash(code, current_app.config["SECRET_KEY"])
            asked = select(QueryCodeRow.project_id).where(
                QueryCodeRow.code_hash == wanted, QueryCodeRow.revoked_at.is_(None)
            )
            found = w.session.scalar(asked)
        if found is None:
            _count(w, row, place, one_more(known, now))
    if found is None:
        raise CodeUnknown(field="code")
    return found


def _count(w: Work, row: WrongCodeRow | None, place: str, after: WrongTries) -> None:
    if row is None:
        row = WrongCodeRow(place=place)
        w.session.add(row)
    row.tries, row.since_at, row.locked_until = after.tries, after.since_at, after.locked_until
    w.session.flush()

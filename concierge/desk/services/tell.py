"""Tell people of an event: one notice for each, however often the event comes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select

from concierge.desk.models.notices import NoticeRow
from concierge.desk.rules.audience import Charge, Told, audience
from concierge.desk.services.post_notices import post
from concierge.kernel import clock
from concierge.kernel.facts import plain
from concierge.kernel.work import Work
from concierge.staff.models import Pairing
from concierge.staff.queries import absences, acting_on
from concierge.staff.rules.absence import Duty
from projects.models.project import Project


def tell_project(  # noqa: PLR0913  (what a notice holds)
    w: Work,
    project_id: int,
    text: str,
    facts: Mapping[str, object],
    *,
    code: str = "",
    but: int | None = None,
    with_liaison: bool = True,
) -> int:
    """Tell those in charge of a project; answers how many were told now.

    Shape: ``text`` names a sentence, ``facts`` fill it; ``but`` is who did it and knows.
    Effects: one row for each person, none for one who was told of this event before.
    Source: AB-1 to AB-3.
    """
    today = clock.today()
    told = audience(
        _charge(w, project_id), today, absences(w.session, today, today), but=but, with_liaison=with_liaison
    )
    return _tell(w, told, text, facts, project_id=project_id, code=code)


def tell_person(w: Work, person_id: int, text: str, facts: Mapping[str, object]) -> int:
    """Tell one person of something that belongs to no project."""
    return _tell(w, (Told(person_id, is_acting=True),), text, facts, project_id=None, code="")


def _charge(w: Work, project_id: int) -> Charge:
    pair = w.session.execute(
        select(Pairing.a_id, Pairing.b_id).where(Pairing.project_id == project_id, Pairing.until.is_(None))
    ).first()
    liaison_id = w.session.scalar(select(Project.liaison_id).where(Project.id == project_id))
    if pair is None:
        return Charge(duty=None, liaison_id=liaison_id)
    now = clock.local(clock.now()).time()
    acts = acting_on(w.session, clock.today(), [project_id], at=now).get(project_id)
    return Charge(
        duty=Duty(project_id=project_id, a_id=pair.a_id, b_id=pair.b_id),
        liaison_id=liaison_id,
        acting_id=acts.person_id if acts else None,
    )


def _tell(
    w: Work,
    told: tuple[Told, ...],
    text: str,
    facts: Mapping[str, object],
    *,
    project_id: int | None,
    code: str,
) -> int:
    if w.event_id is None:
        raise RuntimeError("A notice is told from a handler: it belongs to the event it tells of.")
    known = set(w.session.scalars(select(NoticeRow.person_id).where(NoticeRow.event_id == w.event_id)))
    new = [one for one in told if one.person_id not in known]
    rows = [
        NoticeRow(
            event_id=w.event_id,
            person_id=one.person_id,
            project_id=project_id,
            code=code,
            text=text,
            facts=json.dumps(plain(dict(facts)), ensure_ascii=False, sort_keys=True),
            is_acting=one.is_acting,
            made_at=clock.now(),
        )
        for one in new
    ]
    w.session.add_all(rows)
    w.session.flush()
    post(w, rows)
    return len(new)

"""请假与顶岗 as plain values: who is away, who acts meanwhile, and what nobody is there for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from concierge.kernel import spoken
from concierge.kernel.web import actor
from concierge.staff import queries
from concierge.staff.rules.presence import Cover, Presence, Stretch, covers_by_project, stretches

LOOK_AHEAD = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class AbsencesSheet:
    """What the page shows. Shape: ``alone`` counts the projects nobody is there for on some coming day."""

    today: date
    rows: list[dict[str, Any]]
    alone: int


def absences_sheet(session: Session, today: date, *, for_all: bool) -> AbsencesSheet:
    """The absences that are not over, with who acts meanwhile; six queries, whatever their number."""
    last_on = today + LOOK_AHEAD
    names = {person.id: queries.spoken_name(person) for person in queries.officers(session)}
    presence = Presence(queries.absences(session, today, last_on))
    covers = covers_by_project(queries.covers(session, today, last_on))
    duties = queries.duties(session)
    alone: set[int] = set()
    rows = []
    for row in queries.absence_rows(session, today):
        away = queries.away_of(row)
        if away is None:
            continue
        own = [duty for duty in duties if row.person_id in (duty.a_id, duty.b_id)]
        acting: list[Stretch] = []
        for duty in own:
            named: list[Cover] = covers.get(duty.project_id, [])
            found = stretches(duty, presence, named, away.begin, away.end)
            if any(one.person_id is None for one in found):
                alone.add(duty.project_id)
            if duty.a_id == row.person_id or any(one.post not in ("A", "") for one in found):
                acting += found
        rows.append(
            {
                "id": row.id,
                "name": queries.spoken_name(row.person),
                "first": _moment(row.first_on, row.from_time),
                "last": _moment(row.last_on, row.until_time),
                "is_now": row.first_on <= today,
                "is_planned": row.is_planned,
                "reason": row.reason,
                "acting": _who(acting, names),
                "is_open": for_all or row.person_id == actor().id,
            }
        )
    return AbsencesSheet(today=today, rows=rows, alone=len(alone))


def _moment(on: date, at: time | None) -> str:
    return f"{spoken.day(on)} {at:%H:%M}" if at else spoken.day(on)


def _who(acting: list[Stretch], names: dict[int, str]) -> list[str]:
    counted = Counter((one.post, one.person_id) for one in acting if one.post != "A")
    said = []
    for (post, person_id), count in sorted(counted.items(), key=lambda pair: (pair[0][0], pair[0][1] or 0)):
        projects = ngettext("%(num)s project", "%(num)s projects", count)
        if person_id is None:
            said.append(gettext("nobody: %(projects)s", projects=projects))
        else:
            said.append(f"{post} {names.get(person_id, '—')}　{projects}")
    return said

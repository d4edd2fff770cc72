"""Keep what came in by a link, once, however often its form is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock, letters
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work
from concierge.progress.events import ThingCameIn
from concierge.progress.models.acts import IncomingRow
from concierge.progress.rules.acts import ActKind, IncomingState
from concierge.progress.rules.incoming import ANSWER_WORKDAYS
from concierge.progress.rules.links import ProgressLink

HOLDER = Actor(None, "企业（进度链接）")
"""Whoever holds a link acts without an account; the row of what came in says whose link it was."""
BY_ITSELF = "系统"
KEPT_SIGNS = 4


@dataclass(frozen=True, kw_only=True, repr=False)
class Sent:
    """What an enterprise sends. Shape: ``name`` and ``phone`` are of whoever is to be asked for."""

    kind: ActKind
    form_key: str
    words: str = ""
    material: str = ""
    step_id: int | None = None
    wanted_on: date | None = None
    begins: time | None = None
    place: str = ""
    name: str = ""
    phone: str = ""


def known(w: Work, link: ProgressLink, form_key: str) -> IncomingRow | None:
    """What this form brought before, if it was sent before."""
    asked = select(IncomingRow).where(IncomingRow.link_id == link.id, IncomingRow.form_key == form_key)
    return w.session.scalar(asked)


def keep(w: Work, link: ProgressLink, sent: Sent, *, about_id: int | None = None) -> IncomingRow:
    """Keep it in the caller's work; with ``about_id`` it has gone its own way already and waits for nobody.

    Effects: tells ``ThingCameIn``, without words and names.
    """
    today, now = clock.today(), clock.now()
    calendar = catalogue_queries.work_calendar(w.session)
    is_done = about_id is not None
    row = w.add(
        IncomingRow(
            project_id=link.project_id,
            link_id=link.id,
            kind=sent.kind,
            form_key=sent.form_key,
            sender=link.recipient,
            words=sent.words,
            material=sent.material,
            step_id=sent.step_id,
            wanted_on=sent.wanted_on,
            begins=sent.begins,
            place=sent.place,
            sealed=sealed_person(sent.name, sent.phone),
            hint=f"…{sent.phone.strip()[-KEPT_SIGNS:]}" if sent.phone.strip() else "",
            came_at=now,
            answer_by_on=calendar.add_workdays(today, ANSWER_WORKDAYS),
            state=IncomingState.TAKEN if is_done else IncomingState.NEW,
            handled_at=now if is_done else None,
            handled_by=BY_ITSELF if is_done else "",
            about_id=about_id,
        )
    )
    w.record(ThingCameIn(row.id, row.project_id, row.link_id, row.kind.value, row.material, row.answer_by_on))
    return row


def sealed_person(name: str, phone: str) -> bytes | None:
    """Name and telephone as they are kept: sealed; nothing for neither."""
    if not name.strip() and not phone.strip():
        return None
    return letters.seal_text(json.dumps([name.strip(), phone.strip()]))


def person_of(row: IncomingRow) -> tuple[str, str]:
    """Name and telephone that came with it, empty for none. Raises: SealBroken, SealedWithOtherKey."""
    if row.sealed is None:
        return "", ""
    name, phone = json.loads(letters.open_text(row.sealed))
    return str(name), str(phone)

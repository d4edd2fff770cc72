"""What happened to a step, newest first: the moves of its journal, what each moved, and people's notes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext, pgettext

from approvals.rules.journal import Line
from concierge.kernel import clock, spoken
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import N_
from projects.queries.step_file import StepFile
from projects.views.words import move_said


def step_log(step: StepFile) -> list[dict[str, Any]]:
    """The entries of the timeline: moves and notes, the newest first.

    Shape: as the timeline macro reads them; ``notes`` are the lines below an entry, ``is_gone`` says that it
        was taken back.
    """
    found = [*_moves(step.journal), *(_note(line) for line in step.notes)]
    return [entry for _, entry in sorted(found, key=lambda item: item[0], reverse=True)]


def _moves(journal: Sequence[Line]) -> Iterator[tuple[tuple[datetime, int], dict[str, Any]]]:
    gone = {line.undoes for line in journal if line.undoes is not None}
    before: Line | None = None
    for line in journal:
        at = line.at or clock.moment()
        entry = _entry(at, line.actor if line.actor_id is not None else "", move_said(line.move, line.on))
        entry["notes"] = list(_notes(line, before))
        entry["is_gone"] = line.number in gone
        yield (at, line.number), entry
        before = line


def _notes(line: Line, before: Line | None) -> Iterator[str]:
    if line.paper:
        yield gettext("Number %(number)s", number=line.paper)
    if line.reason:
        yield gettext("Reason: %(reason)s", reason=gettext("; ").join(line.reason.splitlines()))
    if line.basis:
        yield gettext("Basis: %(basis)s", basis=line.basis)
    moved = _ends_moved(line, before)
    if moved:
        yield moved


def _ends_moved(line: Line, before: Line | None) -> str:
    """What a move did to the promised end, and to the one by law where it moved too."""
    was = (before.promised_end_on, before.statutory_end_on) if before is not None else (None, None)
    words = (
        (N_("due %(to)s"), N_("due moves from %(from_)s to %(to)s")),
        (N_("by law %(to)s"), N_("by law from %(from_)s to %(to)s")),
    )
    ends = (line.promised_end_on, line.statutory_end_on)
    said = [_end_moved(*pair) for pair in zip(words, was, ends, strict=True)]
    return pgettext("between clauses", ", ").join(filter(None, said))


def _end_moved(words: tuple[str, str], was: date | None, end: date | None) -> str:
    if end is None or end == was:
        return ""
    if was is None:
        return gettext(words[0], to=spoken.day(end))
    return gettext(words[1], from_=spoken.day(was), to=spoken.day(end))


def _note(line: AuditLine) -> tuple[tuple[datetime, int], dict[str, Any]]:
    said = str(json.loads(line.facts)["text"])
    at = line.at
    return (at, 0), _entry(at, line.actor if line.actor_id is not None else "", said)


def _entry(at: datetime, by: str, text: str) -> dict[str, Any]:
    local = clock.local(at)
    return {
        "at": local.strftime("%Y-%m-%d %H:%M"),
        "iso": local.isoformat(timespec="minutes"),
        "by": by,
        "text": text,
        "kind": "act" if by else "",
        "notes": [],
        "is_gone": False,
    }

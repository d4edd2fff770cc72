"""What happened to a project, as its enterprise is told: moves without reasons, notes the office chose."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.queries import cases
from approvals.rules.journal import Line, standing_lines
from approvals.rules.progress import Move
from concierge.kernel import clock
from concierge.kernel.audit import AuditLine
from concierge.progress.queries.shown import Decisions
from concierge.progress.rules.public_progress import Happened, PublicMove
from concierge.progress.rules.shown import ItemKind
from projects.queries.project_file import ProjectFile
from projects.rules.owner import owner_name

MOST_LINES = 120
PUBLIC: Mapping[Move, PublicMove] = {
    Move.RECEIVE: PublicMove.HANDED_IN,
    Move.WITHDRAW: PublicMove.WITHDRAWN,
    Move.ACCEPT: PublicMove.ACCEPTED,
    Move.NOT_ACCEPT: PublicMove.NOT_ACCEPTED,
    Move.DECLINE: PublicMove.NOT_ACCEPTED,
    Move.CORRECT: PublicMove.CORRECTION_ASKED,
    Move.CORRECTED: PublicMove.CORRECTED,
    Move.STOP: PublicMove.PAUSED,
    Move.RESUME: PublicMove.GOES_ON,
    Move.EXTEND: PublicMove.EXTENDED,
    Move.PASS: PublicMove.DECIDED,
    Move.REFUSE: PublicMove.REFUSED,
    Move.RECALL: PublicMove.WITHDRAWN,
    Move.START_OVER: PublicMove.BEGUN_ANEW,
}
"""The moves an enterprise is told of; what is not here stays inside."""


def history(
    session: Session, file: ProjectFile, decided: Decisions, shown: Collection[str], lang: str
) -> tuple[Happened, ...]:
    """The moves that still count and the notes that are shown, the newest first, ``MOST_LINES`` at most.

    Source: PL-8: neither reason, basis nor name of a move is public.
    """
    by_id = {step.id: step for step in file.steps if step.code in shown}
    found: list[tuple[tuple[object, ...], Happened]] = []
    for line in _standing(session, file.project.id):
        step = by_id.get(line.step_id or 0)
        move = PUBLIC.get(line.move)
        if step is None or move is None or not decided.is_shown(ItemKind.MOVE, line.id or 0):
            continue
        matter = file.catalogue.matter_of.get(step.code)
        department = file.catalogue.department_of.get(step.department)
        told = Happened(
            on=line.on,
            move=move,
            step=matter.spoken(lang) if matter else step.code,
            department=owner_name(department, step.department, lang),
        )
        found.append(((line.on, line.id or 0), told))
    found += [((one.on, 0), one) for one in _notes(session, file, decided, lang)]
    ordered = sorted(found, key=lambda pair: pair[0], reverse=True)
    return tuple(told for _, told in ordered[:MOST_LINES])


def _standing(session: Session, project_id: int) -> Iterator[Line]:
    of_step: dict[int, list[Line]] = defaultdict(list)
    for line in cases.journal(session, project_id=project_id):
        of_step[line.step_id or 0].append(line)
    for lines in of_step.values():
        yield from standing_lines(lines)


def _notes(session: Session, file: ProjectFile, decided: Decisions, lang: str) -> Iterator[Happened]:
    chosen = decided.shown(ItemKind.NOTE)
    if not chosen:
        return
    rows = session.scalars(
        select(AuditLine).where(
            AuditLine.id.in_(chosen), AuditLine.project_id == file.project.id, AuditLine.act == "StepNoted"
        )
    )
    for row in rows:
        facts = json.loads(row.facts)
        matter = file.catalogue.matter_of.get(str(facts.get("code", "")))
        yield Happened(
            on=clock.local(row.at).date(),
            move=PublicMove.NOTE,
            step=matter.spoken(lang) if matter else "",
            words=str(facts.get("text", "")),
        )

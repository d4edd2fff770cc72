"""The trace: who did what, when, to which project, in a chain where each line seals the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, Text, bindparam, insert, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from concierge.kernel.db import Base

GENESIS = "0" * 64
_FIRST_HEAD = text(
    "INSERT INTO kernel_audit_head (id, lines, seal) VALUES (1, 0, :seal) ON CONFLICT (id) DO NOTHING"
)
_AT_ONCE = 2000


class AuditLine(Base):
    """One act. Append-only; ``seal`` is the SHA-256 of the line and of the seal before it."""

    __tablename__ = "kernel_audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    act: Mapped[str]
    project_id: Mapped[int | None] = mapped_column(index=True)
    facts: Mapped[str] = mapped_column(Text)
    seal: Mapped[str]


class AuditHead(Base):
    """The end of the chain: one row, locked while a line is added, so that lines come one after another."""

    __tablename__ = "kernel_audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[int]
    seal: Mapped[str]


_LINE, _HEAD = cast("Table", AuditLine.__table__), cast("Table", AuditHead.__table__)
_ADDED = insert(_LINE)
_TOLD = tuple(column.name for column in _LINE.columns if column.name != "id")
_LOCKED_HEAD = select(_HEAD.c.seal).where(_HEAD.c.id == 1).with_for_update()
_NEXT_HEAD = update(_HEAD).where(_HEAD.c.id == 1).values(lines=_HEAD.c.lines + 1, seal=bindparam("next_seal"))


def canonical(facts: dict[str, Any]) -> str:
    """Facts as text that is the same wherever it is made."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _sealed(line: AuditLine, before: str) -> str:
    told = canonical(
        {
            "at": line.at.isoformat(),
            "actor": line.actor,
            "actor_id": line.actor_id,
            "act": line.act,
            "project": line.project_id,
            "facts": line.facts,
        }
    )
    return hashlib.sha256((before + told).encode()).hexdigest()


def add_line(session: Session, line: AuditLine) -> None:
    """Seal one line to the end of the chain.

    Effects: locks the head until the transaction ends, so the lines of two transactions never interleave.
    """
    connection = session.connection()
    before = connection.execute(_LOCKED_HEAD).scalar_one_or_none()
    if before is None:  # the first line of all; somebody else may be writing it at this moment
        connection.execute(_FIRST_HEAD, {"seal": GENESIS})
        before = connection.execute(_LOCKED_HEAD).scalar_one()
    line.seal = _sealed(line, before)
    told = {name: getattr(line, name) for name in _TOLD}
    connection.execute(_ADDED, told)
    connection.execute(_NEXT_HEAD, {"next_seal": line.seal})


def first_altered(session: Session) -> int | None:
    """The first line that no longer fits its seal; 0 when lines are missing at the end; None: all is well."""
    before, count = GENESIS, 0
    lines = select(AuditLine).order_by(AuditLine.id).execution_options(yield_per=_AT_ONCE)
    for line in session.execute(lines).scalars():
        if line.seal != _sealed(line, before):
            return line.id
        before, count = line.seal, count + 1
    head = session.get(AuditHead, 1)
    told = (head.lines, head.seal) if head else (0, GENESIS)
    return None if told == (count, before) else 0


def seal_at(session: Session, lines: int) -> str | None:
    """The seal the chain had when it was so many lines long; None when it never was."""
    nth = select(AuditLine.seal).order_by(AuditLine.id).offset(lines - 1).limit(1)
    return session.execute(nth).scalar_one_or_none()

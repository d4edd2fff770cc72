"""The end of the audit chain, noted outside the database, so that a cut or rewritten chain shows.

The chain alone shows an altered or missing line inside; whoever rewrites the whole table and its head needs
the anchors too, and those are signed with a key the database does not hold. Copy the file to another
machine.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from concierge.kernel import audit, clock
from concierge.kernel.audit import AuditHead
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.errors import N_

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Anchor:
    """The chain had this many lines and this last seal."""

    at: str
    lines: int
    seal: str
    mark: str


@dataclass(frozen=True)
class Fault:
    """What is wrong, as an English template and the facts that fill it."""

    sentence: str
    facts: dict[str, Any]


def path(settings: Settings) -> Path:
    """Where the anchors are."""
    return settings.home / "audit-anchors.txt"


def _mark(settings: Settings, at: str, lines: int, seal: str) -> str:
    told = f"audit anchor {at} {lines} {seal}".encode()
    return hmac.new(settings.signing_key().encode(), told, hashlib.sha256).hexdigest()


def known(settings: Settings) -> Iterator[Anchor]:
    """The anchors noted so far, oldest first."""
    if path(settings).exists():
        for line in path(settings).read_text(encoding="ascii").splitlines():
            at, lines, seal, mark = line.split()
            yield Anchor(at, int(lines), seal, mark)


def drop(settings: Settings) -> None:
    """Note the end of the chain, unless it is the one noted last.

    Effects: appends one line and forces it to disk; logs it too, for whoever keeps the logs elsewhere.
    """
    with Session(db.engine) as session:
        head = session.get(AuditHead, 1)
    last = max(known(settings), key=lambda anchor: anchor.lines, default=None)
    if head is None or (last and last.lines == head.lines):
        return
    at = f"{clock.moment():%Y%m%dT%H%M%SZ}"
    line = f"{at} {head.lines} {head.seal} {_mark(settings, at, head.lines, head.seal)}\n"
    settings.home.mkdir(parents=True, exist_ok=True)
    with path(settings).open("a", encoding="ascii") as target:
        target.write(line)
        target.flush()
        os.fsync(target.fileno())
    log.info("audit anchored: lines=%d seal=%s", head.lines, head.seal)


def first_fault(settings: Settings, session: Session) -> Fault | None:
    """What is wrong with the audit chain; None if all is well."""
    altered = audit.first_altered(session)
    if altered == 0:
        return Fault(N_("Lines are missing at the end of the audit trace."), {})
    if altered is not None:
        return Fault(
            N_("Audit line %(line)s was altered, or a line before it was removed."), {"line": altered}
        )
    for anchor in known(settings):
        facts = {"at": anchor.at, "lines": anchor.lines}
        if anchor.mark != _mark(settings, anchor.at, anchor.lines, anchor.seal):
            return Fault(
                N_("The anchor of %(at)s was not made by this system, or the key has changed."), facts
            )
        if audit.seal_at(session, anchor.lines) != anchor.seal:
            return Fault(
                N_("The audit trace was rewritten: at %(at)s its first %(lines)s lines were others."), facts
            )
    return None

"""Who opened a link, without knowing who: when, with what program, and whether from a device seen before."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel import clock
from concierge.kernel.clients import client_family
from concierge.kernel.db import Base
from concierge.kernel.work import Work

MOST_LOGGED = 500


@dataclass(frozen=True)
class Visitor:
    """Who opens a link, as far as it is looked at: the program's name, and the network it comes from."""

    program: str
    address: str


class Openable(Protocol):
    """The row of a link that counts its openings."""

    id: int
    opened_count: int
    last_opened_at: datetime | None


class Opening(Base):
    """One opening of a link: when, and with what kind of program; no address is kept. Append-only.

    Shape: ``device`` is a keyed hash of program and network, good only for telling a device seen before.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int]
    at: Mapped[datetime]
    client: Mapped[str]
    device: Mapped[str]
    is_new_device: Mapped[bool]


def log_opening(w: Work, link: Openable, openings: type[Opening], visitor: Visitor) -> None:
    """Write an opening down on a link the caller holds; past ``MOST_LOGGED`` only those from new devices."""
    now, device = clock.now(), _device(openings.__tablename__, link.id, visitor)
    seen = select(openings.id).where(openings.link_id == link.id, openings.device == device)
    is_new = link.opened_count > 0 and w.session.scalar(seen.limit(1)) is None
    if link.opened_count < MOST_LOGGED or is_new:
        client = client_family(visitor.program)
        w.session.add(openings(link_id=link.id, at=now, client=client, device=device, is_new_device=is_new))
    link.opened_count += 1
    link.last_opened_at = now


def _device(log: str, link_id: int, visitor: Visitor) -> str:
    """A sign by which a device is known again, for this link only. No address can be read from it."""
    network = visitor.address.rpartition("." if "." in visitor.address else ":")[0]
    key = current_app.config["SECRET_KEY"].encode()
    text = f"{log}|{link_id}|{network}|{visitor.program}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16]

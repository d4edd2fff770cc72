"""Something that is to reach somebody outside, from any addon: sealed here until a carrier has taken it.

Who carries (SMS, mail) stands at the top of the house; who has something to say may stand beside it or below.
So the one who speaks leaves a letter here in its own transaction and tells ``LetterLeft``; whoever carries
listens. Address and words are sealed with the system's key, the event names the letter's number only, and
once it is carried or given up nothing of it is left but that it went.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from flask import current_app
from sqlalchemy import Index, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from concierge.kernel import clock
from concierge.kernel.addresses import address_hint, mobile_of
from concierge.kernel.db import Base
from concierge.kernel.events import LetterLeft
from concierge.kernel.sealing import opened, sealed
from concierge.kernel.storage import keys_of
from concierge.kernel.work import Work


class LetterRow(Base):
    """One letter to somebody outside.

    Shape: ``way`` is sms or mail, ``kind`` what it is for; ``sealed`` is gone once it was carried or given
        up. ``occasion`` is unique: the same occasion leaves no second letter.
    """

    __tablename__ = "kernel_letter"
    __table_args__ = (Index("ux_kernel_letter_occasion", "occasion", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None]
    occasion: Mapped[str]
    way: Mapped[str]
    kind: Mapped[str]
    hint: Mapped[str]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    left_at: Mapped[datetime]
    carried_at: Mapped[datetime | None]


@dataclass(frozen=True, kw_only=True, repr=False)
class Letter:
    """What is to be said, and to whom.

    Shape: ``short`` are the values an SMS template takes; ``subject`` and ``text`` are for mail.
    """

    to: str
    subject: str = ""
    text: str = ""
    short: Mapping[str, str] | None = None


def leave(  # noqa: PLR0913  (what stands on an envelope)
    w: Work, letter: Letter, *, way: str, kind: str, occasion: str, hint: str, project_id: int | None
) -> int:
    """Leave a letter in the caller's work; answers its number, also when the occasion left one before.

    Effects: tells ``LetterLeft``, without address and words.
    """
    known = w.session.scalar(select(LetterRow.id).where(LetterRow.occasion == occasion))
    if known is not None:
        return known
    row = w.add(
        LetterRow(
            project_id=project_id,
            occasion=occasion,
            way=way,
            kind=kind,
            hint=hint,
            sealed=seal_text(json.dumps([letter.to, letter.subject, letter.text, dict(letter.short or {})])),
            left_at=clock.now(),
        )
    )
    w.record(LetterLeft(letter_id=row.id, project_id=project_id, way=way, kind=kind))
    return row.id


def sms_number(phone: str, kind: str) -> str:
    """The number an SMS of a kind goes to; empty where a person has to see to it instead.

    Shape: empty where SMS is not set up, the kind has no template of its own (the setting
        ``sms_<kind>_template``), or the telephone on file is no mobile one.
    """
    is_set_up = can_carry("sms") and getattr(current_app.config["CONCIERGE"], f"sms_{kind}_template")
    return mobile_of(phone) if is_set_up else ""


def leave_sms(
    w: Work, number: str, short: Mapping[str, str], *, kind: str, occasion: str, project_id: int | None
) -> int:
    """Leave the values of an SMS template for a number; for the rest as ``leave``."""
    letter = Letter(to=number, short=short)
    hint = address_hint(number)
    return leave(w, letter, way="sms", kind=kind, occasion=occasion, hint=hint, project_id=project_id)


def leave_answer(w: Work, phone: str, number: str, *, occasion: str, project_id: int | None) -> bool:
    """Leave word by SMS that a report or complaint is answered; False where a person has to call.

    Shape: the answer itself is not sent: an operator's template holds short values only.
    """
    mobile = sms_number(phone, "answer")
    if mobile:
        short = {"number": number, "day": clock.today().isoformat()}
        leave_sms(w, mobile, short, kind="answer", occasion=occasion, project_id=project_id)
    return bool(mobile)


def is_left(session: Session, occasion: str) -> bool:
    """Whether a letter was left for this occasion."""
    return session.scalar(select(LetterRow.id).where(LetterRow.occasion == occasion)) is not None


def can_carry(way: str) -> bool:
    """Whether this system is set up to carry letters this way: sms or mail."""
    settings = current_app.config["CONCIERGE"]
    return bool({"sms": settings.sms_access_key, "mail": settings.smtp_host}.get(way))


def read(session: Session, letter_id: int) -> Letter | None:
    """What a letter says; None once it is gone. Raises: SealBroken, SealedWithOtherKey."""
    row = session.get(LetterRow, letter_id)
    if row is None or row.sealed is None:
        return None
    to, subject, text, short = json.loads(open_text(row.sealed))
    return Letter(to=to, subject=subject, text=text, short=short)


def forget(w: Work, letter_id: int) -> None:
    """Nothing of a letter stays but that it went or was given up."""
    row = w.get(LetterRow, letter_id)
    row.sealed, row.carried_at = None, row.carried_at or clock.now()


def seal_text(plain: str) -> bytes:
    """A short text sealed with the system's key."""
    key = keys_of(current_app.config["CONCIERGE"])[0]
    return b"".join(sealed(BytesIO(plain.encode()), key))


def open_text(sealed_text: bytes) -> str:
    """What a sealed text says. Raises: SealBroken, SealedWithOtherKey."""
    keys = keys_of(current_app.config["CONCIERGE"])
    return b"".join(opened([sealed_text], keys)).decode()

"""The templates the house ships, and which one a document is made from on a day."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from documents.press.compose import write
from documents.queries.kinds import kind_of
from documents.queries.templates import published_template

FORMS = Path(__file__).parent.parent / "forms"


@lru_cache(maxsize=256)
def shipped_template(code: str) -> bytes:
    """The shipped template of a kind: the file in ``documents/forms``, or composed where none lies there.

    Raises: Missing.
    """
    file = FORMS / code / "template.docx"
    return file.read_bytes() if file.exists() else write(kind_of(code))


def template_digest(session: Session, code: str, on: date) -> str:
    """The SHA-256 of the template in force on a day: the office's own, or the shipped one."""
    own = published_template(session, code, on)
    return own.sha256 if own is not None else shipped_digest(code)


@lru_cache(maxsize=256)
def shipped_digest(code: str) -> str:
    """The SHA-256 of a shipped template."""
    return hashlib.sha256(shipped_template(code)).hexdigest()

"""What every row of the draft of the catalogue is: numbered, versioned, and in its place."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel import clock
from concierge.kernel.db import Versioned


class DraftRow(Versioned):
    """One row of the draft.

    Shape: ``position`` is its place in its file, so that files stay comparable; ``changed_at`` tells readers
    that the draft they keep is old, and so is the machine's own time, which no demonstration turns back.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime] = mapped_column(default=clock.moment, onupdate=clock.moment)


def same_fields(row: object, kind: Any) -> Any:
    """The fact whose fields the row's columns are, one for one."""
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})


def take(row: object, fact: Any) -> None:
    """Copy a fact's fields into the columns of the same names."""
    for field in fields(fact):
        setattr(row, field.name, getattr(fact, field.name))

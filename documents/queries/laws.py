"""The laws of ``documents/data/laws.csv`` that a kind of document rests on."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from documents.rules.laws import Law, in_force

LAWS = Path(__file__).parent.parent / "data" / "laws.csv"


@lru_cache(maxsize=1)
def known_laws() -> tuple[Law, ...]:
    """Every citation written down. Source: R-LAW-1."""
    with LAWS.open(encoding="utf-8", newline="") as lines:
        return tuple(_law(row) for row in csv.DictReader(lines))


def basis_on(ids: Sequence[str], on: date) -> tuple[Law, ...]:
    """The named laws in force on a day. Raises: LawUnknown."""
    return in_force(known_laws(), ids, on)


def _law(row: dict[str, str]) -> Law:
    return Law(
        id=row["id"],
        title=row["title"],
        wenhao=row["wenhao"],
        articles=row["articles"],
        in_force_on=date.fromisoformat(row["in_force_on"]),
        ended_on=date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
    )

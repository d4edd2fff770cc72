"""The extension of a case's limit: once, by whom, by how much at the most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Extension:
    """One extension, told to the applicant with its reasons.

    Units: working days.
    Shape: ``granted_by`` is the line of the step's journal, counted from 1.
    Source: AC-7 to AC-9.
    """

    workdays: int
    on: date
    approved_by: str
    basis: str = ""
    reason: str = ""
    granted_by: int = 0

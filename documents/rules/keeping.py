"""How long the archive keeps a project's file, and under which number."""

from __future__ import annotations

from enum import StrEnum


class ArchiveState(StrEnum):
    """How far the archiving of a project is."""

    ASKED = "asked"
    MADE = "made"
    FAILED = "failed"


class Occasion(StrEnum):
    """Why a project's file was laid down."""

    ENDED = "ended"
    ASKED = "asked"

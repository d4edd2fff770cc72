"""Where a template of an office stands between being sent in and being taken back."""

from __future__ import annotations

from enum import StrEnum


class TemplateState(StrEnum):
    """The states of one version of a template."""

    WAITING = "waiting"  # sent in, its trial is not over
    FAULTY = "faulty"  # the trial found what must be mended
    READY = "ready"  # nothing stands against publishing it
    PUBLISHED = "published"  # documents are made from it between two days
    RETIRED = "retired"  # taken back; what was made from it stays
    DROPPED = "dropped"  # never published, and never will be

"""What a department says in a joint review: its stance, its conditions, and what it still needs.

Source: PR-3, PR-4.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from approvals.rules.contradictions import Condition


class Stance(enum.Enum):
    """What a department answers to a submission; ``SILENT`` is written down when its day has passed.

    Source: PR-4.
    """

    AGREE = "agree"
    CONDITIONS = "conditions"
    MATERIAL = "material"
    NOT_OURS = "not_ours"
    SILENT = "silent"


class OpinionWay(enum.Enum):
    """By which way an answer or a receipt came in; ``RULE`` is the calendar's own doing."""

    SCREEN = "screen"
    LINK = "link"
    DOCUMENT = "document"
    RULE = "rule"


class LineKind(enum.Enum):
    """What one line of an opinion is: a condition, or a paper that is missing."""

    CONDITION = "condition"
    MATERIAL = "material"


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """An opinion as a department gives it, on a screen, through its link or on a returned paper.

    Shape: ``conditions`` one each; ``materials`` are codes of the catalogue or a paper's name;
        ``given_on`` None is today.
    """

    stance: Stance
    text: str = ""
    conditions: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    given_on: date | None = None
    given_by: str = ""
    number: str = ""
    file_key: str = ""
    file_name: str = ""


@dataclass(frozen=True)
class AskedPaper:
    """One paper a department needs before it can say more. Shape: ``material`` is its code, if it has one."""

    id: int
    department: str
    text: str
    material: str = ""

    @property
    def key(self) -> str:
        """What makes two departments' wishes one: the code, or the words without spaces and case."""
        return self.material or comparable(self.text)


@dataclass(frozen=True, kw_only=True)
class Given:
    """An opinion on record.

    Units: ``given_on`` is the department's own day, ``at`` the moment it was written down.
    """

    id: int
    stance: Stance
    text: str
    way: OpinionWay
    given_on: date
    given_by: str
    at: datetime
    recorded_by: str
    conditions: tuple[Condition, ...] = ()
    materials: tuple[AskedPaper, ...] = ()
    number: str = ""
    file_key: str = ""
    file_name: str = ""


def comparable(words: str) -> str:
    """Words without spaces and case, so that two ways of writing one thing are the same."""
    return "".join(words.casefold().split())

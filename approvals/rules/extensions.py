"""The extension of a case's limit: once, by whom, by how much at the most."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from approvals.rules.catalogue import Matter
from approvals.rules.deadlines import Deadlines
from approvals.rules.progress import Act
from concierge.kernel.errors import N_, Refusal

HEAD_MAY_EXTEND_WORKDAYS = 10
"""By how much the head of an authority may extend a decision limit.

Units: working days.
Source: AC-7 (S02 art. 42).
"""
GOVERNMENT_MAY_EXTEND_WORKDAYS = 15
"""By how much the government may extend the limit of matters handled jointly.

Units: working days.
Source: AC-8 (S02 art. 42).
"""
SECTOR_EXTENSION_WORKDAYS: Mapping[str, int] = MappingProxyType(
    {"project-verification": 40, "water-soil-report": 10, "water-soil-form": 10}
)
"""What sector texts say instead, by matter.

Units: working days.
Source: AC-9 (核准备案条例 art. 10; 水利部令53号).
"""
_GOVERNMENT = re.compile(r"政府|government", re.IGNORECASE)


class ExtendedAlready(Refusal):
    """A limit is extended once."""

    message = N_(
        "The limit was extended on %(day)s already, by %(workdays)s working days. It is extended once."
    )


class ExtensionTooLong(Refusal):
    """More days than the law gives."""

    message = N_("The limit may be extended by at most %(most)s working days; %(asked)s were asked for.")


class GovernmentMustApprove(Refusal):
    """More days than the head of an authority may give on matters handled jointly."""

    message = N_(
        "More than %(most)s working days on a matter handled jointly need the approval of the government. "
        "Write which government approved it, or ask for fewer days."
    )


class LimitIsOver(Refusal):
    """An extension granted when there was nothing left to extend."""

    message = N_("The limit ended on %(day)s. It can be extended only before it ends.")


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
    attempt: int = 1
    granted_by: int = 0


def longest_extension(matter: Matter) -> int:
    """By how many working days the limit of a matter may be extended; 0 for a filing, which has none.

    Units: working days.
    Shape: matters of a joint review group count as handled jointly.
    Source: AC-7 to AC-9, AC-15.
    """
    if matter.kind == "filing":
        return 0
    if matter.code in SECTOR_EXTENSION_WORKDAYS:
        return SECTOR_EXTENSION_WORKDAYS[matter.code]
    return GOVERNMENT_MAY_EXTEND_WORKDAYS if matter.review_group else HEAD_MAY_EXTEND_WORKDAYS


def extended(
    granted: Sequence[Extension],
    act: Act,
    matter: Matter,
    ends: Deadlines | None,
    attempt: int,
    number: int,
) -> Extension:
    """The extension an act grants.

    Raises: ExtendedAlready, ExtensionTooLong, GovernmentMustApprove, LimitIsOver.
    Source: AC-7 to AC-9 (S02 art. 42).
    """
    if granted:
        first = granted[0]
        raise ExtendedAlready(day=first.on.isoformat(), workdays=first.workdays)
    most = longest_extension(matter)
    if act.workdays > most:
        raise ExtensionTooLong(most=most, asked=act.workdays, field="workdays")
    is_joint = matter.code not in SECTOR_EXTENSION_WORKDAYS
    if is_joint and act.workdays > HEAD_MAY_EXTEND_WORKDAYS and not _GOVERNMENT.search(act.decided_by):
        raise GovernmentMustApprove(most=HEAD_MAY_EXTEND_WORKDAYS, field="decided_by")
    last = (ends.statutory_on or ends.promised_on) if ends else None
    if last is not None and act.on > last:
        raise LimitIsOver(day=last.isoformat(), field="on")
    return Extension(
        workdays=act.workdays,
        on=act.on,
        approved_by=act.decided_by,
        basis=act.basis,
        reason=act.reason,
        attempt=attempt,
        granted_by=number,
    )

"""Notice and commitment: decided on the spot, checked afterwards, revoked if untrue.

Not to be mixed up with a deferral, where papers come later and the review goes on.
"""

from __future__ import annotations

import enum
from datetime import date

from approvals.rules.protected import interest_of
from concierge.kernel.errors import N_, Invalid, Refusal


class AssuranceState(enum.Enum):
    """Where a decision on a promise stands.

    Source: DF-14.
    """

    DECIDED = "decided"
    TRUE = "true"
    UNTRUE = "untrue"
    REVOKED = "revoked"


class ProtectedFromPromises(Refusal):
    """A matter that no promise may decide."""

    message = N_(
        "“%(step)s” touches national security, public safety, ecology, or life and health. "
        "It cannot be decided on a promise; take the ordinary way."
    )


class PromiseBarred(Refusal):
    """The enterprise broke an earlier promise."""

    message = N_(
        "The enterprise did not keep promise %(numbers)s. Until its credit is repaired nothing is decided "
        "on its promise; take the ordinary way."
    )


class AssuranceIncomplete(Invalid):
    """A promise that does not say what it must."""

    message = N_("A decision on a promise needs what is declared, the basis, who signed and who decided.")


class CheckTooEarly(Invalid):
    """A check planned before the decision."""

    message = N_("%(day)s is before the decision. Plan the check for a later day.")


class NoSuchAssuranceMove(Refusal):
    """The decision stands where this is not possible."""

    message = N_("%(number)s cannot do this from where it stands. Reload the page to see its state.")


class FindingMissing(Invalid):
    """A check without what was found."""

    message = N_("Say what the check found.")


def check_assurance(
    *,
    matter: str,
    step: str,
    said: tuple[str, ...],
    decided_on: date,
    check_due_on: date,
    unrepaired: tuple[str, ...] = (),
) -> None:
    """Refuse to decide on a promise where the law or the enterprise's credit says no.

    Shape: ``said`` are the declaration, the basis, who signed and who decided.
    Raises: ProtectedFromPromises, PromiseBarred, AssuranceIncomplete, CheckTooEarly.
    Source: DF-14, DF-13, DF-11.
    """
    if interest_of(matter) is not None:
        raise ProtectedFromPromises(step=step)
    if unrepaired:
        raise PromiseBarred(numbers="、".join(unrepaired))
    if not all(part.strip() for part in said):
        raise AssuranceIncomplete(field="declares")
    if check_due_on < decided_on:
        raise CheckTooEarly(day=check_due_on.isoformat(), field="check_due_on")


def after_check(number: str, state: AssuranceState, *, is_true: bool, finding: str) -> AssuranceState:
    """Where a check leaves the decision: it stands, or it is to be revoked.

    Raises: NoSuchAssuranceMove, FindingMissing.
    Source: DF-14, checked afterwards.
    """
    if state is not AssuranceState.DECIDED:
        raise NoSuchAssuranceMove(number=number)
    if not finding.strip():
        raise FindingMissing(field="finding")
    return AssuranceState.TRUE if is_true else AssuranceState.UNTRUE


def after_revocation(number: str, state: AssuranceState) -> AssuranceState:
    """A decision is revoked only where the promise proved untrue.

    Raises: NoSuchAssuranceMove.
    Source: DF-14, revoked if untrue.
    """
    if state is not AssuranceState.UNTRUE:
        raise NoSuchAssuranceMove(number=number)
    return AssuranceState.REVOKED

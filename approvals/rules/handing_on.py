"""What becomes of a “not ours”: the lead takes it over, or names whose it is.

Source: PR-3, the lead gathers the opinions.
"""

from __future__ import annotations

from collections.abc import Mapping

from approvals.rules.joint_reviews import JointReview, Member
from approvals.rules.opinions import Stance
from concierge.kernel.errors import N_, Invalid, Refusal


class NothingToHandOn(Refusal):
    """A department that did not hand the matter back."""

    message = N_("“%(department)s” did not say that the matter is not its own, or it was dealt with already.")


class HandedToNobody(Invalid):
    """A department nobody knows, or the one that just declined."""

    message = N_("Name another department of the catalogue, or the lead itself.")
    field = "handed_to"


def check_handing_on(
    review: JointReview, department: str, handed_to: str, names: Mapping[str, str]
) -> Member:
    """Whose “not ours” is dealt with.

    Raises: NothingToHandOn, HandedToNobody.
    """
    member = review.member(department)
    if member is None or member.stance is not Stance.NOT_OURS or member.handed_to:
        raise NothingToHandOn(department=names.get(department, department))
    other = review.member(handed_to)
    declined_too = other is not None and other.stance is Stance.NOT_OURS
    if handed_to not in names or handed_to == department or declined_too:
        raise HandedToNobody
    return member

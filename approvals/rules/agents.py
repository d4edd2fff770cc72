"""What an agent may not do for the applicant."""

from __future__ import annotations

from collections.abc import Collection

from approvals.rules.saying import names_in
from concierge.kernel.errors import N_, Invalid


class OwnerMustSign(Invalid):
    """A commitment binds whoever signs it, so the concierge does not sign it for the owner."""

    message = N_(
        "%(name)s works for the concierge and cannot sign the owner's commitment. "
        "Write who signed for the enterprise."
    )


def check_owner_signs(signed_by: str, staff: Collection[str]) -> None:
    """Refuse a commitment signed by somebody of the concierge, whatever else an agent may do.

    Shape: ``signed_by`` may hold several names, and posts beside them.
    Raises: OwnerMustSign.
    Source: AC-16 (S02 art. 29).
    """
    signed = {signed_by.strip(), *names_in(signed_by)}
    for name in staff:
        if name in signed:
            raise OwnerMustSign(name=name, field="signed_by")

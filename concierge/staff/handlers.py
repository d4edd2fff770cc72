"""What staff does when accounts change: sight follows the roles. Every handler may be run twice."""

from __future__ import annotations

from concierge.kernel.events import AccountOpened, RolesChanged
from concierge.kernel.work import Work
from concierge.staff.services.open_sight import open_sight


def see_after_opening(w: Work, event: AccountOpened) -> None:
    """A new chief or supervisor sees every project."""
    open_sight(w, event.user_id, event.roles)


def see_after_change(w: Work, event: RolesChanged) -> None:
    """Whoever stops being one sees only what is in their charge."""
    open_sight(w, event.user_id, event.after)

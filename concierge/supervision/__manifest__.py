"""Supervision: cards on limits, their escalation and appeal, and how departments keep their promises."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.supervision",
    summary="Yellow and red cards, escalation, appeals, and the departments' record",
    depends=("approvals", "concierge.staff", "projects"),
    models=("concierge.supervision.models.card", "concierge.supervision.models.follow_up"),
)

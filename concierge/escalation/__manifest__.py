"""Escalation: the office for what cannot be done."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.escalation",
    summary="Reports of what cannot be done: four kinds, timed levels, causes, mended processes",
    depends=(
        "concierge.staff",
        "approvals",
        "projects",
        "concierge.supervision",
        "concierge.service",
        "concierge.ratings",
    ),
    models=(
        "concierge.escalation.models.report",
        "concierge.escalation.models.desk",
        "concierge.escalation.models.learning",
    ),
    translations="translations",
)

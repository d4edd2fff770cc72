"""Today: one person's day: what to do, what to wait for, where to go."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.today",
    summary="One person's day: what to do, what to wait for, where to go",
    depends=("concierge.staff", "approvals", "projects", "concierge.supervision", "concierge.handover"),
    models=("concierge.today.models",),
    translations="translations",
)

"""Feeds: calendar feeds: one for each person and purpose, the same bytes until something changes."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.feeds",
    summary="Calendar feeds: one for each person and purpose, the same bytes until something changes",
    depends=("concierge.staff", "approvals", "projects"),
    models=("concierge.feeds.models",),
    translations="translations",
)

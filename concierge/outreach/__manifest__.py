"""Outreach: services that go to people."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.outreach",
    summary="Batches by grid, who is due for what, visits, bookings, duty rosters",
    depends=("concierge.staff", "approvals", "projects", "concierge.service"),
    translations="translations",
)

"""Outreach: services that go to people."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.outreach",
    summary="Batches by grid, who is due for what, visits, bookings, duty rosters",
    depends=("concierge.staff", "approvals", "projects", "concierge.service"),
    models=(
        "concierge.outreach.models.place",
        "concierge.outreach.models.people",
        "concierge.outreach.models.entitlement",
        "concierge.outreach.models.batch",
        "concierge.outreach.models.visit",
        "concierge.outreach.models.booking",
    ),
    data=("data/eligibility.yaml",),
    setup=("concierge.outreach.services.ship_rules:ship",),
    translations="translations",
)

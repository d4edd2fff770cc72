"""Outreach: services that go to people."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

OUTREACH = N_("Outreach")
DUE_MENU = N_("Who is due for what")
BATCH_MENU = N_("Batches by grid")

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
    screens=(
        Screen(
            "concierge.outreach.views.due:OutreachView",
            menu=f"{OUTREACH}/{DUE_MENU}",
            icon="user",
            href="/outreach/",
        ),
        Screen(
            "concierge.outreach.views.batches:BatchView",
            menu=f"{OUTREACH}/{BATCH_MENU}",
            icon="pack",
            href="/outreach/batches/",
        ),
        Screen("concierge.outreach.views.people:PersonView", verb="show"),
        Screen("concierge.outreach.views.rules:EligibilityView", verb="show"),
    ),
    roles={
        "Concierge": (
            Grant("Outreach", "list", "show", "serve", "open", "wish"),
            Grant("Eligibility", "show"),
            Grant("Batch", "list", "collect", "send"),
        ),
        "Chief": (
            Grant("Outreach", "list", "show", "serve", "open", "wish", "import", "log"),
            Grant("Eligibility", "show", "edit"),
            Grant("Batch", "list", "collect", "send"),
        ),
        "Supervisor": (
            Grant("Outreach", "list", "show", "log"),
            Grant("Eligibility", "show"),
            Grant("Batch", "list"),
        ),
    },
    tasks=(Task("concierge.outreach.tasks:look_at_ledger", daily="02:30"),),
    data=("data/eligibility.yaml",),
    setup=("concierge.outreach.services.ship_rules:ship",),
    translations="translations",
)

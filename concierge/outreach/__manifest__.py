"""Outreach: services that go to people."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

OUTREACH = N_("Concierge services")
DUE_MENU = N_("Who is due for what")
BATCH_MENU = N_("Batches by grid")
VISIT_MENU = N_("Visits")
BOOKING_MENU = N_("Booked hours and duty")

ADDON = Addon(
    name="concierge.outreach",
    summary="Batches by grid, who is due for what, visits, bookings, duty rosters",
    depends=("concierge.staff", "approvals", "projects", "concierge.service", "documents"),
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
        Screen(
            "concierge.outreach.views.visits:VisitView",
            menu=f"{OUTREACH}/{VISIT_MENU}",
            icon="car",
            href="/outreach/visits/",
        ),
        Screen(
            "concierge.outreach.views.hours:BookingView",
            menu=f"{OUTREACH}/{BOOKING_MENU}",
            icon="clock",
            href="/outreach/bookings/",
        ),
        Screen("concierge.outreach.views.people:PersonView", verb="show"),
        Screen("concierge.outreach.views.rules:EligibilityView", verb="show"),
    ),
    roles={
        "Concierge": (
            Grant("Outreach", "list", "show", "serve", "open", "wish"),
            Grant("Eligibility", "show"),
            Grant("Batch", "list", "collect", "send"),
            Grant("Visit", "list", "plan"),
            Grant("ServiceBooking", "list", "book"),
        ),
        "Liaison": (Grant("Visit", "list", "plan"),),
        "Chief": (
            Grant("Outreach", "list", "show", "serve", "open", "wish", "import", "log"),
            Grant("Eligibility", "show", "edit"),
            Grant("Batch", "list", "collect", "send"),
            Grant("Visit", "list", "plan"),
            Grant("ServiceBooking", "list", "book", "roster"),
        ),
        "Supervisor": (
            Grant("Outreach", "list", "show", "log"),
            Grant("Eligibility", "show"),
            Grant("Batch", "list"),
            Grant("Visit", "list"),
            Grant("ServiceBooking", "list"),
        ),
    },
    tasks=(
        Task("concierge.outreach.tasks:look_at_ledger", daily="02:30"),
        Task("concierge.outreach.tasks:open_cases"),
        Task("concierge.outreach.tasks:close_cases"),
    ),
    todos=(
        "concierge.outreach.views.todos:visit_todos",
        "concierge.outreach.views.todos:hour_todos",
        "concierge.outreach.views.todos:grid_todos",
    ),
    data=("data/eligibility.yaml", "data/demonstration.yaml"),
    setup=("concierge.outreach.services.ship_rules:ship",),
    documents=("concierge.outreach.kinds:KINDS",),
    statistics=("concierge.outreach.queries.month:month_sections",),
    translations="translations",
    demonstration="concierge.outreach.services.load_demonstration:load_demonstration",
)

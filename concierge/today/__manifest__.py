"""Today: one person's day: what to do, what to wait for, where to go."""

from concierge.kernel.addon import Addon, Grant, Screen
from concierge.kernel.errors import N_

SETTINGS = N_("Settings")
TODAY_MENU = N_("Today's work")
PLACES_MENU = N_("Windows of departments")
DAY = Grant("Today", "list", "tick", "note")

ADDON = Addon(
    name="concierge.today",
    summary="One person's day: what to do, what to wait for, where to go",
    depends=("concierge.staff", "approvals", "projects", "concierge.supervision", "concierge.handover"),
    models=("concierge.today.models",),
    screens=(
        Screen(
            "concierge.today.views.today:TodayView",
            menu=f"/{TODAY_MENU}",
            icon="today",
            href="/today/",
            count="concierge.today.views.gathered:open_count",
        ),
        Screen("concierge.today.views.notes:TodayNoteView", verb="note"),
        Screen("concierge.today.views.places:PlacesView", menu=f"{SETTINGS}/{PLACES_MENU}", icon="pin"),
    ),
    todos=(
        "concierge.today.views.step_todos:step_todos",
        "concierge.today.views.todos:deferral_todos",
        "concierge.today.views.todos:review_todos",
        "concierge.today.views.todos:order_todos",
        "concierge.today.views.todos:note_todos",
    ),
    roles={
        "Concierge": (DAY, Grant("DepartmentPlace", "list")),
        "Chief": (DAY, Grant("DepartmentPlace", "list", "edit")),
    },
    data=("data/demonstration.yaml",),
    translations="translations",
    demonstration="concierge.today.services.load_demonstration:load_demonstration",
)

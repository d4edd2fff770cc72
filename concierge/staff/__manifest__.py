"""Staff: who looks after which project, and so who may see it."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

OFFICERS = N_("Officers")
ABSENCE_MENU = N_("Absences and cover")

ADDON = Addon(
    name="concierge.staff",
    summary="People: A/B pairings, and the scope that follows from them",
    models=("concierge.staff.models",),
    screens=(
        Screen("concierge.staff.views.absences:AbsenceView", menu=f"{OFFICERS}/{ABSENCE_MENU}", icon="swap"),
    ),
    roles={
        "Concierge": (Grant("Absence", "list", "record"),),
        "Chief": (Grant("Absence", "list", "record", "assign"),),
        "Liaison": (Grant("Absence", "list"),),
        "Supervisor": (Grant("Absence", "list"),),
    },
    tasks=(Task("concierge.staff.tasks:end_sight_of_covers", daily="00:03"),),
    handlers={
        "concierge.kernel.events:AccountOpened": ("concierge.staff.handlers:see_after_opening",),
        "concierge.kernel.events:RolesChanged": ("concierge.staff.handlers:see_after_change",),
    },
    translations="translations",
    demonstration="concierge.staff.services.load_demonstration:load_demonstration",
)

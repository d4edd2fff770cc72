"""Staff: who looks after which project, and so who may see it."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.staff",
    summary="People: A/B pairings, and the scope that follows from them",
    models=("concierge.staff.models",),
    handlers={
        "concierge.kernel.events:AccountOpened": ("concierge.staff.handlers:see_after_opening",),
        "concierge.kernel.events:RolesChanged": ("concierge.staff.handlers:see_after_change",),
    },
    translations="translations",
)

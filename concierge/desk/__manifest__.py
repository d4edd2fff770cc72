"""Desk: what people see across projects without opening one: links handed out, and notices."""

from concierge.kernel.addon import Addon, Grant, Screen
from concierge.kernel.errors import N_

TOGETHER = N_("Working together")
LINKS_MENU = N_("Links handed out")

ADDON = Addon(
    name="concierge.desk",
    summary="Links for those without an account, and notices",
    depends=("approvals", "concierge.staff", "projects", "concierge.supervision"),
    models=("concierge.desk.models",),
    screens=(
        Screen(
            "concierge.desk.views.links:LinksPage",
            menu=f"{TOGETHER}/{LINKS_MENU}",
            icon="link",
            href="/links/list/",
        ),
    ),
    pages=("concierge.desk.views.public:pages",),
    slots={"step.side": ("concierge.desk.views.step_links:step_side",)},
    roles={
        "Liaison": (Grant("Link", "list", "make"),),
        "Concierge": (Grant("Link", "list", "make"),),
        "Chief": (Grant("Link", "list", "make", "office"),),
        "Supervisor": (Grant("Link", "list"),),
    },
    translations="translations",
)

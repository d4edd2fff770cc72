"""Handover: handing over: for leave, for a change of A or B, from stage to stage."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

TOGETHER = N_("Working together")
PEOPLE = N_("Officers")
HANDOVER_MENU = N_("Handovers")
OFFICERS_MENU = N_("Officers and load")

STAFF = "concierge.staff.events"
HERE = "concierge.handover.handlers"

ADDON = Addon(
    name="concierge.handover",
    summary="Handing over: for leave, for a change of A or B, from stage to stage",
    depends=("concierge.staff", "approvals", "projects", "documents"),
    models=("concierge.handover.models",),
    screens=(
        Screen(
            "concierge.handover.views.handovers:HandoverView",
            menu=f"{TOGETHER}/{HANDOVER_MENU}",
            icon="swap",
            href="/handovers/",
            count="concierge.handover.queries.handovers:waiting",
        ),
        Screen(
            "concierge.handover.views.officers:StaffBoardView",
            menu=f"{PEOPLE}/{OFFICERS_MENU}",
            icon="user",
            href="/officers/",
        ),
        Screen("concierge.handover.views.stages:StageView", verb="oversee"),
    ),
    roles={
        "Liaison": (Grant("Handover", "list", "show", "act"), Grant("Officer", "list", "keep")),
        "Concierge": (Grant("Handover", "list", "show", "act"), Grant("Officer", "list", "keep")),
        "Chief": (
            Grant("Handover", "list", "show", "act", "oversee"),
            Grant("Officer", "list", "keep", "assign"),
        ),
        "Supervisor": (Grant("Handover", "list", "show"), Grant("Officer", "list")),
        "Resident": (
            Grant("Handover", "list", "show", "act"),
            Grant("Officer", "list", "keep"),
            Grant("Project", "list", "show", "search"),
            Grant("Enterprise", "list", "show"),
            Grant("Paper", "list", "open"),
        ),
    },
    slots={"project.side": ("concierge.handover.views.fillings:project_posts",)},
    tasks=(Task("concierge.handover.tasks:call_late_handovers", daily="07:20"),),
    handlers={
        f"{STAFF}:AbsenceRecorded": (f"{HERE}:hand_over_before_absence",),
        f"{STAFF}:AbsenceWithdrawn": (f"{HERE}:drop_after_withdrawal",),
        f"{STAFF}:CoverNamed": (f"{HERE}:hand_over_to_cover",),
        f"{STAFF}:PairAssigned": (f"{HERE}:hand_over_after_change",),
        f"{STAFF}:StageEntered": (f"{HERE}:hand_over_to_resident",),
    },
    todos=("concierge.handover.views.todos:todos",),
    data=("data/demonstration.yaml",),
    documents=("concierge.handover.kinds:KINDS",),
    statistics=("concierge.handover.queries.month:month_sections",),
    translations="translations",
    demonstration="concierge.handover.services.load_demonstration:load_demonstration",
)

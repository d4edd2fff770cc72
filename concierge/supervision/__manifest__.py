"""Supervision: cards on limits, their escalation and appeal, and how departments keep their promises."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

SUPERVISION = N_("Supervision")
BOARD_MENU = N_("Supervision board")
COMPLAINT_MENU = N_("Complaints about approvals")
READ = ("list", "show")

ADDON = Addon(
    name="concierge.supervision",
    summary="Yellow and red cards, escalation, appeals, and the departments' record",
    depends=("approvals", "concierge.staff", "projects", "documents"),
    models=(
        "concierge.supervision.models.card",
        "concierge.supervision.models.complaint",
        "concierge.supervision.models.follow_up",
    ),
    screens=(
        Screen(
            "concierge.supervision.views.board:SupervisionView",
            menu=f"{SUPERVISION}/{BOARD_MENU}",
            icon="sup",
            href="/supervision/",
            count="concierge.supervision.queries.cards:live_count",
        ),
        Screen("concierge.supervision.views.card:CardView", verb="show"),
        Screen("concierge.supervision.views.order:OrderView", verb="show"),
        Screen(
            "concierge.supervision.views.complaints:ComplaintView",
            menu=f"{SUPERVISION}/{COMPLAINT_MENU}",
            icon="law",
            href="/supervision/complaints/",
            count="concierge.supervision.queries.complaints:open_count",
        ),
        Screen("concierge.supervision.views.step_deeds:ChaseView", verb="chase"),
        Screen("concierge.supervision.views.step_deeds:ViolationView", verb="record"),
    ),
    slots={
        "portfolio.row": ("concierge.supervision.views.fillings:portfolio_cards",),
        "step.head": ("concierge.supervision.views.fillings:step_cards",),
        "step.acts": ("concierge.supervision.views.fillings:step_acts",),
        "project.side": ("concierge.supervision.views.fillings:project_cards",),
    },
    roles={
        "Supervisor": (
            Grant("Supervision", *READ, "chase", "order", "answer", "decide", "record"),
            Grant("Complaint", *READ, "register", "decide"),
            Grant("Document", *READ, "make"),
        ),
        "Chief": (
            Grant("Supervision", *READ, "chase", "answer", "appeal"),
            Grant("Complaint", *READ, "register"),
        ),
        "EscalationOfficer": (Grant("Complaint", *READ, "register"),),
        "Concierge": (Grant("Supervision", *READ, "chase", "answer", "appeal"),),
        "Liaison": (Grant("Supervision", *READ),),
    },
    documents=("concierge.supervision.kinds.cards:KINDS", "concierge.supervision.kinds.bulletin:KINDS"),
    statistics=("concierge.supervision.queries.month:month_sections",),
    translations="translations",
    demonstration="concierge.supervision.services.load_demonstration:load_demonstration",
    tasks=(
        Task("concierge.supervision.tasks:look_at_limits", daily="07:30"),
        Task("concierge.supervision.tasks:look_at_project"),
    ),
    handlers={
        "approvals.events.case:StepMoved": ("concierge.supervision.handlers:look_after_move",),
        "approvals.events.papers:SecondListTried": ("concierge.supervision.handlers:look_after_second_list",),
        "projects.events:ProjectEnded": ("concierge.supervision.handlers:look_after_ending",),
        "approvals.events.catalogue:CalendarChanged": ("concierge.supervision.handlers:look_after_calendar",),
    },
)

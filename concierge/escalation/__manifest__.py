"""Escalation: the office for what cannot be done."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

TOGETHER = N_("Working together")
WINDOW_MENU = N_("What cannot be done")
READ = ("list", "show")

ADDON = Addon(
    name="concierge.escalation",
    summary="Reports of what cannot be done: four kinds, timed levels, causes, mended processes",
    depends=(
        "concierge.staff",
        "approvals",
        "projects",
        "concierge.supervision",
        "concierge.service",
        "concierge.ratings",
        "documents",
    ),
    models=(
        "concierge.escalation.models.report",
        "concierge.escalation.models.desk",
        "concierge.escalation.models.learning",
    ),
    screens=(
        Screen(
            "concierge.escalation.views.board:EscalationView",
            menu=f"{TOGETHER}/{WINDOW_MENU}",
            icon="esc",
            href="/escalations/",
            count="concierge.escalation.queries.reports:open_count",
        ),
        Screen("concierge.escalation.views.report:ProblemReportView", verb="show"),
        Screen("concierge.escalation.views.assignment:AssignmentView", verb="show"),
        Screen("concierge.escalation.views.negatives:NegativeView"),
        Screen("concierge.escalation.views.learning:LearningView"),
        Screen("concierge.escalation.views.learning:BottleneckView"),
        Screen("concierge.escalation.views.learning:VoiceView"),
        Screen("concierge.escalation.views.window:WindowView"),
        Screen("concierge.escalation.views.statistics:EscalationStatisticsView"),
    ),
    roles={
        "EscalationOfficer": (
            Grant("Escalation", *READ, "register", "handle", "close", "arrange"),
            Grant("Notice", "hear"),
            Grant("Project", "list", "show", "search"),
            Grant("Paper", "list"),
            Grant("Supervision", *READ),
        ),
        "Chief": (Grant("Escalation", *READ, "register", "handle", "close", "decide", "arrange"),),
        "Supervisor": (Grant("Escalation", *READ, "register", "decide"),),
        "Concierge": (Grant("Escalation", *READ, "register", "handle"),),
        "Liaison": (Grant("Escalation", *READ, "register"),),
    },
    setup=("concierge.escalation.services.ship_causes:ship",),
    tasks=(
        Task("concierge.escalation.tasks:raise_overdue", every_seconds=60),
        Task("concierge.escalation.tasks:raise_one"),
        Task("concierge.escalation.tasks:find_unanswered", daily="07:40"),
        Task("concierge.escalation.tasks:report_order"),
    ),
    handlers={
        "approvals.events.case:StepMoved": ("concierge.escalation.handlers:report_refusal",),
        "concierge.supervision.events:CardEscalated": ("concierge.escalation.handlers:report_long_overdue",),
        "concierge.ratings.events:RaterStillDissatisfied": (
            "concierge.escalation.handlers:report_dissatisfied",
        ),
    },
    slots={
        "step.acts": ("concierge.escalation.views.fillings:step_acts",),
        "project.side": ("concierge.escalation.views.fillings:project_reports",),
    },
    todos=("concierge.escalation.views.todos:todos",),
    demonstration="concierge.escalation.services.load_demonstration:load_demonstration",
    documents=("concierge.escalation.kinds:KINDS",),
    statistics=("concierge.escalation.queries.month:month_sections",),
    translations="translations",
)

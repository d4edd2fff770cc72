"""Progress: what an enterprise sees and does by its link, without an account."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

TOGETHER = N_("Working together")
INBOX_MENU = N_("From enterprises")

ADDON = Addon(
    name="concierge.progress",
    summary="The enterprise's side: a link on a phone that says what is next",
    depends=(
        "approvals",
        "concierge.staff",
        "projects",
        "documents",
        "concierge.service",
        "concierge.ratings",
        "concierge.outreach",
        "concierge.handover",
        "concierge.escalation",
    ),
    models=(
        "concierge.progress.models.links",
        "concierge.progress.models.acts",
        "concierge.progress.models.certificates",
    ),
    screens=(
        Screen(
            "concierge.progress.views.inbox:InboxView",
            menu=f"{TOGETHER}/{INBOX_MENU}",
            icon="up",
            href="/progress/inbox/",
            count="concierge.progress.queries.incoming:waiting_count",
        ),
        Screen("concierge.progress.views.share:SharePage"),
        Screen("concierge.progress.views.showing:ShowingPage"),
        Screen("concierge.progress.views.scenarios:ScenarioPage", verb="make"),
    ),
    pages=(
        "concierge.progress.views.public:pages",
        "concierge.progress.views.milestones:milestones",
        "concierge.progress.views.query:queries",
        "concierge.progress.views.directory:directory",
    ),
    slots={
        "project.acts": ("concierge.progress.views.slots:project_acts",),
        "document.query": ("concierge.progress.services.query_code:query_on_paper",),
        "what_if.share": ("concierge.progress.views.scenarios:what_if_share",),
    },
    roles={
        "Liaison": (Grant("ProgressLink", "list", "make"), Grant("Incoming", "list", "handle")),
        "Concierge": (Grant("ProgressLink", "list", "make"), Grant("Incoming", "list", "handle")),
        "Chief": (Grant("ProgressLink", "list", "make"), Grant("Incoming", "list", "handle")),
        "Supervisor": (Grant("ProgressLink", "list"), Grant("Incoming", "list")),
    },
    tasks=(Task("concierge.progress.tasks:look_at_links", daily="07:20"),),
    todos=(
        "concierge.progress.views.link_todos:link_todos",
        "concierge.progress.views.incoming_todos:incoming_todos",
    ),
    handlers={
        "projects.events:ProjectEnded": ("concierge.progress.handlers:close_links",),
        "concierge.ratings.events:RatingInvited": ("concierge.progress.handlers:invite",),
        "approvals.events.case:StepMoved": ("concierge.progress.handlers:tell_of_decision",),
    },
    translations="translations",
    demonstration="concierge.progress.services.load_demonstration:load_demonstration",
)

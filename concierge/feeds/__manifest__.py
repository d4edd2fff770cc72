"""Feeds: calendar feeds: one for each person and purpose, the same bytes until something changes."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

SETTINGS = N_("Settings")
CALENDAR_MENU = N_("Calendar feeds")

MOVE_A_DAY = (
    "approvals.events.case:StepMoved",
    "approvals.events.case:EndsRecounted",
    "approvals.events.deferrals:DeferralMoved",
    "approvals.events.deferrals:AssuranceMoved",
    "approvals.events.reviews:SittingAnnounced",
    "approvals.events.reviews:SittingWithdrawn",
    "approvals.events.reviews:ReviewConvened",
    "approvals.events.reviews:OpinionHandedOn",
    "approvals.events.reviews:RoundClosed",
    "approvals.events.reviews:ReviewAnswered",
    "approvals.events.reviews:SecondRoundOpened",
    "approvals.events.reviews:ReviewExtended",
    "approvals.events.reviews:ReviewCancelled",
    "projects.events:FactsChanged",
    "projects.events:TermsChanged",
    "projects.events:PlanMade",
    "projects.events:PlanChanged",
    "concierge.staff.events:PairAssigned",
    "concierge.staff.events:CoverNamed",
    "concierge.staff.events:CoverWithdrawn",
)

ADDON = Addon(
    name="concierge.feeds",
    summary="Calendar feeds: one for each person and purpose, the same bytes until something changes",
    depends=("concierge.staff", "approvals", "projects"),
    models=("concierge.feeds.models",),
    screens=(
        Screen(
            "concierge.feeds.views.calendar:CalendarPage",
            menu=f"{SETTINGS}/{CALENDAR_MENU}",
            icon="cal",
            href="/calendar/",
        ),
    ),
    roles={
        "Concierge": (Grant("CalendarFeed", "list", "make", "hand"),),
        "Chief": (Grant("CalendarFeed", "list", "make", "hand"),),
        "Liaison": (Grant("CalendarFeed", "list", "make", "hand"),),
        "Supervisor": (Grant("CalendarFeed", "list", "make"),),
    },
    pages=("concierge.feeds.views.public:pages",),
    tasks=(
        Task("concierge.feeds.tasks:refresh_all", daily="00:20"),
        Task("concierge.feeds.tasks:refresh_some"),
        Task("concierge.feeds.tasks:refresh_tasks", every_seconds=600),
        Task("concierge.feeds.tasks:refresh_tasks_of"),
    ),
    handlers=dict.fromkeys(MOVE_A_DAY, ("concierge.feeds.handlers:refresh_project",))
    | {
        "concierge.staff.events:AbsenceRecorded": ("concierge.feeds.handlers:refresh_projects_of",),
        "concierge.staff.events:AbsenceWithdrawn": ("concierge.feeds.handlers:refresh_projects_of",),
    },
    translations="translations",
    demonstration="concierge.feeds.services.load_demonstration:load_demonstration",
)

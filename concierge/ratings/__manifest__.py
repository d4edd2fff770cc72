"""Ratings: what people think of a service, and what follows."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

SUPERVISION = N_("Supervision")
RATINGS_MENU = N_("Service ratings")
READ = ("list", "show")

ADDON = Addon(
    name="concierge.ratings",
    summary="Five levels, call-backs, rectification, appeals, scores of officers",
    depends=(
        "concierge.staff",
        "approvals",
        "projects",
        "concierge.supervision",
        "concierge.service",
        "documents",
    ),
    models=(
        "concierge.ratings.models.rating",
        "concierge.ratings.models.redress",
        "concierge.ratings.models.appraisal",
    ),
    screens=(
        Screen(
            "concierge.ratings.views.board:RatingsView",
            menu=f"{SUPERVISION}/{RATINGS_MENU}",
            icon="star",
            href="/ratings/",
            count="concierge.ratings.queries.board:open_count",
        ),
        Screen("concierge.ratings.views.rating:RatingView", verb="show"),
        Screen("concierge.ratings.views.officers:AppraisalView"),
        Screen("concierge.ratings.views.paper:PaperRatingView", verb="enter"),
    ),
    pages=("concierge.ratings.views.public:pages",),
    roles={
        "Supervisor": (
            Grant("Rating", *READ, "invite", "enter", "handle", "call_back", "decide", "change", "appraise"),
        ),
        "Chief": (
            Grant(
                "Rating",
                *READ,
                "invite",
                "enter",
                "handle",
                "call_back",
                "appeal",
                "decide",
                "change",
                "appraise",
            ),
        ),
        "Concierge": (Grant("Rating", *READ, "invite", "enter", "handle", "appeal"),),
        "Liaison": (Grant("Rating", *READ, "invite", "enter"),),
    },
    tasks=(
        Task("concierge.ratings.tasks:look_at_ratings", daily="07:40"),
        Task("concierge.ratings.tasks:look_at_decisions", every_seconds=300),
    ),
    todos=("concierge.ratings.views.todos:todos",),
    handlers={
        "projects.events:ProjectEnded": ("concierge.ratings.handlers:rate_after_end",),
        "concierge.service.events:ServiceCaseClosed": ("concierge.ratings.handlers:rate_after_case",),
    },
    documents=("concierge.ratings.kinds:KINDS",),
    statistics=("concierge.ratings.queries.month:month_sections",),
    translations="translations",
    data=("data/demonstration.yaml",),
    demonstration="concierge.ratings.services.load_demonstration:load_demonstration",
)

"""Ratings: what people think of a service, and what follows."""

from concierge.kernel.addon import Addon, Task

ADDON = Addon(
    name="concierge.ratings",
    summary="Five levels, call-backs, rectification, appeals, scores of officers",
    depends=("concierge.staff", "approvals", "projects", "concierge.supervision", "concierge.service"),
    models=(
        "concierge.ratings.models.rating",
        "concierge.ratings.models.redress",
        "concierge.ratings.models.appraisal",
    ),
    pages=("concierge.ratings.views.public:pages",),
    tasks=(Task("concierge.ratings.tasks:look_at_ratings", daily="07:40"),),
    handlers={"approvals.events.case:StepMoved": ("concierge.ratings.handlers:rate_after_move",)},
    translations="translations",
)

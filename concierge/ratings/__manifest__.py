"""Ratings: what people think of a service, and what follows."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.ratings",
    summary="Five levels, call-backs, rectification, appeals, scores of officers",
    depends=("concierge.staff", "approvals", "projects", "concierge.supervision", "concierge.service"),
    models=(
        "concierge.ratings.models.rating",
        "concierge.ratings.models.redress",
        "concierge.ratings.models.appraisal",
    ),
    translations="translations",
)

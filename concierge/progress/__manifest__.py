"""Progress: what an enterprise sees and does by its link, without an account."""

from concierge.kernel.addon import Addon

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
    models=("concierge.progress.models.links", "concierge.progress.models.acts"),
    pages=("concierge.progress.views.public:pages",),
    translations="translations",
)

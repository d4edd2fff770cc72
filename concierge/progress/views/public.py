"""Every page that opens by a progress link: their modules put them on one blueprint."""

from concierge.progress.views import (
    certificates,
    commitments,
    front,
    materials,
    messages,
    ratings,
    scenario,
    stuck,
    subscriptions,
    visits,
)
from concierge.progress.views.link_pages import pages

__all__ = [
    "certificates",
    "commitments",
    "front",
    "materials",
    "messages",
    "pages",
    "ratings",
    "scenario",
    "stuck",
    "subscriptions",
    "visits",
]

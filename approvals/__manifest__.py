"""Approvals: the catalogue an office plans by, and one step at a time."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="approvals",
    summary="Approvals: the catalogue of matters and templates, its editions, the year tables, and steps",
    models=(
        "approvals.models.catalogue",
        "approvals.models.template",
        "approvals.models.calendar",
        "approvals.models.edition",
        "approvals.models.step",
    ),
    setup=("approvals.services.ship_catalogue:ship",),
)

"""Service: how a service case runs from asking to call-back."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.service",
    summary="Workflows as data, service packages, one-thing bundles, tiers and transfers",
    depends=("concierge.staff", "approvals", "projects"),
    models=(
        "concierge.service.models.case",
        "concierge.service.models.file",
        "concierge.service.models.office",
    ),
    translations="translations",
)

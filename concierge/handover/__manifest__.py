"""Handover: handing over: for leave, for a change of A or B, from stage to stage."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.handover",
    summary="Handing over: for leave, for a change of A or B, from stage to stage",
    depends=("concierge.staff", "approvals", "projects"),
    models=("concierge.handover.models",),
    translations="translations",
)

"""Supervision: cards on limits, their escalation and appeal, and how departments keep their promises."""

from concierge.kernel.addon import Addon, Task

ADDON = Addon(
    name="concierge.supervision",
    summary="Yellow and red cards, escalation, appeals, and the departments' record",
    depends=("approvals", "concierge.staff", "projects"),
    models=("concierge.supervision.models.card", "concierge.supervision.models.follow_up"),
    translations="translations",
    tasks=(Task("concierge.supervision.tasks:look_at_limits", daily="07:30"),),
    handlers={
        "approvals.events:StepMoved": ("concierge.supervision.handlers:look_after_move",),
        "approvals.events:CalendarChanged": ("concierge.supervision.handlers:look_after_calendar",),
    },
)

"""Desk: what people see across projects without opening one: links handed out, and notices."""

from concierge.kernel.addon import Addon

ADDON = Addon(
    name="concierge.desk",
    summary="Links for those without an account, and notices",
    models=("concierge.desk.models",),
    depends=("approvals", "concierge.staff", "projects", "concierge.supervision"),
)

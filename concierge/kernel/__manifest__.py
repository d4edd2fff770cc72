"""The kernel's own table of contents: its rows, and the screens of the three administrators."""

from concierge.kernel.addon import Addon, Grant

ADDON = Addon(
    name="concierge.kernel",
    summary="Foundations: accounts, jobs, the trace of who did what",
    models=(
        "concierge.kernel.audit",
        "concierge.kernel.outbox",
        "concierge.kernel.scope",
        "concierge.kernel.security.models",
    ),
    screens=(),
    pages=("concierge.kernel.health:pages",),
    roles={
        "SystemAdmin": (),
        "SecurityAdmin": (
            Grant("Account", "list", "show", "open", "edit", "reset", "unlock", "end_sessions"),
        ),
        "AuditAdmin": (),
    },
    translations="translations",
)

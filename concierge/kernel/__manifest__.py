"""The kernel's own table of contents: its rows, and the screens of the three administrators."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

ADMINISTRATION = N_("Administration")
ACCOUNTS = N_("Accounts")
JOBS = N_("Jobs")
TRACE = N_("Trace")
CONFIGURATION = N_("Running configuration")

ADDON = Addon(
    name="concierge.kernel",
    summary="Foundations: accounts, jobs, the trace of who did what",
    models=(
        "concierge.kernel.audit",
        "concierge.kernel.letters",
        "concierge.kernel.outbox",
        "concierge.kernel.scope",
        "concierge.kernel.security.models",
    ),
    screens=(
        Screen(
            "concierge.kernel.views.accounts:AccountsPage", menu=f"{ADMINISTRATION}/{ACCOUNTS}", icon="user"
        ),
        Screen(
            "concierge.kernel.views.jobs_page:JobsPage",
            menu=f"{ADMINISTRATION}/{JOBS}",
            icon="cog",
            href="/system/jobs/",
        ),
        Screen(
            "concierge.kernel.views.trace_page:TracePage",
            menu=f"{ADMINISTRATION}/{TRACE}",
            icon="eye",
            href="/system/trace/",
        ),
        Screen(
            "concierge.kernel.views.settings_page:SettingsPage",
            menu=f"{ADMINISTRATION}/{CONFIGURATION}",
            icon="cog",
            href="/system/settings/",
        ),
    ),
    setup=("concierge.kernel.security.first_start:open_first_account",),
    pages=("concierge.kernel.health:pages",),
    roles={
        "SystemAdmin": (Grant("Job", "list", "show", "retry", "ignore"), Grant("Setting", "list")),
        "SecurityAdmin": (Grant("Account", "list", "open", "edit", "reset", "unlock", "end_sessions"),),
        "AuditAdmin": (Grant("Trace", "list", "verify"),),
    },
    tasks=(
        Task("concierge.kernel.housekeeping:sweep_settled_jobs", daily="03:10"),
        Task("concierge.kernel.security.forgetting:forget_old_logins", daily="03:20"),
        Task("concierge.kernel.housekeeping:sweep_orphans", daily="03:30"),
        Task("concierge.kernel.housekeeping:anchor_audit", every_seconds=3600),
    ),
    translations="translations",
)

"""Documents: official documents from one set of facts, packages, seals, and forms read back."""

from concierge.kernel.addon import Addon, Task

ADDON = Addon(
    name="documents",
    summary="Official documents, packages for departments, seals, and what comes back filled in",
    depends=("approvals", "projects", "concierge.staff"),
    models=(
        "documents.models.document",
        "documents.models.template",
        "documents.models.office",
        "documents.models.printed",
        "documents.models.seal",
        "documents.models.archive",
        "documents.models.package",
        "documents.models.returned",
    ),
    tasks=(
        Task("documents.tasks:render_document"),
        Task("documents.tasks:build_package"),
        Task("documents.tasks:print_documents", every_seconds=600),
    ),
    documents=("documents.kinds.statistics:KINDS",),
    statistics=("documents.queries.month_projects:month_sections",),
    translations="translations",
)

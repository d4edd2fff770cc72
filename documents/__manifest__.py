"""Documents: official documents from one set of facts, packages, seals, and forms read back."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

DOCUMENTS = N_("Documents")
ALL_MENU = N_("All documents")
READS = Grant("Document", "list", "show")
MAKES = Grant("Document", "list", "show", "make")
SUPERVISION = N_("Supervision")
SETTINGS = N_("Settings")
TEMPLATE_MENU = N_("Document templates")
OFFICE_MENU = N_("Names on documents")
READS_TEMPLATES = Grant("DocumentTemplate", "list", "show")
EDITS_TEMPLATES = Grant("DocumentTemplate", "list", "show", "send")
PUBLISHES_TEMPLATES = Grant("DocumentTemplate", "list", "show", "publish", "retire")
MONTH_MENU = N_("Monthly statistics")

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
        "documents.models.form_answer",
    ),
    slots={
        "documents.about": ("documents.views.offered:offered_documents",),
        "project.side": ("documents.views.making:project_documents",),
        "step.acts": ("documents.views.making:step_documents",),
    },
    tasks=(
        Task("documents.tasks:render_document"),
        Task("documents.tasks:build_package"),
        Task("documents.tasks:print_documents", every_seconds=600),
        Task("documents.tasks:try_template"),
        Task("documents.tasks:draw_shipped"),
    ),
    screens=(
        Screen(
            "documents.views.documents:DocumentsView",
            menu=f"{DOCUMENTS}/{ALL_MENU}",
            icon="file",
            href="/documents/",
        ),
        Screen("documents.views.document:DocumentView", verb="show"),
        Screen("documents.views.making:MakingView"),
        Screen(
            "documents.views.statistics:MonthStatisticsView",
            menu=f"{SUPERVISION}/{MONTH_MENU}",
            icon="sup",
            href="/documents/statistics/",
        ),
        Screen(
            "documents.views.templates:DocumentTemplateView",
            menu=f"{SETTINGS}/{TEMPLATE_MENU}",
            icon="tpl",
            href="/documents/templates/",
        ),
        Screen("documents.views.office:OfficeWordsView", verb="show"),
    ),
    roles={
        "Supervisor": (READS, Grant("MonthStatistics", "list", "make"), READS_TEMPLATES),
        "Chief": (
            MAKES,
            Grant("MonthStatistics", "list", "make"),
            PUBLISHES_TEMPLATES,
            Grant("DocumentOffice", "show", "edit"),
        ),
        "Concierge": (
            MAKES,
            Grant("MonthStatistics", "list"),
            READS_TEMPLATES,
            Grant("DocumentOffice", "show"),
        ),
        "Liaison": (MAKES, Grant("MonthStatistics", "list"), READS_TEMPLATES),
        "Resident": (MAKES,),
        "EscalationOfficer": (MAKES,),
        "TemplateEditor": (EDITS_TEMPLATES, Grant("DocumentOffice", "show")),
        "TemplatePublisher": (PUBLISHES_TEMPLATES, Grant("DocumentOffice", "show")),
        "SystemAdmin": (EDITS_TEMPLATES, Grant("DocumentOffice", "show", "edit")),
    },
    documents=(
        "documents.kinds.step_slips:KINDS",
        "documents.kinds.step_notices:KINDS",
        "documents.kinds.deferrals:KINDS",
        "documents.kinds.convening:KINDS",
        "documents.kinds.review_results:KINDS",
        "documents.kinds.stage_forms:KINDS",
        "documents.kinds.materials:KINDS",
        "documents.kinds.plans:KINDS",
        "documents.kinds.mandates:KINDS",
        "documents.kinds.closing:KINDS",
        "documents.kinds.statistics:KINDS",
    ),
    statistics=("documents.queries.month_projects:month_sections",),
    translations="translations",
)

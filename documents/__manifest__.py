"""Documents: official documents from one set of facts, packages, seals, and forms read back."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

DOCUMENTS = N_("Documents")
ALL_MENU = N_("All documents")
RETURNED_MENU = N_("Returned forms")
TAKES_BACK = Grant("ReturnedForm", "list", "send", "settle")
READS = Grant("Document", "list", "show")
MAKES = Grant("Document", "list", "show", "make")
SUPERVISION = N_("Supervision")
SETTINGS = N_("Settings")
TEMPLATE_MENU = N_("Document templates")
OFFICE_MENU = N_("Names on documents")
SEAL_MENU = N_("Electronic seals")
ARCHIVE_MENU = N_("Archive")
READS_ARCHIVE = Grant("Archive", "list", "show")
LAYS_DOWN = Grant("Archive", "list", "show", "make", "take")
USES_SEALS = Grant("Seal", "list", "show", "use", "check")
KEEPS_SEALS = Grant("Seal", "list", "show", "keep", "check")
READS_SEALS = Grant("Seal", "list", "show", "check")
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
        "project.side": (
            "documents.views.making:project_documents",
            "documents.views.archives:project_archive",
        ),
        "doctor": ("documents.queries.printing_looks:looks",),
        "document.side": ("documents.views.seal_box:document_seals",),
        "step.acts": ("documents.views.making:step_documents",),
    },
    handlers={
        "projects.events:ProjectEnded": ("documents.handlers:archive_ended_project",),
        "documents.events:PackageReady": ("documents.handlers:write_receipt",),
        "documents.events:PackageReceived": ("documents.handlers:write_receipt",),
    },
    tasks=(
        Task("documents.tasks:render_document"),
        Task("documents.tasks:build_package"),
        Task("documents.tasks:print_documents", every_seconds=600),
        Task("documents.tasks:apply_seal"),
        Task("documents.tasks:archive_project"),
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
        Screen(
            "documents.views.returned:ReturnedView",
            menu=f"{DOCUMENTS}/{RETURNED_MENU}",
            icon="re",
            href="/documents/returned/",
            count="documents.queries.returned:open_count",
        ),
        Screen("documents.views.making:MakingView"),
        Screen("documents.views.form_fields:FormFieldsView"),
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
        Screen(
            "documents.views.seals:SealView",
            menu=f"{SETTINGS}/{SEAL_MENU}",
            icon="seal",
            href="/documents/seals/",
        ),
        Screen("documents.views.seal_box:SealUseView", verb="use"),
        Screen(
            "documents.views.archives:ArchiveView",
            menu=f"{DOCUMENTS}/{ARCHIVE_MENU}",
            icon="lock",
            href="/documents/archive/",
        ),
    ),
    roles={
        "Supervisor": (
            READS,
            Grant("ReturnedForm", "list"),
            READS_SEALS,
            Grant("MonthStatistics", "list", "make"),
            READS_TEMPLATES,
        ),
        "Chief": (
            MAKES,
            TAKES_BACK,
            KEEPS_SEALS,
            LAYS_DOWN,
            Grant("MonthStatistics", "list", "make"),
            PUBLISHES_TEMPLATES,
            Grant("DocumentOffice", "show", "edit"),
        ),
        "Concierge": (
            MAKES,
            READS_ARCHIVE,
            TAKES_BACK,
            Grant("MonthStatistics", "list"),
            READS_TEMPLATES,
            Grant("DocumentOffice", "show"),
        ),
        "Liaison": (MAKES, TAKES_BACK, Grant("MonthStatistics", "list"), READS_TEMPLATES),
        "Resident": (MAKES,),
        "EscalationOfficer": (MAKES,),
        "TemplateEditor": (EDITS_TEMPLATES, Grant("DocumentOffice", "show")),
        "TemplatePublisher": (PUBLISHES_TEMPLATES, Grant("DocumentOffice", "show")),
        "SealKeeper": (READS, USES_SEALS),
        "Archivist": (READS, LAYS_DOWN),
        "SystemAdmin": (KEEPS_SEALS, EDITS_TEMPLATES, Grant("DocumentOffice", "show", "edit")),
    },
    documents=(
        "documents.kinds.step_slips:KINDS",
        "documents.kinds.step_notices:KINDS",
        "documents.kinds.deferrals:KINDS",
        "documents.kinds.convening:KINDS",
        "documents.kinds.review_results:KINDS",
        "documents.kinds.site_visits:KINDS",
        "documents.kinds.stage_forms:KINDS",
        "documents.kinds.materials:KINDS",
        "documents.kinds.plans:KINDS",
        "documents.kinds.mandates:KINDS",
        "documents.kinds.closing:KINDS",
        "documents.kinds.receipts:KINDS",
        "documents.kinds.statistics:KINDS",
    ),
    statistics=("documents.queries.month_projects:month_sections",),
    translations="translations",
    demonstration="documents.services.load_demonstration:load_demonstration",
)

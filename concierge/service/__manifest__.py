"""Service: how a service case runs from asking to call-back."""

from concierge.kernel.addon import Addon, Grant, Screen
from concierge.kernel.errors import N_

SERVICES = N_("Concierge services")
CASES_MENU = N_("Service cases")
CATALOGUE_MENU = N_("What can be asked for")
OFFICES_MENU = N_("Offices and their lists")

ADDON = Addon(
    name="concierge.service",
    summary="Workflows as data, service packages, one-thing bundles, tiers and transfers",
    depends=("concierge.staff", "approvals", "projects", "documents"),
    models=(
        "concierge.service.models.case",
        "concierge.service.models.file",
        "concierge.service.models.office",
    ),
    screens=(
        Screen(
            "concierge.service.views.list_page:ServiceListView",
            menu=f"{SERVICES}/{CASES_MENU}",
            icon="file",
            href="/services/",
            count="concierge.service.queries.case_list:waiting_count",
        ),
        Screen(
            "concierge.service.views.catalogue_page:ServiceCatalogueView",
            menu=f"{SERVICES}/{CATALOGUE_MENU}",
            icon="tpl",
            href="/services/catalogue/",
        ),
        Screen(
            "concierge.service.views.office_page:ServiceOfficeView",
            menu=f"{SERVICES}/{OFFICES_MENU}",
            icon="org",
            href="/services/offices/",
        ),
        Screen("concierge.service.views.opening:ServiceOpeningView", verb="open"),
        Screen("concierge.service.views.case_page:ServiceCaseView", verb="show"),
        Screen("concierge.service.views.slip_page:ServiceSlipView", verb="show"),
    ),
    slots={"project.side": ("concierge.service.views.fillings:project_cases",)},
    todos=("concierge.service.views.todos:todos",),
    roles={
        "Concierge": (Grant("Service", "list", "show", "open", "act"), Grant("ServiceOffice", "list")),
        "Chief": (
            Grant("Service", "list", "show", "open", "act", "skip"),
            Grant("ServiceOffice", "list", "edit"),
        ),
        "Liaison": (Grant("Service", "list", "show", "open", "act"), Grant("ServiceOffice", "list")),
        "Supervisor": (Grant("Service", "list", "show"), Grant("ServiceOffice", "list")),
    },
    data=(
        "data/services.yaml",
        "data/bundles.yaml",
        "data/workflows.yaml",
        "data/fields.csv",
        "data/materials.csv",
        "data/parties.csv",
        "data/demonstration.yaml",
    ),
    documents=("concierge.service.kinds.slips:KINDS", "concierge.service.kinds.one_form:KINDS"),
    statistics=("concierge.service.queries.month:month_sections",),
    translations="translations",
    demonstration="concierge.service.services.load_demonstration:load_demonstration",
)

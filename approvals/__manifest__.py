"""Approvals: the catalogue an office plans by, and one step at a time."""

from concierge.kernel.addon import Addon, Grant, Screen
from concierge.kernel.errors import N_

SETTINGS = N_("Settings")
CATALOGUE_MENU = N_("Matters and templates")
DEPARTMENT_MENU = N_("Departments")
HOLIDAY_MENU = N_("Holidays")

READ = ("list", "show")
EDIT = (*READ, "add", "edit", "delete")
READERS = (Grant("Catalogue", *READ), Grant("Department", *READ), Grant("Holiday", *READ))

ADDON = Addon(
    name="approvals",
    summary="Approvals: the catalogue of matters and templates, its editions, the year tables, and steps",
    models=(
        "approvals.models.catalogue",
        "approvals.models.template",
        "approvals.models.calendar",
        "approvals.models.edition",
        "approvals.models.step",
        "approvals.models.capacity",
        "approvals.models.review",
    ),
    data=("data/sitting_rules.csv", "data/demonstration_reviews.yaml"),
    setup=("approvals.services.ship_catalogue:ship", "approvals.services.ship_sitting_rules:ship"),
    translations="translations",
    screens=(
        Screen(
            "approvals.views.catalogue_home:CatalogueHome", menu=f"{SETTINGS}/{CATALOGUE_MENU}", icon="tpl"
        ),
        Screen(
            "approvals.views.matter_lists:DepartmentListView",
            menu=f"{SETTINGS}/{DEPARTMENT_MENU}",
            icon="org",
        ),
        Screen("approvals.views.calendar_page:HolidayPage", menu=f"{SETTINGS}/{HOLIDAY_MENU}", icon="cal"),
        Screen("approvals.views.catalogue_exchange:CatalogueExchange"),
        Screen("approvals.views.template_page:TemplatePage"),
        Screen("approvals.views.matter_lists:MatterListView"),
        Screen("approvals.views.matter_lists:PrecedenceListView"),
        Screen("approvals.views.matter_lists:MaterialListView"),
        Screen("approvals.views.matter_lists:ReviewGroupListView"),
        Screen("approvals.views.matter_lists:LegalBasisListView"),
        Screen("approvals.views.template_lists:AttributeListView"),
        Screen("approvals.views.template_lists:ConditionListView"),
        Screen("approvals.views.template_lists:DerivedRuleListView"),
        Screen("approvals.views.template_lists:TemplateListView"),
        Screen("approvals.views.template_lists:TemplateStepListView"),
        Screen("approvals.views.holiday_lists:HolidayListView"),
        Screen("approvals.views.holiday_lists:CalendarYearListView"),
    ),
    roles={
        "SystemAdmin": (
            Grant("Catalogue", *EDIT, "publish", "import"),
            Grant("Department", *EDIT),
            Grant("Holiday", *EDIT, "load"),
        ),
        "Liaison": READERS,
        "Concierge": READERS,
        "Chief": READERS,
        "Supervisor": READERS,
    },
)

"""Approvals: the catalogue an office plans by, and one step at a time."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

SETTINGS = N_("Settings")
CATALOGUE_MENU = N_("Matters and templates")
DEPARTMENT_MENU = N_("Departments")
HOLIDAY_MENU = N_("Holidays")
BENCH_MENU = N_("Department capacity")
ROOM_MENU = N_("Meeting rooms")
SITTING_MENU = N_("Sitting rules")
ISSUE_FIRST_MENU = N_("Issued first, supplied later")

READ = ("list", "show")
EDIT = (*READ, "add", "edit", "delete")
READERS = (
    Grant("Catalogue", *READ),
    Grant("Department", *READ),
    Grant("Holiday", *READ),
    Grant("Bench", "list"),
    Grant("Room", *READ),
    Grant("SittingRule", "list"),
    Grant("IssueFirst", *READ),
)
KEEPERS = (
    Grant("Bench", "list", "edit"),
    Grant("Room", *EDIT),
    Grant("SittingRule", "list", "edit"),
    Grant("IssueFirst", *EDIT),
)
LISTEN = Grant("Availability", "list", "record")

ADDON = Addon(
    name="approvals",
    summary="Approvals: the catalogue of matters and templates, its editions, the year tables, and steps",
    models=(
        "approvals.models.catalogue",
        "approvals.models.template",
        "approvals.models.calendar",
        "approvals.models.edition",
        "approvals.models.step",
        "approvals.models.case",
        "approvals.models.deferral",
        "approvals.models.paper",
        "approvals.models.capacity",
        "approvals.models.review",
        "approvals.models.joint_review",
        "approvals.models.opinion",
        "approvals.models.minutes",
    ),
    data=("data/sitting_rules.csv", "data/demonstration_reviews.yaml"),
    setup=("approvals.services.ship_catalogue:ship", "approvals.services.ship_sitting_rules:ship"),
    translations="translations",
    tasks=(
        Task("approvals.tasks:watch_deferrals", daily="07:00"),
        Task("approvals.tasks:watch_deferral"),
        Task("approvals.tasks:close_rounds", daily="00:20"),
        Task("approvals.tasks:close_round"),
    ),
    handlers={
        "approvals.events.papers:PaperTakenIn": ("approvals.handlers:deferrals_after_paper",),
        "approvals.events.papers:PaperFoundFit": ("approvals.handlers:deferrals_after_finding",),
        "approvals.events.papers:PaperFoundUnfit": ("approvals.handlers:deferrals_after_fault",),
        "approvals.events.papers:PaperWithdrawn": ("approvals.handlers:deferrals_after_fault",),
    },
    screens=(
        Screen("approvals.views.answers_page:AnswersPage"),
        Screen(
            "approvals.views.catalogue_home:CatalogueHome", menu=f"{SETTINGS}/{CATALOGUE_MENU}", icon="tpl"
        ),
        Screen(
            "approvals.views.matter_lists:DepartmentListView",
            menu=f"{SETTINGS}/{DEPARTMENT_MENU}",
            icon="org",
        ),
        Screen("approvals.views.calendar_page:HolidayPage", menu=f"{SETTINGS}/{HOLIDAY_MENU}", icon="cal"),
        Screen("approvals.views.bench_page:BenchPage", menu=f"{SETTINGS}/{BENCH_MENU}", icon="user"),
        Screen("approvals.views.room_lists:RoomListView", menu=f"{SETTINGS}/{ROOM_MENU}", icon="home"),
        Screen(
            "approvals.views.sitting_rules_page:SittingRulesPage",
            menu=f"{SETTINGS}/{SITTING_MENU}",
            icon="joint",
        ),
        Screen(
            "approvals.views.issue_first_lists:IssueFirstListView",
            menu=f"{SETTINGS}/{ISSUE_FIRST_MENU}",
            icon="ledger",
        ),
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
            *KEEPERS,
            Grant("Availability", "list"),
        ),
        "Liaison": (*READERS, LISTEN),
        "Concierge": (*READERS, LISTEN),
        "Chief": (*READERS, *KEEPERS, LISTEN),
        "Supervisor": (*READERS, Grant("Availability", "list")),
    },
)

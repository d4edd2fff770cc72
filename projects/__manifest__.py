"""Projects: enterprises, their projects, and the plans that follow from template and facts."""

from concierge.kernel.addon import Addon, Grant, Screen, Task

ADDON = Addon(
    name="projects",
    summary="Enterprises, projects, and their plans",
    depends=("approvals", "concierge.staff"),
    models=("projects.models.project",),
    screens=(
        Screen("projects.views.portfolio:PortfolioView", menu="/Projects", icon="proj", href="/projects/"),
        Screen("projects.views.project:ProjectView"),
        Screen("projects.views.opening:OpeningView", verb="open"),
        Screen("projects.views.opening_pairing:OfficersView", verb="change"),
        Screen("projects.views.facts:FactsView", verb="change"),
        Screen("projects.views.terms:TermsView", verb="change"),
        Screen("projects.views.what_if:WhatIfView", verb="show"),
        Screen("projects.views.step:StepView"),
        Screen("projects.views.printing:PrintView"),
        Screen("projects.views.plan_history:PlanHistoryView"),
    ),
    roles={
        "Liaison": (Grant("Project", "list", "show", "open", "change", "move"),),
        "Concierge": (Grant("Project", "list", "show", "change", "move"),),
        "Chief": (Grant("Project", "list", "show", "open", "change", "move", "assign"),),
        "Supervisor": (Grant("Project", "list", "show"),),
    },
    data=("data/demonstration.yaml",),
    translations="translations",
    tasks=(Task("projects.tasks:plan_again"), Task("projects.tasks:plan_the_day", daily="00:10")),
    handlers={
        "projects.events:ProjectOpened": ("projects.handlers:plan_after_opening",),
        "projects.events:FactsChanged": ("projects.handlers:plan_after_facts",),
        "projects.events:TermsChanged": ("projects.handlers:plan_after_terms",),
        "approvals.events:StepMoved": ("projects.handlers:plan_after_move",),
        "approvals.events:CalendarChanged": ("projects.handlers:plan_after_calendar",),
    },
)

"""Projects: enterprises, their projects, and the plans that follow from template and facts."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

TOGETHER = N_("Working together")
REVIEW_MENU = N_("Joint review")
DEFERRAL_MENU = N_("Deferred papers")
WATCHING = N_("Supervision")
DURATIONS_MENU = N_("How long it takes")
LAPSING_MENU = N_("Expiring results")

DEFERRING = ("draft", "grant", "supply", "verify", "assure")

ADDON = Addon(
    name="projects",
    summary="Enterprises, projects, and their plans",
    depends=("approvals", "concierge.staff"),
    models=(
        "projects.models.project",
        "projects.models.portfolio",
        "projects.models.deferral_worth",
        "projects.models.works",
    ),
    screens=(
        Screen("projects.views.portfolio:PortfolioView", menu="/Projects", icon="proj", href="/projects/"),
        Screen(
            "projects.views.portfolio_plan:PortfolioPlanView",
            menu="/Portfolio plan",
            icon="clock",
            href="/projects/portfolio-plan/",
        ),
        Screen("projects.views.project:ProjectView"),
        Screen("projects.views.opening:OpeningView", verb="open"),
        Screen("projects.views.opening_pairing:OfficersView", verb="change"),
        Screen("projects.views.facts:FactsView", verb="change"),
        Screen("projects.views.terms:TermsView", verb="change"),
        Screen("projects.views.green_channel:GreenChannelView", verb="rank"),
        Screen("projects.views.ending:EndingView", verb="close"),
        Screen("projects.views.works:WorksView", verb="show"),
        Screen("projects.views.what_if:WhatIfView", verb="show"),
        Screen("projects.views.step:StepView", verb="show"),
        Screen("projects.views.papers:PapersView"),
        Screen("projects.views.one_time_notice:OneTimeNoticeView"),
        Screen("projects.views.printing:PrintView", verb="show"),
        Screen("projects.views.plan_history:PlanHistoryView", verb="show"),
        Screen("projects.views.days:DaysView", verb="show"),
        Screen(
            "projects.views.review_board:ReviewBoardView",
            menu=f"{TOGETHER}/{REVIEW_MENU}",
            icon="joint",
            href="/reviews/",
            count="projects.queries.review_board:waiting",
        ),
        Screen("projects.views.joint_reviews:JointReviewView"),
        Screen("projects.views.joint_review_convening:ConveningView", verb="convene"),
        Screen("projects.views.joint_review_opinions:OpinionView", verb="record"),
        Screen("projects.views.joint_review_minutes:MinutesView", verb="record"),
        Screen(
            "projects.views.durations:DurationsView",
            menu=f"{WATCHING}/{DURATIONS_MENU}",
            icon="cal",
            href="/projects/durations/",
        ),
        Screen(
            "projects.views.commitments:CommitmentsView",
            menu=f"{TOGETHER}/{DEFERRAL_MENU}",
            icon="ledger",
            href="/commitments/",
            count="projects.queries.commitments:waiting",
        ),
        Screen("projects.views.commitment_new:NewDeferralView", verb="draft"),
        Screen("projects.views.assurances:AssurancesView"),
        Screen("projects.views.credit:CreditView"),
        Screen(
            "projects.views.lapsing:LapsingView",
            menu=f"{WATCHING}/{LAPSING_MENU}",
            icon="clock",
            href="/projects/lapsing/",
        ),
        Screen("projects.views.enterprise:EnterpriseView", menu="/Enterprises", icon="org"),
        Screen("projects.views.search:SearchView", verb="search", href="/search"),
    ),
    roles={
        "SystemAdmin": (Grant("Duration", "list", "correct"),),
        "Liaison": (
            Grant("Deferral", "list", "show", "draft", "supply"),
            Grant("Credit", "list", "object"),
            Grant("Duration", "list"),
            Grant("Project", "list", "show", "search", "open", "change", "move"),
            Grant("Paper", "list", "open", "take", "check", "tell"),
            Grant("PortfolioPlan", "list", "ask"),
            Grant("Review", "list", "show", "announce", "withdraw", "convene", "record", "answer"),
            Grant("Enterprise", "list", "show", "edit"),
        ),
        "Concierge": (
            Grant("Deferral", "list", "show", *DEFERRING),
            Grant("Credit", "list", "object"),
            Grant("Duration", "list"),
            Grant("Project", "list", "show", "search", "change", "move", "close"),
            Grant("Paper", "list", "open", "take", "check", "tell"),
            Grant("PortfolioPlan", "list"),
            Grant("Review", "list", "show", "announce", "withdraw", "convene", "record", "answer"),
            Grant("Enterprise", "list", "show"),
        ),
        "Chief": (
            Grant("Deferral", "list", "show", *DEFERRING, "coordinate", "dispose"),
            Grant("Credit", "list", "object", "decide"),
            Grant("Duration", "list"),
            Grant("Project", "list", "show", "search", "open", "change", "move", "assign", "close", "rank"),
            Grant("Paper", "list", "open", "take", "check", "tell"),
            Grant("PortfolioPlan", "list", "ask", "adopt"),
            Grant("Review", "list", "show", "announce", "withdraw", "convene", "record", "answer"),
            Grant("Enterprise", "list", "show", "edit"),
        ),
        "Supervisor": (
            Grant("Deferral", "list", "show"),
            Grant("Credit", "list"),
            Grant("Duration", "list"),
            Grant("Project", "list", "show", "search"),
            Grant("Paper", "list"),
            Grant("PortfolioPlan", "list"),
            Grant("Review", "list", "show"),
            Grant("Enterprise", "list", "show"),
        ),
    },
    data=("data/demonstration.yaml",),
    translations="translations",
    slots={
        "step.main": ("projects.views.step_deferrals:step_main",),
        "step.side": ("projects.views.step_review:review_box", "projects.views.lapsing:validity_box"),
    },
    todos=("projects.views.works:works_todos",),
    tasks=(
        Task("projects.tasks:plan_again"),
        Task("projects.tasks:count_missing_ends", daily="00:02"),
        Task("projects.tasks:accept_the_silent", daily="00:05"),
        Task("projects.tasks:accept_one_by_silence"),
        Task("projects.tasks:recount_ends_of"),
        Task("projects.tasks:plan_the_day", daily="00:10"),
        Task("projects.tasks:plan_portfolio"),
        Task("projects.tasks:propose_at_night", daily="00:40"),
    ),
    handlers={
        "projects.events:ProjectOpened": ("projects.handlers:plan_after_opening",),
        "projects.events:FactsChanged": ("projects.handlers:plan_after_facts",),
        "projects.events:TermsChanged": ("projects.handlers:plan_after_terms",),
        "projects.events:ProjectReopened": ("projects.handlers:plan_after_reopening",),
        "approvals.events.case:StepMoved": ("projects.handlers:plan_after_move",),
        "approvals.events.reviews:SittingAnnounced": ("projects.handlers:plan_after_announcing",),
        "approvals.events.reviews:SittingWithdrawn": ("projects.handlers:plan_after_withdrawal",),
        "approvals.events.catalogue:CalendarChanged": ("projects.handlers:plan_after_calendar",),
        "approvals.events.deferrals:DeferralMoved": ("projects.handlers:plan_after_deferral",),
        "projects.events:PlanMade": ("projects.handlers:worth_after_plan",),
        "projects.events:PlanChanged": ("projects.handlers:worth_after_plan",),
    },
)

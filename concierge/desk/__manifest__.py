"""Desk: what people see across projects without opening one: links handed out, and notices."""

from concierge.kernel.addon import Addon, Grant, Screen, Task
from concierge.kernel.errors import N_

TOGETHER = N_("Working together")
LINKS_MENU = N_("Links handed out")
MESSAGES_MENU = N_("Messages sent")
PACKAGES_MENU = N_("Packages")

ADDON = Addon(
    name="concierge.desk",
    summary="Links for those without an account, and notices",
    depends=(
        "approvals",
        "concierge.staff",
        "projects",
        "documents",
        "concierge.supervision",
        "concierge.ratings",
        "concierge.handover",
        "concierge.escalation",
        "concierge.outreach",
    ),
    models=(
        "concierge.desk.models.links",
        "concierge.desk.models.notices",
        "concierge.desk.models.channels",
        "concierge.desk.models.messages",
    ),
    screens=(
        Screen(
            "concierge.desk.views.packages:PackagesPage",
            menu=f"{TOGETHER}/{PACKAGES_MENU}",
            icon="pack",
            href="/packages/",
            count="concierge.desk.queries.inbox:open_count",
        ),
        Screen(
            "concierge.desk.views.links:LinksPage",
            menu=f"{TOGETHER}/{LINKS_MENU}",
            icon="link",
            href="/links/list/",
        ),
        Screen("concierge.desk.views.batch:BatchPage", verb="office"),
        Screen(
            "concierge.desk.views.notices:NoticesPage",
            href="/notices/list/",
            verb="hear",
            count="concierge.desk.queries.notices:unread",
        ),
        Screen("concierge.desk.views.channels:ChannelsPage", href="/notices/channels/", verb="hear"),
        Screen(
            "concierge.desk.views.messages:MessagesPage",
            menu=f"{TOGETHER}/{MESSAGES_MENU}",
            icon="bell",
            href="/notices/messages/",
            count="concierge.desk.queries.messages:dead",
        ),
    ),
    pages=("concierge.desk.views.public:pages",),
    slots={
        "step.side": (
            "concierge.desk.views.package_fillings:step_package",
            "concierge.desk.views.step_links:step_side",
        ),
        "review.side": (
            "concierge.desk.views.package_fillings:review_packages",
            "concierge.desk.views.step_links:review_side",
        ),
    },
    roles={
        "Liaison": (
            Grant("DepartmentLink", "list", "make"),
            Grant("Notice", "hear"),
            Grant("Package", "list", "make", "receive", "answer"),
        ),
        "Concierge": (
            Grant("DepartmentLink", "list", "make"),
            Grant("Notice", "hear"),
            Grant("Package", "list", "make", "receive", "answer"),
        ),
        "Chief": (
            Grant("DepartmentLink", "list", "make", "office"),
            Grant("Notice", "hear"),
            Grant("Package", "list", "make", "receive", "answer"),
            Grant("Message", "list", "send_again"),
        ),
        "Supervisor": (Grant("DepartmentLink", "list"), Grant("Notice", "hear"), Grant("Package", "list")),
        "SystemAdmin": (Grant("Message", "list", "send_again"),),
    },
    handlers={
        "projects.events:PlanChanged": ("concierge.desk.handlers.cases:tell_of_plan",),
        "projects.events:ProjectEnded": ("concierge.desk.handlers.projects:close_links",),
        "approvals.events.case:StepMoved": ("concierge.desk.handlers.cases:tell_of_move",),
        "approvals.events.deferrals:DeferralDue": ("concierge.desk.handlers.deferrals:tell_of_deferral",),
        "approvals.events.reviews:ReviewConvened": ("concierge.desk.handlers.reviews:tell_of_convening",),
        "approvals.events.reviews:OpinionGiven": ("concierge.desk.handlers.reviews:tell_of_opinion",),
        "approvals.events.reviews:RoundClosed": ("concierge.desk.handlers.reviews:tell_of_round",),
        "approvals.events.reviews:ReviewAnswered": ("concierge.desk.handlers.reviews:tell_of_answer",),
        "approvals.events.reviews:SittingAnnounced": ("concierge.desk.handlers.reviews:tell_of_sitting",),
        "approvals.events.reviews:SittingWithdrawn": ("concierge.desk.handlers.reviews:tell_of_withdrawal",),
        "concierge.supervision.events:CardShown": ("concierge.desk.handlers.cards:tell_of_card",),
        "concierge.supervision.events:CardEscalated": ("concierge.desk.handlers.cards:tell_of_escalation",),
        "concierge.supervision.events:ComplaintTaken": ("concierge.desk.handlers.cards:tell_of_complaint",),
        "concierge.ratings.events:RatingInvited": ("concierge.desk.handlers.ratings:tell_of_invitation",),
        "concierge.ratings.events:NegativeRated": ("concierge.desk.handlers.ratings:tell_of_negative",),
        "concierge.ratings.events:RatingLate": ("concierge.desk.handlers.ratings:tell_of_late",),
        "concierge.ratings.events:ProcessChangeAsked": ("concierge.desk.handlers.ratings:tell_of_process",),
        "concierge.handover.events:SubstitutionToTell": (
            "concierge.desk.handlers.substitutions:tell_of_substitution",
        ),
        "concierge.handover.events:HandoverDue": ("concierge.desk.handlers.handovers:tell_of_handover_due",),
        "concierge.handover.events:HandoverGiven": (
            "concierge.desk.handlers.handovers:tell_of_handover_given",
        ),
        "concierge.handover.events:HandoverAccepted": (
            "concierge.desk.handlers.handovers:tell_of_handover_accepted",
        ),
        "concierge.handover.events:HandoverLate": (
            "concierge.desk.handlers.handovers:tell_of_handover_late",
        ),
        "concierge.handover.events:WorkReturned": (
            "concierge.desk.handlers.handovers:tell_of_work_returned",
        ),
        "concierge.escalation.events:ProblemReported": ("concierge.desk.handlers.escalation:tell_of_report",),
        "concierge.escalation.events:ReportRose": ("concierge.desk.handlers.escalation:tell_of_rise",),
        "concierge.escalation.events:ReportTakenOver": ("concierge.desk.handlers.escalation:tell_of_owner",),
        "concierge.escalation.events:ReportAnswered": (
            "concierge.desk.handlers.escalation:tell_of_report_answer",
        ),
        "concierge.escalation.events:ReportReopened": (
            "concierge.desk.handlers.escalation:tell_of_reopening",
        ),
        "concierge.escalation.events:NegativeReported": (
            "concierge.desk.handlers.escalation:tell_of_negative_answer",
        ),
        "concierge.escalation.events:ProcessFixAsked": ("concierge.desk.handlers.escalation:tell_of_fix",),
        "concierge.outreach.events:ProblemFound": ("concierge.desk.handlers.outreach:tell_of_problem",),
        "concierge.outreach.events:ServiceBooked": ("concierge.desk.handlers.outreach:tell_of_booking",),
        "concierge.outreach.events:DutyPlanned": ("concierge.desk.handlers.outreach:tell_of_duty",),
        "concierge.outreach.events:DueFound": ("concierge.desk.handlers.outreach:tell_of_due",),
        "concierge.staff.events:CoverNamed": ("concierge.desk.handlers.handovers:tell_of_cover",),
        "documents.events:PackageReady": ("concierge.desk.handlers.packages:tell_of_package",),
        "concierge.kernel.events:LetterLeft": ("concierge.desk.handlers.letters:carry",),
        "concierge.desk.events:DepartmentReplied": ("concierge.desk.handlers.links:tell_of_receipt",),
        "concierge.desk.events:DeadlinesNear": ("concierge.desk.handlers.messages:tell_of_deadlines",),
        "concierge.desk.events:MessageDied": ("concierge.desk.handlers.messages:tell_of_death",),
        "concierge.desk.events:NewLinkAsked": ("concierge.desk.handlers.links:tell_of_asking",),
    },
    tasks=(
        Task("concierge.desk.tasks:send_message"),
        Task("concierge.desk.tasks:plan_mornings", daily="00:15"),
        Task("concierge.desk.tasks:look_ahead"),
        Task("concierge.desk.tasks:send_morning"),
    ),
    translations="translations",
    demonstration="concierge.desk.services.load_demonstration:load_demonstration",
)

"""One deferral as its page shows it: its numbers, what may be done about it now, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.models.deferral import DeferralMoveRow
from approvals.rules.catalogue import START
from approvals.rules.commitment import Commitment, LatePaper
from approvals.rules.deferral import GrantLevel
from approvals.rules.deferral_course import (
    DeferralMove,
    DeferralState,
    ExtensionGround,
    consequences,
)
from concierge.kernel import clock, spoken
from concierge.kernel.web import language, may
from projects.queries.commitments import DeferralFile, Entry
from projects.views.commitments_sheet import PERMISSION, withheld_words
from projects.views.deferral_words import (
    CONSEQUENCES,
    GROUNDS,
    LEVELS,
    MOVES,
    WHY_MAIN,
    countdown_of,
    reason_words,
    state_pill,
)
from scheduler import WorkCalendar

Form = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class CommitmentSheet:
    """The page of one deferral. Shape: ``typed`` is what a refused form held, kept for the next try."""

    file: DeferralFile
    today: date
    calendar: WorkCalendar
    typed: Mapping[str, str]
    said: str
    wrong_field: str
    may_verbs: frozenset[str]

    @property
    def entry(self) -> Entry:
        """Its line of the ledger."""
        return self.file.entry

    @property
    def paper(self) -> str:
        """The paper as people call it."""
        return self.entry.paper(language())

    @property
    def is_chinese(self) -> bool:
        """Whether the reader reads Chinese."""
        return spoken.is_chinese()

    @property
    def step_href(self) -> str:
        """The page of its step."""
        at = self.entry
        return url_for("StepView.one", project_id=at.project.id, number=at.step.number)

    def pill(self) -> dict[str, str]:
        """Its state."""
        return state_pill(self.entry.row)

    def countdown(self) -> dict[str, Any] | None:
        """Its days, while they run."""
        row = self.entry.row
        is_running = row.granted_on is not None and row.ended_on is None
        return countdown_of(row, self.today, self.calendar) if is_running else None

    def lede(self) -> str:
        """The conclusion first: what comes by when, and what waits for it."""
        return lede_of(self.entry)

    def worth(self) -> list[dict[str, Any]]:
        """The two numbers nobody else shows, and what they rest on."""
        return worth_of(self.entry)

    def facts(self) -> list[tuple[str, str]]:
        """Who promised what, who granted it, and how long."""
        row, found = self.entry.row, [(gettext("Form it comes in"), self.entry.row.form)]
        if row.why_main is not None:
            found.append((gettext("Why it may wait"), gettext(WHY_MAIN[row.why_main])))
        if not row.on_list:
            found.append((gettext("Published list"), gettext("not on it")))
        if row.signed_on is not None:
            who = f"{row.signed_by}　{gettext('Agent')} {row.agent}" if row.agent else row.signed_by
            found.append((gettext("Signed"), f"{spoken.day(row.signed_on)}　{who}"))
        if row.granted_on is not None and row.level is not None:
            by = f"{spoken.day(row.granted_on)}　{row.granted_by}（{gettext(LEVELS[row.level])}）"
            found.append((gettext("Granted"), by))
        if row.before_issue:
            found.append((gettext("Why this day"), gettext("it must come before the certificate is issued")))
        if row.extended_on is not None and row.extension_ground is not None and row.first_due_on is not None:
            told = gettext(
                "from %(first)s to %(due)s: %(ground)s",
                first=spoken.day(row.first_due_on),
                due=spoken.day(row.due_on),
                ground=gettext(GROUNDS[row.extension_ground]),
            )
            found.append((gettext("Extended"), f"{told}　{row.extension_proof}"))
        if row.put_right_by_on is not None:
            found.append((gettext("To be put right by"), spoken.day(row.put_right_by_on)))
        return found

    def log(self) -> list[dict[str, Any]]:
        """What happened, the latest first."""
        return [_line(move) for move in reversed(self.file.journal)]

    # --- what may be done now ---------------------------------------------------------------------

    def forms(self) -> list[Form]:
        """The forms open in this state to this reader, the usual one first."""
        row = self.entry.row
        by_state: Mapping[DeferralState, list[Form]] = {
            DeferralState.DRAFTED: [self._sign(), self._void()],
            DeferralState.SIGNED: [self._grant(), self._refuse()],
            DeferralState.GRANTED: [self._supply(), *self._extend()],
            DeferralState.OVERDUE: [self._supply()],
            DeferralState.SUPPLIED: [self._verify(), self._reject()],
            DeferralState.DEFAULTED: [self._dispose()],
        }
        forms = by_state.get(row.state, [])
        if row.state is DeferralState.CREDIT_RECORDED and row.put_right_by_on is not None:
            forms = [self._dispose()] if self.entry.step.ended_on is None else []
        if row.producer:
            forms = [form for form in forms if form["deed"] in ("sign", "void", "grant", "refuse", "extend")]
        return [form for form in forms if form["verb"] in self.may_verbs]

    def awaits(self) -> str:
        """What a reader without the right, or a bridge, waits for; empty where a form says it."""
        row = self.entry.row
        if row.producer and row.ended_on is None and row.granted_on is not None:
            producer = self.file.catalogue.matter(row.producer).spoken(language())
            return gettext(
                "The system makes this good by itself on the day “%(step)s” has its result; "
                "the enterprise has nothing to do.",
                step=producer,
            )
        if row.state is DeferralState.DEFAULTED and "dispose" not in self.may_verbs:
            return gettext("The chief decides what follows.")
        return ""

    def _form(self, deed: str, verb: str, title: str, button: str, *fields: Form, hint: str = "") -> Form:
        href = url_for(f"CommitmentsView.{deed}", deferral_id=self.entry.row.id)
        return {
            "deed": deed,
            "verb": verb,
            "title": title,
            "button": button,
            "fields": fields,
            "hint": hint,
            "href": href,
        }

    def _field(self, name: str, label: str, value: Any = "", **told: Any) -> Form:
        error = self.said if name == self.wrong_field else None
        return {"name": name, "label": label, "value": self.typed.get(name, value), "error": error, **told}

    def _reason(self, label: str) -> Form:
        return self._field("reason", label, kind="long")

    def _sign(self) -> Form:
        return self._form(
            "sign",
            "draft",
            gettext("Signature"),
            gettext("Record the signature"),
            self._field("signed_by", gettext("Signed by"), hint=gettext("name and post, of the applicant")),
            self._field("signed_on", gettext("Signed on"), self.today.isoformat(), kind="date"),
            self._field("agent", gettext("Agent"), required=False),
        )

    def _grant(self) -> Form:
        levels = [
            {"value": level.value, "text": gettext(words)}
            for level, words in LEVELS.items()
            if level is not GrantLevel.COORDINATOR or may("coordinate", PERMISSION)
        ]
        return self._form(
            "grant",
            "grant",
            gettext("Grant"),
            gettext("Record the grant"),
            self._field("granted_by", gettext("Granted by"), hint=gettext("who at the department said so")),
            self._field("level", gettext("As"), GrantLevel.WINDOW.value, kind="pick", options=levels),
            self._field(
                "department_head",
                gettext("Head of the department"),
                required=False,
                hint=gettext("only for a paper outside the published list"),
            ),
        )

    def _refuse(self) -> Form:
        reason = self._reason(gettext("Why it is refused"))
        return self._form("refuse", "grant", gettext("Do not grant"), gettext("Refuse it"), reason)

    def _void(self) -> Form:
        reason = self._reason(gettext("Why it is put aside"))
        return self._form("void", "draft", gettext("Put aside"), gettext("Void it"), reason)

    def _supply(self) -> Form:
        is_late = self.entry.row.state is DeferralState.OVERDUE
        return self._form(
            "supply",
            "supply",
            gettext("Take the paper in"),
            gettext("Take in"),
            self._field("on", gettext("Came on"), self.today.isoformat(), kind="date"),
            hint=gettext("overdue: today is the working day of grace, then it is a default")
            if is_late
            else "",
        )

    def _verify(self) -> Form:
        by = self._field("verified_by", gettext("Checked by"), required=False)
        return self._form("verify", "verify", gettext("The paper is fit"), gettext("It is fit, close it"), by)

    def _reject(self) -> Form:
        reason = self._reason(gettext("What is wrong with it"))
        return self._form("reject", "verify", gettext("The paper is unfit"), gettext("Send it back"), reason)

    def _extend(self) -> list[Form]:
        row = self.entry.row
        if (
            row.extended_on is not None
            or not row.period_workdays
            or not row.due_on
            or self.today > row.due_on
        ):
            return []
        grounds = [{"value": one.value, "text": gettext(GROUNDS[one])} for one in ExtensionGround]
        hint = ngettext(
            "%(num)s working day at most, as long as the first period",
            "%(num)s working days at most, as long as the first period",
            row.period_workdays,
        )
        form = self._form(
            "extend",
            "grant",
            gettext("Extend once"),
            gettext("Extend it"),
            self._field("workdays", gettext("By working days"), "", kind="number", hint=hint),
            self._field("ground", gettext("Ground"), "", kind="pick", options=grounds),
            self._field("proof", gettext("Proof"), kind="long"),
        )
        return [form]

    def _dispose(self) -> Form:
        row, step = self.entry.row, self.entry.step
        lawful = consequences(
            is_decided=step.finished_on is not None, was_to_be_put_right=row.put_right_by_on is not None
        )
        options = [{"value": one.value, "text": gettext(CONSEQUENCES[one])} for one in lawful]
        fields = [
            self._field(
                "consequence", gettext("What follows"), lawful[0].value, kind="pick", options=options
            ),
            self._field("basis", gettext("Basis")),
            self._reason(gettext("Reason")),
            self._field("number", gettext("Number of the decision"), required=False),
        ]
        if step.finished_on is not None and row.put_right_by_on is None:
            fields.append(self._field("put_right_by_on", gettext("To be put right by"), kind="date"))
        return self._form(
            "dispose",
            "dispose",
            gettext("Decide what follows the default"),
            gettext("Decide"),
            *fields,
            hint=gettext(
                "the bare fact goes on the enterprise's record; it may not promise again until repaired"
            ),
        )


def lede_of(entry: Entry) -> str:
    """What comes by when, and what waits for it, in one sentence."""
    row = entry.row
    due = spoken.day(row.due_on or row.asked_due_on)
    if row.ended_on is not None and row.supplied_on is not None:
        return gettext("Supplied on %(day)s, due on %(due)s.", day=spoken.day(row.supplied_on), due=due)
    if row.ended_on is not None:
        return gettext("Ended on %(day)s; nothing waits for it any more.", day=spoken.day(row.ended_on))
    withheld = withheld_words(entry)
    if withheld:
        return gettext(
            "By %(due)s; until then the certificate is held back. Waiting for it: %(milestone)s.",
            due=due,
            milestone=withheld,
        )
    return gettext(
        "By %(due)s; until then the certificate is held back. The start of works is not affected.", due=due
    )


def worth_of(entry: Entry) -> list[dict[str, Any]]:
    """Working days gained, with and without; the latest safe hand-in; as facts for a row of figures."""
    worth = entry.worth
    if worth is None:
        return []
    is_start = worth.withheld == START or worth.permit_on is None
    return numbers(
        worth.gained_workdays,
        (worth.start_on, worth.start_without_on) if is_start else (worth.permit_on, worth.permit_without_on),
        worth.latest_on,
        is_start=is_start,
        is_critical=worth.is_critical,
    )


def numbers(
    gained: int,
    days: tuple[date | None, date | None],
    latest_on: date | None,
    *,
    is_start: bool,
    is_critical: bool,
) -> list[dict[str, Any]]:
    """The two numbers nobody else shows. Shape: ``days`` are the headline with the deferral and without."""
    with_on, without_on = days
    told = {"with_on": spoken.day(with_on), "without_on": spoken.day(without_on)}
    if is_start:
        dates = gettext("start %(with_on)s, without it %(without_on)s", **told)
        after = gettext("a day later and the start moves")
    else:
        dates = gettext("permit %(with_on)s, without it %(without_on)s", **told)
        after = gettext("a day later and the permit moves")
    if is_critical:
        after = gettext("not a day to spare")
    return [
        {
            "term": gettext("Gained by deferring"),
            "value": gained,
            "unit": ngettext("working day", "working days", gained),
            "note": dates if with_on else "",
        },
        {
            "term": gettext("Latest safe hand-in"),
            "value": spoken.day(latest_on) if latest_on else gettext("any day"),
            "unit": "",
            "note": after if latest_on else gettext("it moves no headline"),
        },
    ]


def _line(move: DeferralMoveRow) -> dict[str, Any]:
    is_own = move.move == DeferralMove.EXTEND.value and move.due_on is not None
    notes = [reason_words(move.reason)] if move.reason else []
    if is_own:
        notes.append(gettext("now due %(day)s", day=spoken.day(move.due_on)))
    local = clock.local(move.at)
    return {
        "at": f"{spoken.day(move.on)} {local:%H:%M}",
        "iso": local.isoformat(timespec="minutes"),
        "by": "" if move.actor_id is None else move.actor,
        "text": gettext(MOVES[DeferralMove(move.move)]),
        "kind": "commitment",
        "notes": notes,
    }


def letter_of(file: DeferralFile) -> Commitment:
    """The commitment letter of a deferral."""
    at, row, lang = file.entry, file.entry.row, language()
    return Commitment(
        applicant=at.enterprise,
        uscc=file.uscc,
        project=at.project.name,
        project_code=at.project.code,
        matter=at.matter.spoken(lang),
        department=at.department.spoken(lang),
        papers=(LatePaper(at.paper(lang), row.form, row.due_on or row.asked_due_on),),
        signed_by=row.signed_by,
        signed_on=row.signed_on,
        agent=row.agent,
    )

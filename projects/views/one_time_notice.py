"""一次性告知: what is missing or wrong at a step, told once; the sheet to hand over; the answer to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.lifecycle import StepState
from approvals.rules.papers import Fault, ToldItem
from approvals.rules.receiving import latest_notice
from approvals.rules.telling import LONGEST_FAULT, Asked, NothingOpen, complete_list, left_of
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import readable_day
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number
from projects.press.charted import owner_name
from projects.queries.papers import StepPapers, papers_of_numbered_step
from projects.services.tell_what_is_missing import ToldList, take_answer, tell_what_is_missing
from projects.views.paper_upload import PaperDayWrong
from projects.views.step_papers import PAPER

LARGEST_VERSION = 10**9
LONGEST_LINE = 200
BASIS = "《中华人民共和国行政许可法》第三十二条第一款第四项"


@dataclass(frozen=True)
class TypedNotice:
    """What was typed into the form. Shape: ``faults`` are words by the code of the paper."""

    on: str = ""
    basis: str = BASIS
    decided_by: str = ""
    planned_last_on: str = ""
    version: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def told(self) -> ToldList:
        """The same as the service takes it. Raises: PaperDayWrong."""
        found = (ToldItem(code, Fault.UNFIT, words) for code, words in self.faults.items() if words)
        return ToldList(
            on=_day(self.on, "on") or clock.today(),
            basis=self.basis,
            found=tuple(found),
            decided_by=self.decided_by,
            planned_last_on=_day(self.planned_last_on, "planned_last_on"),
        )


@dataclass(frozen=True)
class NoticeSheet:
    """The one-time notice of one step for one reader: told, or to be told."""

    papers: StepPapers
    typed: TypedNotice
    said: str = ""
    wrong_field: str = ""

    @property
    def lang(self) -> str:
        """The reader's language."""
        return language()

    @property
    def is_open(self) -> bool:
        """Whether the enterprise still owes what was told."""
        return self.papers.step.row.state is StepState.CORRECTING

    @property
    def was_taken_back(self) -> bool:
        """Whether a list was told and the record of it taken back: it may be told again, as it was."""
        return self.papers.notice is not None and self.papers.step.told is None

    @property
    def may_tell(self) -> bool:
        """Whether this reader may tell, and take the answer."""
        return may("tell", PAPER)

    @property
    def step_href(self) -> str:
        """Where the step is."""
        step = self.papers.step
        return url_for(
            "StepView.one", project_id=step.file.project.id, number=step.row.number, _anchor="papers"
        )

    @property
    def step_name(self) -> str:
        """The step as people point at it."""
        return f"{self.papers.step.row.number} {self.papers.step.matter.spoken(language())}"

    @property
    def department(self) -> str:
        """Whose matter it is."""
        step = self.papers.step
        code = step.row.department
        return owner_name(step.file.catalogue.department_of.get(code), code, language())

    def asked(self) -> list[Asked]:
        """The papers of the step, as the rules see them."""
        return self.papers.asked(language())

    def missing(self) -> list[dict[str, str]]:
        """What goes on the list by itself."""
        return self._lines(complete_list(self.asked()))

    def open_to_fault(self) -> list[Asked]:
        """The papers that are here, in which something may be found wrong."""
        return [one for one in self.asked() if one.here is not None and one.is_good]

    def told(self) -> list[dict[str, str]]:
        """What was told."""
        notice = self.papers.notice
        return self._lines([item.facts() for item in notice.items]) if notice is not None else []

    def left(self) -> list[str]:
        """What of it is still missing or wrong."""
        notice = self.papers.notice
        if notice is None:
            return []
        left = left_of([item.facts() for item in notice.items], self.asked())
        return [line["name"] for line in self._lines(left)]

    def tell_by(self) -> date | None:
        """The last day to tell, while nothing was told."""
        received_on = self.papers.step.row.received_on
        if received_on is None:
            return None
        calendar = catalogue_queries.work_calendar(db.session)
        return latest_notice(received_on, self.papers.step.matter, calendar)

    def tried(self) -> list[dict[str, Any]]:
        """The second lists that were refused."""
        names = {one.material: one.name for one in self.asked()}
        return [
            {
                "on": row.on,
                "who": row.actor,
                "what": "、".join(names.get(code, code) for code in row.materials.split(", ")),
            }
            for row in self.papers.second_lists
        ]

    def _lines(self, items: Any) -> list[dict[str, str]]:
        names = {one.material: one.name for one in self.asked()}
        names[""] = gettext("Not about one paper")
        return [{"name": names.get(item.material, item.material), "what": fault_said(item)} for item in items]


class OneTimeNoticeView(Page):
    """The one-time notice of a step."""

    route_base = "/projects"
    class_permission_name = PAPER
    default_view = "one"

    @expose("/<int:project_id>/steps/<number>/notice")
    @allowed("list")
    def one(self, project_id: int, number: str) -> Any:
        """What was told, or what would be."""
        papers = _papers(project_id, number)
        typed = TypedNotice(on=clock.today().isoformat(), version=str(papers.step.row.version))
        return self._page(NoticeSheet(papers, typed))

    @expose("/<int:project_id>/steps/<number>/notice", methods=["POST"])
    @allowed("tell")
    def tell(self, project_id: int, number: str) -> Any:
        """Tell everything at once; a second list is refused and on record."""
        papers, typed = _papers(project_id, number), _typed()
        try:
            tell_what_is_missing(
                papers.step.row.id, typed.told(), version=_version(), lang=language(), by=actor()
            )
        except Missing:
            raise
        except ConciergeError as error:
            return self._refused(project_id, number, typed, error)
        flash(gettext("Told once. Print the notice and hand it over."), "success")
        return redirect(request.path, code=303)

    @expose("/<int:project_id>/steps/<number>/notice/answer", methods=["POST"])
    @allowed("tell")
    def answer(self, project_id: int, number: str) -> Any:
        """Record that everything that was told is here."""
        papers, typed = _papers(project_id, number), _typed()
        try:
            on = _day(typed.on, "on") or clock.today()
            take_answer(papers.step.row.id, on, version=_version(), lang=language(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            return self._refused(project_id, number, typed, error)
        flash(gettext("Everything that was told is here. The case goes on."), "success")
        page = url_for("OneTimeNoticeView.one", project_id=project_id, number=number)
        return redirect(page, code=303)

    @expose("/<int:project_id>/steps/<number>/notice/print")
    @allowed("list")
    def sheet(self, project_id: int, number: str) -> Any:
        """The sheet to hand over (一次性告知单)."""
        papers = _papers(project_id, number)
        if papers.notice is None:
            raise NothingOpen(step=papers.step.matter.spoken(language()))
        sheet = NoticeSheet(papers, TypedNotice())
        return self.show("projects/print_notice.html", sheet=sheet, file=papers.step.file)

    def _refused(self, project_id: int, number: str, typed: TypedNotice, error: ConciergeError) -> Any:
        db.session.expire_all()
        papers = _papers(project_id, number)
        again = TypedNotice(**{**vars(typed), "version": str(papers.step.row.version)})
        sheet = NoticeSheet(papers, again, say(error), str(error.facts.get("field", "")))
        return self._page(sheet), error.status

    def _page(self, sheet: NoticeSheet) -> str:
        return self.show("projects/notice.html", sheet=sheet, file=sheet.papers.step.file)


def fault_said(item: ToldItem) -> str:
    """What is to be done about one line of the list."""
    if item.fault is Fault.UNFIT:
        return item.words
    if item.words:
        return gettext("Not handed in; any one is enough, instead of it also %(others)s", others=item.words)
    return gettext("Not handed in")


def _papers(project_id: int, number: str) -> StepPapers:
    return papers_of_numbered_step(db.session, project_id, number, actor(), today=clock.today())


def _typed() -> TypedNotice:
    form = request.form
    faults = {
        name.removeprefix("fault-"): form[name].strip()[:LONGEST_FAULT]
        for name in form
        if name.startswith("fault-")
    }
    return TypedNotice(
        on=form.get("on", "").strip(),
        basis=form.get("basis", BASIS).strip()[:LONGEST_LINE],
        decided_by=form.get("decided_by", "").strip()[:LONGEST_LINE],
        planned_last_on=form.get("planned_last_on", "").strip(),
        faults=faults,
    )


def _version() -> int:
    return whole_number(request.form.get("version"), default=0, most=LARGEST_VERSION)


def _day(typed: str, name: str) -> date | None:
    day = readable_day(typed)
    if typed and day is None:
        raise PaperDayWrong(typed=typed, field=name)
    return day

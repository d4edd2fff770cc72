"""The opinion of one department: written down by the office, printed to be signed, and its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, flash, g, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.rules.giving_opinions import LONGEST_TEXT, StanceExpected
from approvals.rules.joint_reviews import Member
from approvals.rules.opinions import Opinion, OpinionWay, Stance
from approvals.services.give_opinion import give_opinion
from concierge.kernel import clock, storage
from concierge.kernel.db import db
from concierge.kernel.downloads import SEALED_OFF, named
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.uploads import takes_files
from concierge.kernel.web import Page, actor, allowed, language, say
from projects.queries.joint_review_file import JointReviewFile, joint_review_file
from projects.views.joint_review_names import ReviewNames
from projects.views.joint_review_sheet import ReviewSheet
from projects.views.joint_review_words import STANCES

GIVEN = (Stance.AGREE, Stance.CONDITIONS, Stance.MATERIAL, Stance.NOT_OURS)
LONGEST_LINE = 200
FIELDS = ("stance", "text", "conditions", "materials", "given_on", "given_by", "number", "way")


class OpinionView(Page):
    """One department in one joint review."""

    route_base = "/reviews/cases"
    class_permission_name = "Review"
    default_view = "opinion"

    @expose("/<int:review_id>/opinions/<department>")
    @allowed("record")
    def opinion(self, review_id: int, department: str) -> Any:
        """The form for what the department says."""
        return self.show("projects/joint_review_opinion.html", page=_sheet(review_id, department))

    @expose("/<int:review_id>/opinions/<department>", methods=["POST"])
    @allowed("record")
    @takes_files
    def give(self, review_id: int, department: str) -> Any:
        """Write the opinion down; a refusal is said above the form, and nothing typed is lost."""
        _sheet(review_id, department)
        typed = {name: request.form.get(name, "")[: LONGEST_TEXT + 1] for name in FIELDS}
        try:
            opinion = _opinion(typed, request.form.getlist("papers"))
            give_opinion(review_id, department, opinion, way=_way(typed), lang=language(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            again = _sheet(
                review_id,
                department,
                typed=typed,
                papers=tuple(request.form.getlist("papers")),
                refused=say(error),
                wrong=str(error.facts.get("field", "") or getattr(type(error), "field", "")),
            )
            return self.show("projects/joint_review_opinion.html", page=again), error.status
        flash(gettext("Written down."), "success")
        return redirect(url_for("JointReviewView.one", review_id=review_id), code=303)

    @expose("/<int:review_id>/opinions/<department>/file")
    @allowed("show")
    def file(self, review_id: int, department: str) -> Response:
        """The paper the department returned."""
        given = _sheet(review_id, department).member.given
        if given is None or not given.file_key:
            raise Missing
        return storage_answer(given.file_key, given.file_name)

    @expose("/<int:review_id>/opinions/<department>/print")
    @allowed("show")
    def print_sheet(self, review_id: int, department: str) -> Any:
        """The opinion sheet of the department (部门意见表), to be filled in by hand or as it was given."""
        return self.show("projects/print_opinion_sheet.html", page=_sheet(review_id, department))

    @expose("/<int:review_id>/print")
    @allowed("show")
    def print_answer(self, review_id: int) -> Any:
        """The one answer of the review (汇总意见) on A4."""
        file = joint_review_file(db.session, review_id, actor())
        return self.show("projects/print_joint_answer.html", page=ReviewSheet(file, clock.today()))


@dataclass(frozen=True, kw_only=True)
class OpinionSheet:
    """The form of one department.

    Shape: ``typed`` is what a refused form held, None before anything was sent; ``wrong`` the field at fault.
    """

    file: JointReviewFile
    member: Member
    today: date
    typed: Mapping[str, str] | None = None
    papers: tuple[str, ...] = ()
    refused: str = ""
    wrong: str = ""

    @property
    def whole(self) -> ReviewSheet:
        """The page of the review it belongs to."""
        return ReviewSheet(self.file, self.today)

    @property
    def department(self) -> str:
        """The department as people call it."""
        return ReviewNames(self.file.catalogue).department(self.member.department)

    def value(self, name: str) -> str:
        """What a field holds: as typed, else as the department said last, else its usual start."""
        if self.typed is not None:
            return self.typed.get(name, "")
        given = self.member.given
        if given is None or given.stance is Stance.SILENT:
            return {"given_on": self.today.isoformat(), "way": OpinionWay.DOCUMENT.value}.get(name, "")
        return {
            "stance": given.stance.value,
            "text": given.text,
            "conditions": "\n".join(one.text for one in given.conditions),
            "materials": "\n".join(one.text for one in given.materials if not one.material),
            "given_on": self.today.isoformat(),
            "given_by": given.given_by,
            "way": OpinionWay.DOCUMENT.value,
        }.get(name, "")

    def error(self, name: str) -> str | None:
        """What is wrong with a field, if it is this one."""
        return self.refused if self.wrong == name else None

    def stances(self) -> list[dict[str, str]]:
        """What can be answered; the lead cannot hand the matter back."""
        notes = {
            Stance.CONDITIONS: gettext("one condition a line"),
            Stance.MATERIAL: gettext("every missing paper at once; the enterprise is told one time"),
            Stance.NOT_OURS: gettext("the lead then asks the right department"),
        }
        return [
            {"value": one.value, "text": gettext(STANCES[one][1]), "note": notes.get(one, "")}
            for one in GIVEN
            if not (one is Stance.NOT_OURS and self.member.is_lead)
        ]

    def paper_options(self) -> Iterator[dict[str, str]]:
        """The papers of the steps under review, each once."""
        seen: set[str] = set()
        for step in self.file.review.steps:
            for paper in self.file.catalogue.materials_of.get(step, ()):
                if paper.code not in seen:
                    seen.add(paper.code)
                    yield {"value": paper.code, "text": paper.spoken(language())}

    def chosen_papers(self) -> tuple[str, ...]:
        """The papers ticked."""
        if self.typed is not None:
            return self.papers
        given = self.member.given
        return tuple(one.material for one in given.materials if one.material) if given else ()

    def ways(self) -> list[dict[str, str]]:
        """How the opinion came in."""
        return [
            {"value": OpinionWay.DOCUMENT.value, "text": gettext("A signed paper came back")},
            {"value": OpinionWay.SCREEN.value, "text": gettext("Said in the session or by telephone")},
        ]


def storage_answer(key: str, name: str) -> Response:
    """A kept file as a download, its name as it came.

    Raises: what ``storage.fetch`` raises.
    """
    answer = Response(storage.fetch(key), mimetype="application/octet-stream")
    g.content_policy = SEALED_OFF
    return named(answer, name)


def _sheet(review_id: int, department: str, **told: Any) -> OpinionSheet:
    """One department in one review.

    Raises: Missing, out of scope or for a department that was never asked.
    """
    file = joint_review_file(db.session, review_id, actor())
    member = file.review.member(department)
    if member is None:
        raise Missing
    return OpinionSheet(file=file, member=member, today=clock.today(), **told)


def _opinion(typed: Mapping[str, str], papers: list[str]) -> Opinion:
    """The opinion as the form has it; a file is kept first, so that its content is looked at.

    Raises: StanceExpected, NotACalendarDay; what the storage refuses.
    """
    stance = next((one for one in GIVEN if one.value == typed["stance"]), None)
    if stance is None:
        raise StanceExpected
    given_on = typed_day(typed["given_on"], "given_on") if typed["given_on"].strip() else None
    upload = request.files.get("file")
    kept = storage.store(upload.stream, name=upload.filename) if upload and upload.filename else None
    return Opinion(
        stance=stance,
        text=typed["text"],
        conditions=tuple(typed["conditions"].splitlines()),
        materials=(*papers, *typed["materials"].splitlines()),
        given_on=given_on,
        given_by=typed["given_by"][:LONGEST_LINE],
        number=typed["number"][:LONGEST_LINE],
        file_key=kept.key if kept else "",
        file_name=kept.name if kept else "",
    )


def _way(typed: Mapping[str, str]) -> OpinionWay:
    return OpinionWay.SCREEN if typed["way"] == OpinionWay.SCREEN.value else OpinionWay.DOCUMENT

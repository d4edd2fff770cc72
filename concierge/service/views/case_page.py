"""One service case: its file, and everything that may be done about it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, full_name, language, may, say
from concierge.service.queries.case_file import CaseFile, case_file
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.queries.offices import clerks, places, seats_of
from concierge.service.rules.asking import WrongAnswer
from concierge.service.views.case_deeds import DEEDS, DONE
from concierge.service.views.case_sheet import CaseSheet
from concierge.service.views.opening import Option
from concierge.service.views.words import ON

MAY_SKIP = ("skip",)


class ServiceCaseView(Page):
    """One case at a time."""

    route_base = "/services/cases"
    class_permission_name = ON
    default_view = "one"
    base_permissions = ["can_show", "can_act", "can_skip"]

    @expose("/<int:case_id>")
    @allowed("show")
    def one(self, case_id: int) -> Any:
        """The file."""
        return self.show("service/case.html", page=_sheet(case_id))

    @expose("/<int:case_id>/<deed>", methods=["POST"])
    @allowed("act")
    def act(self, case_id: int, deed: str) -> Any:
        """Do one thing about it; what cannot be done is said above the form, with what was typed."""
        if deed not in DEEDS:
            raise Missing
        if deed in MAY_SKIP and not may("skip", ON):
            abort(403)
        case_file(db.session, case_id, actor())  # out of sight is not there, whatever was sent
        db.session.rollback()
        try:
            DEEDS[deed](case_id, request.form)
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            page = _sheet(case_id, error=error, deed=deed)
            return self.show("service/case.html", page=page), error.status
        flash(gettext(DONE[deed]), "success")
        return redirect(url_for("ServiceCaseView.one", case_id=case_id) + f"#{deed}", code=303)


def _sheet(case_id: int, *, error: ConciergeError | None = None, deed: str = "") -> CaseSheet:
    file = case_file(db.session, case_id, actor())
    return CaseSheet(
        file=file,
        catalogue=service_catalogue(db.session),
        places=places(db.session),
        seats=seats_of(db.session, actor().id),
        colleagues=_colleagues(file.case.office, file.case.holder_id),
        reader=actor(),
        today=clock.today(),
        said=_said(error, file) if error else "",
        deed=deed,
        typed=request.form.to_dict() if deed else {},
    )


def _said(error: ConciergeError, file: CaseFile) -> str:
    """An error's sentence; a field is called as the reader reads it."""
    if isinstance(error, WrongAnswer):
        names = {one.code: one.name_zh if language() == "zh" else one.name_en for one in file.fields}
        called = names.get(str(error.facts["code"]), "")
        return str(gettext(WrongAnswer.message, name=called, typed=error.facts["typed"]))
    return say(error)


def _colleagues(office: str, holder_id: int | None) -> list[Option]:
    """Who else sits in the office of a case."""
    seated = clerks(db.session, office) if office else ()
    return [Option(str(one.person_id), full_name(one.person)) for one in seated if one.person_id != holder_id]

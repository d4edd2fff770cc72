"""A note to come back to (记一笔): written on the way, with a day, about a project or not."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock, scope
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day, typed_time
from concierge.kernel.web import Page, actor, allowed, say, whole_number
from concierge.today.models import NoteRow
from concierge.today.queries.posts import my_projects
from concierge.today.services.write_note import NoteAsked, write_note
from concierge.today.views.gathered import options
from concierge.today.views.words import PERMISSION, clock_time

FIELDS = ("text", "due_on", "due_at", "project", "place", "phone", "is_promise")
LONGEST = 500
LARGEST = 2**31 - 1


class TodayNoteView(Page):
    """Writing a note, and changing one."""

    route_base = "/today/notes"
    class_permission_name = PERMISSION

    @expose("/new")
    @allowed("note")
    def new(self) -> str:
        """An empty note, for the next working day unless something else is asked."""
        return self._form(None, {"due_on": clock.today().isoformat(), "project": request.args.get("project")})

    @expose("/", methods=["POST"])
    @allowed("note")
    def write(self) -> Any:
        """Keep a new note."""
        return self._keep(None)

    @expose("/<int:note_id>")
    @allowed("note")
    def form(self, note_id: int) -> str:
        """A note to be changed."""
        row = _note(note_id)
        return self._form(
            row,
            {
                "text": row.text,
                "due_on": row.due_on.isoformat(),
                "due_at": clock_time(row.due_at),
                "project": row.project_id,
                "place": row.place,
                "phone": row.phone,
                "is_promise": row.is_promise,
            },
        )

    @expose("/<int:note_id>", methods=["POST"])
    @allowed("note")
    def change(self, note_id: int) -> Any:
        """Keep a changed note."""
        return self._keep(note_id)

    def _keep(self, note_id: int | None) -> Any:
        row = _note(note_id) if note_id is not None else None
        version = whole_number(request.form.get("version"), default=0, most=LARGEST) or None
        try:
            write_note(_asked(), by=actor(), note_id=note_id, version=version)
        except Missing:
            raise
        except ConciergeError as error:
            problem = {"field": str(error.facts.get("field") or "text"), "message": say(error)}
            return self._form(row, dict(request.form), [problem]), error.status
        flash(gettext("Noted. It stands on your list on that day."), "success")
        return redirect(url_for("TodayView.list"), code=303)

    def _form(self, row: NoteRow | None, typed: Any, problems: Any = ()) -> str:
        mine = {
            project_id: (name, post)
            for project_id, name, post in db.session.execute(my_projects(actor(), clock.today()))
        }
        return self.show("today/note.html", row=row, typed=typed, problems=problems, projects=options(mine))


def _note(note_id: int) -> NoteRow:
    """A note in sight: one's own, or about a project one may see.

    Raises: Missing.
    """
    row = db.session.get(NoteRow, note_id)
    if row is None or (row.project_id is None and row.person_id != actor().id):
        raise Missing
    if row.project_id is not None:
        scope.require(db.session, actor(), row.project_id)
    return row


def _asked() -> NoteAsked:
    typed = request.form
    project_id = whole_number(typed.get("project"), default=0, most=LARGEST)
    return NoteAsked(
        text=typed.get("text", "")[:LONGEST],
        due_on=typed_day(typed.get("due_on"), "due_on"),
        due_at=typed_time(typed.get("due_at"), "due_at"),
        project_id=project_id or None,
        place=typed.get("place", ""),
        phone=typed.get("phone", ""),
        is_promise=typed.get("is_promise") == "yes",
    )

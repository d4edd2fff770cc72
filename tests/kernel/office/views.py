# ruff: noqa: RUF012, ARG002  (the framework takes its declarations as plain lists)
"""Screens over the shelves and folders."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect
from flask_appbuilder import action, expose
from flask_babel import gettext
from markupsafe import Markup

from concierge.kernel.actor import Actor
from concierge.kernel.crud import CrudInterface, CrudView
from concierge.kernel.errors import Invalid, Refusal, Unavailable
from concierge.kernel.slots import slots
from concierge.kernel.web import Page, actor, allowed
from concierge.kernel.work import Work, work
from tests.kernel.office.models import Folder, Room, Shelf

notice_board = Blueprint("notice_board", __name__)


@notice_board.get("/notice")
def notice() -> str:
    """A public page that speaks the reader's language."""
    return str(gettext("Sign in"))


LABELS = {
    "name": "Name",
    "wood": "Wood",
    "boards": "Boards",
    "price": "Price",
    "is_open": "Open",
    "built_on": "Built",
    "dusted_at": "Dusted",
    "note": "Note",
    "room": "Room",
    "room.name": "Room",
    "labels": "Labels",
    "code": "Code",
    "title": "Title",
    "is_closed": "Closed",
    "project_id": "Project",
}


class TooGrand(Invalid):
    message = "No shelf is called %(name)s."


class RoomFull(Refusal):
    message = "This room has no wall left."


class ShelfView(CrudView):
    datamodel = CrudInterface(Shelf)
    route_base = "/shelves"
    class_permission_name = "Shelf"
    list_title, show_title, add_title, edit_title = "Shelves", "Shelf", "New shelf", "Change shelf"
    label_columns = LABELS
    list_columns = ["name", "wood", "boards", "is_open", "built_on", "dusted_at", "room.name", "note"]
    show_columns = ["name", "wood", "boards", "price", "dusted_at", "room", "labels", "note"]
    add_columns = edit_columns = [
        "name", "wood", "boards", "price", "is_open", "built_on", "dusted_at", "room", "labels", "note",
    ]  # fmt: skip
    search_columns = ["name", "wood", "boards", "room", "built_on", "dusted_at"]
    order_columns = ["name", "boards", "room.name"]

    def save(self, w: Work, row: Shelf) -> None:
        if row.name.startswith("Throne"):
            raise TooGrand(field="name", name=row.name)
        if row.name == "Wall":
            raise RoomFull
        super().save(w, row)

    @action("dust", "Dust", "Dust them?", single=True, multiple=True)
    def dust(self, rows: list[Shelf]) -> Any:
        with work(actor()) as w:
            for row in rows:
                w.get(Shelf, row.id).note = "dusted"
        return redirect("/shelves/list/")


class RoomView(CrudView):
    datamodel = CrudInterface(Room)
    route_base = "/rooms"
    class_permission_name = "Room"
    list_title, show_title, add_title, edit_title = "Rooms", "Room", "New room", "Change room"
    label_columns = LABELS
    list_columns = show_columns = add_columns = edit_columns = ["code", "name"]
    search_columns = []
    order_columns = ["code"]
    related_views = [ShelfView]


class FolderView(CrudView):
    datamodel = CrudInterface(Folder)
    route_base = "/folders"
    class_permission_name = "Folder"
    base_permissions = ["can_list", "can_show"]
    list_title, show_title, add_title, edit_title = "Folders", "Folder", "New folder", "Change folder"
    label_columns = LABELS
    list_columns = show_columns = ["title", "is_closed", "project_id"]
    add_columns = edit_columns = []
    search_columns = order_columns = ["title"]

    @action("close", "Close", "Close them?", single=True, multiple=True)
    def close(self, rows: list[Folder]) -> Any:
        with work(actor()) as w:
            for row in rows:
                w.get(Folder, row.id).is_closed = True
        return redirect("/folders/list/")

    @action("shred", "Shred", "Shred them?", single=True, multiple=True)
    def shred(self, rows: list[Folder]) -> Any:
        raise AssertionError("nobody may shred")


class FolderTemplateView(CrudView):
    datamodel = CrudInterface(Folder)
    route_base = "/folder-templates"
    class_permission_name = "FolderTemplate"
    base_permissions = ["can_list", "can_show"]
    list_title, show_title, add_title, edit_title = "Templates", "Template", "New", "Change"
    label_columns = LABELS
    list_columns = show_columns = ["title"]
    add_columns = edit_columns = search_columns = []
    order_columns = ["title"]


class DeskPage(Page):
    route_base = "/desk"
    class_permission_name = "Desk"

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        return self.show("concierge/nothing_open.html")

    @expose("/refused")
    @allowed("list")
    def refused(self) -> str:
        raise RoomFull

    @expose("/invalid")
    @allowed("list")
    def invalid(self) -> str:
        raise TooGrand(field="name", name="Throne")

    @expose("/away")
    @allowed("list")
    def away(self) -> str:
        raise Unavailable

    @expose("/broken")
    @allowed("list")
    def broken(self) -> str:
        raise ZeroDivisionError("the drawer sticks at /etc/passwd")

    @expose("/furnished")
    @allowed("list")
    def furnished(self) -> str:
        return str(slots("desk.side", "<oak>"))

    @expose("/bare")
    @allowed("list")
    def bare(self) -> str:
        return f"[{slots('desk.nowhere', '<oak>')}]"


def lamp(desk: str, reader: Actor) -> Markup:
    return Markup("<b>A lamp for {} at the {} desk</b>").format(reader.label, desk)


def empty_drawer(desk: str, reader: Actor) -> str:
    return ""


def scribble(desk: str, reader: Actor) -> str:
    return f"<i>{desk}</i>"

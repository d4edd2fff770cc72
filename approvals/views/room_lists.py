"""会议室: the rooms joint reviews sit in."""

from __future__ import annotations

from flask_babel import lazy_gettext

from approvals.models.review import RoomRow
from approvals.services.keep_room import drop_room, keep_room
from concierge.kernel.crud import CrudInterface, CrudView
from concierge.kernel.work import Work

ROOM = "Room"


class RoomListView(CrudView):
    """会议室."""

    class_permission_name = ROOM
    datamodel = CrudInterface(RoomRow)
    route_base = "/rooms"
    list_title = lazy_gettext("Meeting rooms")
    show_title = lazy_gettext("Meeting room")
    add_title = lazy_gettext("New meeting room")
    edit_title = lazy_gettext("Edit meeting room")
    label_columns = {
        "name": lazy_gettext("Room name"),
        "places": lazy_gettext("Places"),
        "is_active": lazy_gettext("In use"),
        "note": lazy_gettext("Notes"),
    }
    description_columns = {
        "name": lazy_gettext("As people look for it: building, floor, number."),
        "places": lazy_gettext("How many people it seats."),
        "is_active": lazy_gettext("A room out of use is offered for no sitting; those held in it stay."),
    }
    list_columns = ["name", "places", "is_active", "note"]
    order_columns = list_columns
    search_columns = ["name", "places", "is_active", "note"]
    base_order = ("name", "asc")
    add_columns = ["name", "places", "is_active", "note"]
    edit_columns = add_columns
    show_columns = add_columns

    def save(self, w: Work, row: RoomRow) -> None:
        """Keep the room, or say beside the field what is wrong with it."""
        keep_room(w, row)

    def remove(self, w: Work, row: RoomRow) -> None:
        """Delete a room nobody was ever told to come to."""
        drop_room(w, row)

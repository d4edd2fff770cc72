"""An addon for the tests: reference data, rows of projects, and names that begin alike."""

from concierge.kernel.addon import Addon, Grant, Screen

ADDON = Addon(
    name="tests.kernel.office",
    summary="Shelves and folders",
    models=("tests.kernel.office.models",),
    screens=(
        Screen("tests.kernel.office.views:ShelfView", menu="Office/Shelves", icon="tpl"),
        Screen("tests.kernel.office.views:RoomView", menu="Office/Rooms", icon="org"),
        Screen("tests.kernel.office.views:FolderView", menu="Office/Folders", icon="file"),
        Screen("tests.kernel.office.views:FolderTemplateView", menu="Office/Templates", icon="tpl"),
        Screen("tests.kernel.office.views:DeskPage", menu="", icon="today"),
    ),
    slots={
        "desk.side": (
            "tests.kernel.office.views:lamp",
            "tests.kernel.office.views:empty_drawer",
            "tests.kernel.office.views:scribble",
        )
    },
    pages=("tests.kernel.office.views:notice_board",),
    roles={
        "Keeper": (
            Grant("Shelf", "list", "show", "add", "edit", "delete", "dust"),
            Grant("Room", "list", "show", "add", "edit", "delete"),
            Grant("Desk", "list"),
        ),
        "Reader": (Grant("Folder", "list", "show", "close", "burn"),),
        "Archivist": (Grant("FolderTemplate", "list", "show"), Grant("Desk", "list")),
    },
)

"""先证后补清单: papers that may follow the certificate."""

from __future__ import annotations

from flask_babel import lazy_gettext

from approvals.models.deferral import IssueFirstRow
from approvals.services.keep_issue_first import drop_issue_first, keep_issue_first
from concierge.kernel.crud import CrudInterface, CrudView
from concierge.kernel.work import Work

ISSUE_FIRST = "IssueFirst"


class IssueFirstListView(CrudView):
    """先证后补清单."""

    class_permission_name = ISSUE_FIRST
    datamodel = CrudInterface(IssueFirstRow)
    route_base = "/issue-first"
    list_title = lazy_gettext("Issued first, supplied later")
    show_title = lazy_gettext("Paper that may follow the certificate")
    add_title = lazy_gettext("New paper that may follow the certificate")
    edit_title = lazy_gettext("Edit paper that may follow the certificate")
    label_columns = {
        "matter": lazy_gettext("Code of the matter"),
        "material": lazy_gettext("Code of the paper"),
        "basis": lazy_gettext("Basis"),
    }
    description_columns = {
        "matter": lazy_gettext("As in the published catalogue."),
        "material": lazy_gettext(
            "A secondary paper of that matter; the certificate waits for main documents."
        ),
        "basis": lazy_gettext("The text that allows it."),
    }
    list_columns = ["matter", "material", "basis"]
    order_columns = list_columns
    search_columns = list_columns
    base_order = ("matter", "asc")
    add_columns = list_columns
    edit_columns = list_columns
    show_columns = list_columns

    def save(self, w: Work, row: IssueFirstRow) -> None:
        """Keep the entry, or say beside the field what is wrong with it."""
        keep_issue_first(w, row)

    def remove(self, w: Work, row: IssueFirstRow) -> None:
        """Take it off the list."""
        drop_issue_first(w, row)

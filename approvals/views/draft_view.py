"""What every list over the draft of the catalogue shares: who may edit, and how a row is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_appbuilder.widgets import ListWidget
from flask_babel import lazy_gettext

from approvals.models.draft_text import TextUnreadable
from approvals.queries import catalogue as queries
from approvals.services.check_row import WaitsInARing
from approvals.services.keep_row import drop_row, keep_row
from approvals.views import spoken_faults
from approvals.views.catalogue_home import CATALOGUE
from approvals.views.coded_fields import Coded
from concierge.kernel.crud import CrudView
from concierge.kernel.row_forms import LOOK, RowForm, row_form
from concierge.kernel.web import language
from concierge.kernel.work import Work

ROWS_OF_TALL = 12
_TWIN = {"_en": "_zh", "_zh": "_en"}


class SpokenList(ListWidget):
    """A list that shows names in the reader's language; the file taken away from it has both."""

    def __init__(self, **facts: Any) -> None:
        other = "_en" if language() == "zh" else "_zh"
        shown = facts["include_columns"]
        twins = {column for column in shown if f"{column[:-3]}{_TWIN[other]}" in shown}
        facts["include_columns"] = [c for c in shown if not (c.endswith(other) and c in twins)]
        super().__init__(**facts)


class DraftView(CrudView):
    """The parent of the catalogue's lists.

    Shape: ``coded`` are the columns that hold a code and are chosen by name, in forms and in the search.
    """

    class_permission_name = CATALOGUE
    list_template = "approvals/draft_list.html"
    show_template = "approvals/draft_show.html"
    add_template = "approvals/draft_add.html"
    edit_template = "approvals/draft_edit.html"
    tall: ClassVar[tuple[str, ...]] = ("test", "defaults", "value_labels")
    front: ClassVar[tuple[str, Any]] = ("CatalogueHome.list", lazy_gettext("Matters and templates"))
    list_widget = SpokenList
    page_size = 25
    coded: ClassVar[Mapping[str, Any]] = {}
    add_form_extra_fields: Any
    edit_form_extra_fields: Any

    def render_template(self, template: str, **facts: Any) -> str:
        """Render a page with the way back to its list and its front page."""
        facts.setdefault("title", self.list_title)
        way = {
            "front": self.front,
            "is_list": facts["title"] == self.list_title,
            "list_title": self.list_title,
            "list_href": f"{self.route_base}/list/",
        }
        return str(super().render_template(template, **{**way, **facts}))

    def _form_page(self, form: RowForm, verb: str, *how: Any, **facts: Any) -> tuple[str, int]:
        for column in set(self.tall) & set(form.data):
            form[column].render_kw = {**LOOK, "rows": ROWS_OF_TALL, "spellcheck": "false"}
        return super()._form_page(form, verb, *how, **facts)

    def _init_forms(self) -> None:
        fields = {column: field(may_be_empty=False) for column, field in self.coded.items()}
        self.add_form_extra_fields = self.edit_form_extra_fields = fields
        searched = {c: f(may_be_empty=True) for c, f in self.coded.items() if c in self.search_columns}
        self.search_form = row_form(
            self.datamodel.obj, self.search_columns, labels=self.label_columns, instead=searched
        )
        super()._init_forms()

    def save(self, w: Work, row: Any) -> None:
        """Keep the row, or say beside the field what is wrong with it."""
        try:
            keep_row(w, row)
        except TextUnreadable as error:
            why = spoken_faults.fault(error.facts["fault"]).rstrip("。.")
            raise TextUnreadable(**{**error.facts, "why": why}) from error
        except WaitsInARing as error:
            named = spoken_faults.ring(queries.draft_catalogue(w.session), error.facts["loop"])
            raise WaitsInARing(loop=error.facts["loop"], ring=named) from error

    def remove(self, w: Work, row: Any) -> None:
        """Delete the row, unless something else names it."""
        drop_row(w, row)


def coded(label: Any, choices: Any, *, optional: bool = False, **facts: Any) -> Any:
    """A maker of fields for a column that holds a code; a search may always leave it empty."""

    def make(*, may_be_empty: bool) -> Coded:
        return Coded(label, choices, may_be_empty=optional or may_be_empty, **facts)

    return make

"""The hardened base of every list, form and sheet over rows: the framework's, with their holes closed.

What the stock view leaves open and this one does not: actions past the row filter, sorting by any column of
any table, pages of any size, a garbled page number as a crash, raw database errors, filters shared between
requests, one query per line and per choice, an edit that overwrites another one's, changes that leave no
trace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, flash, redirect, request
from flask_appbuilder import ModelView, expose
from flask_babel import lazy_gettext
from sqlalchemy import inspect

from concierge.kernel import changing, merging, row_fields
from concierge.kernel.declared import refuse_gaps, sheet_columns
from concierge.kernel.errors import ConciergeError, Invalid, Missing
from concierge.kernel.row_forms import RowForm, row_form, values_of
from concierge.kernel.rows import CrudInterface, InScope, asked_filters
from concierge.kernel.showing import formatter_for, table_of
from concierge.kernel.tables import CSV
from concierge.kernel.web import actor, allowed, may, say, whole_number
from concierge.kernel.work import Work

__all__ = ["CrudInterface", "CrudView"]

LARGEST_PAGE = 100
MOST_PAGES = 100_000
MOST_AT_ONCE = 200  # rows of one bulk action
MOST_EXPORTED = 50_000


class CrudView(ModelView):
    """The parent of every screen over reference data, and of read-only lists of business rows.

    A screen declares its columns, titles, labels and permission name, or refuses to start; over rows with a
    ``project_id`` it is narrowed to the reader's projects. Its own add, edit and delete are for reference
    data; a screen over business rows says ``base_permissions = ["can_list", "can_show"]``.
    """

    project_column: str | None = None
    base_filters: Any = None
    base_order: Any = None
    formatters_columns: Any = None
    search_form: Any = None
    add_form: Any = None
    edit_form: Any = None
    exclude_route_methods: Any = frozenset({"download"})
    list_template = "concierge/crud/list.html"
    edit_template = "concierge/crud/edit.html"
    add_row_message = lazy_gettext("Added.")
    edit_row_message = lazy_gettext("Saved.")
    delete_row_message = lazy_gettext("Deleted.")

    def __init__(self) -> None:
        refuse_gaps(type(self))
        self.project_column = self.project_column or _project_column(self.datamodel.obj)
        if self.project_column:
            self.base_filters = [*(self.base_filters or []), [self.project_column, InScope, None]]
        self.base_order = self.base_order or ("id", "asc")
        self.datamodel.load_with(self.list_columns, sheet_columns(type(self)))
        self.exclude_route_methods = {*self.exclude_route_methods, "download"}
        super().__init__()
        for action in self.actions.values():
            self.base_permissions.append(f"can_{action.name}")
            if action.name in self.base_permissions:
                self.base_permissions.remove(action.name)

    def _init_properties(self) -> None:
        """Take the declared columns at their word: to the framework an empty list means “all”."""
        declared = type(self)
        super()._init_properties()
        for name in ("search_columns", "add_columns", "edit_columns", "order_columns"):
            setattr(self, name, list(getattr(declared, name)))
        self._filters = self.datamodel.get_filters(self.search_columns)
        own = {
            column: formatter_for(self.datamodel.obj, column)
            for column in (*self.list_columns, *self.show_columns)
        }
        self.formatters_columns = {**own, **(declared.formatters_columns or {})}

    def _init_forms(self) -> None:
        """Make the forms, with choices that never load a whole table and moments that know their zone."""
        kind, labels = self.datamodel.obj, self.label_columns
        facts = {"labels": labels, "hints": self.description_columns, "checks": self.validators_columns}
        self.search_form = self.search_form or row_form(kind, self.search_columns, labels=labels)
        self.add_form = self.add_form or row_form(
            kind, self.add_columns, instead=self.add_form_extra_fields, **facts
        )
        self.edit_form = self.edit_form or row_form(
            kind, self.edit_columns, instead=self.edit_form_extra_fields, **facts
        )

    def update_redirect(self) -> None:
        """Keep no history of pages in the cookie."""

    def get_redirect(self) -> str:
        """Where to go after a form: the list."""
        return f"{self.route_base}/list/"

    def get_action_permission_name(self, name: str) -> str:
        """An action is a verb like any other."""
        return f"can_{name}"

    # Reading

    @expose("/list/")
    @allowed("list")
    def list(self) -> Any:
        """The rows the reader may see, a page at a time."""
        export = f"{self.route_base}/export?{request.query_string.decode(errors='replace')}"
        return self.render_template(
            self.list_template, title=self.list_title, widgets=self._list(), export=export
        )

    def _list(self, **facts: Any) -> dict[str, Any]:
        filters = asked_filters(self._filters, request.args)
        widgets: dict[str, Any] = self._get_list_widget(
            filters=filters, **self.asked_order(), **self.asked_page(), **facts
        )
        form = self.search_form(formdata=None, meta={"csrf": False})
        widgets["search"] = self.search_widget(
            route_base=self.route_base,
            form=form,
            include_cols=self.search_columns,
            exclude_cols=[],
            filters=filters,
        )
        return widgets

    def asked_order(self) -> dict[str, str]:
        """The order an address asks for, if it is one of the declared columns; else none."""
        name = type(self).__name__
        column, direction = request.args.get(f"_oc_{name}", ""), request.args.get(f"_od_{name}", "")
        if column not in self.order_columns or direction not in {"asc", "desc"}:
            return {"order_column": "", "order_direction": ""}
        return {"order_column": column, "order_direction": direction}

    def asked_page(self) -> dict[str, int]:
        """The page and its size an address asks for, within bounds; the first page if it is garbled."""
        name = type(self).__name__
        size = whole_number(
            request.args.get(f"psize_{name}"), default=self.page_size, least=1, most=LARGEST_PAGE
        )
        return {
            "page": whole_number(request.args.get(f"page_{name}"), default=0, most=MOST_PAGES),
            "page_size": size,
        }

    def _get_list_widget(self, *args: Any, **facts: Any) -> dict[str, Any]:
        """A page of the list; one past the end is the first."""
        widgets: dict[str, Any] = super()._get_list_widget(*args, **facts)
        told = widgets["list"].template_args
        if told["count"] and not told["pks"]:
            return self._get_list_widget(*args, **{**facts, "page": 0})
        return widgets

    def _get_related_views_widgets(self, item: Any, **facts: Any) -> dict[str, Any]:
        """The lists of a row's related rows, each sorted and paged by its own rules."""
        widgets = facts.get("widgets") or {}
        widgets["related_views"] = [
            self._get_related_view_widget(item, view, **view.asked_order(), **view.asked_page())
            for view in self._related_views
        ]
        return widgets

    @expose("/show/<pk>", methods=["GET"])
    @allowed("show")
    def show(self, pk: str) -> Any:
        """One row as a sheet."""
        row = self.datamodel.row(pk, self._base_filters)
        widgets = self._get_related_views_widgets(row, widgets=self._get_show_widget(row.id, row))
        return self.render_template(
            self.show_template,
            pk=row.id,
            title=self.show_title,
            widgets=widgets,
            related_views=self._related_views,
        )

    @expose("/export")
    @allowed("list")
    def export(self) -> Response:
        """The list as the reader sees it, as a file; that it was taken is recorded."""
        filters = asked_filters(self._filters, request.args).get_joined_filters(self._base_filters)
        order = self.asked_order()
        if not order["order_column"]:
            order = dict(zip(("order_column", "order_direction"), self.base_order, strict=True))
        _, rows = self.datamodel.query(filters, **order, page=0, page_size=MOST_EXPORTED)
        values = self.datamodel.get_values(rows, self.list_columns)
        name = str(self.datamodel.obj.__tablename__)
        table = table_of(name, self.list_columns, self.label_columns, self.formatters_columns, values)
        changing.record_export(self.datamodel.obj, len(rows), by=actor())
        return table.answer(CSV)

    # Changing

    def save(self, w: Work, row: Any) -> None:
        """Add or change one row of reference data inside the open work; override it to check more.

        Raises: Invalid with a ``field``, or a Refusal: said beside the form, with nothing typed lost.
        """
        w.session.add(row)
        w.session.flush()

    def remove(self, w: Work, row: Any) -> None:
        """Delete one row of reference data inside the open work; override it to check more."""
        w.session.delete(row)
        w.session.flush()

    @expose("/add", methods=["GET", "POST"])
    @allowed("add")
    def add(self) -> Any:
        """A new row."""
        if request.method == "GET":
            form = self.add_form(formdata=None, data=self._preset())
            return self._form_page(form, "add")
        form = self.add_form()
        if form.validate():
            try:
                changing.add_row(self.datamodel.obj, form, self.add_columns, by=actor(), save=self.save)
            except ConciergeError as error:
                return self._form_page(form, "add", error)
            flash(self.add_row_message, "success")
            return redirect(self.get_redirect())
        return self._form_page(form, "add", status=422)

    def _preset(self) -> dict[str, Any]:
        """What a new row has from the start: the row whose sheet it is added from."""
        asked = {column: request.args.get(f"_flt_0_{column}") for column in self.add_columns}
        given = {column: whole_number(raw, default=0, most=2**31 - 1) for column, raw in asked.items() if raw}
        return {column: number for column, number in given.items() if number}

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @allowed("edit")
    def edit(self, pk: str) -> Any:
        """Change a row; whoever was overtaken sees both versions and chooses."""
        row = self.datamodel.row(pk, self._base_filters)
        if request.method == "GET":
            return self._form_page(self._form_of(row), "edit")
        form = self.edit_form(formdata=merging.taken(request.form))
        if not form.validate():
            return self._form_page(form, "edit", status=422)
        try:
            changing.change_row(
                self.datamodel.obj, row.id, form, self.edit_columns, by=actor(), save=self.save
            )
        except changing.Overtaken as overtaken:
            return self._merge_page(form, overtaken)
        except Missing:
            raise
        except ConciergeError as error:
            return self._form_page(form, "edit", error)
        flash(self.edit_row_message, "success")
        return redirect(self.get_redirect())

    def _form_of(self, row: Any) -> RowForm:
        form: RowForm = self.edit_form(formdata=None, data=values_of(row, self.edit_columns))
        form.row_version.data = str(getattr(row, "version", ""))
        form.opened.data = merging.packed(changing.sent(form, self.edit_columns))
        return form

    def _form_page(
        self, form: RowForm, verb: str, error: ConciergeError | None = None, status: int = 200
    ) -> tuple[str, int]:
        if error is not None:
            status = error.status
            field = error.facts.get("field") if isinstance(error, Invalid) else None
            if field in form:
                told = say(error).replace("%", "%%")  # the framework takes it for a message to fill in
                form[field].errors = [*form[field].errors, told]
            else:
                flash(say(error), "error")
        widgets = (self._get_add_widget if verb == "add" else self._get_edit_widget)(form=form)
        template, title = getattr(self, f"{verb}_template"), getattr(self, f"{verb}_title")
        facts = {
            "title": title,
            "widgets": widgets,
            "related_views": [],
            "delete": self._delete_address(verb),
        }
        return self.render_template(template, **facts), status

    def _delete_address(self, verb: str) -> str | None:
        is_open = (
            verb == "edit"
            and "can_delete" in self.base_permissions
            and may("delete", self.class_permission_name)
        )
        return request.path.replace("/edit/", "/delete/") if is_open else None

    def _merge_page(self, form: RowForm, overtaken: changing.Overtaken) -> Any:
        columns = self.edit_columns
        present: RowForm = self.edit_form(formdata=None, data=overtaken.values)
        opened = merging.unpacked(form.opened.data or "", columns)
        now, yours = changing.side(present, columns), changing.side(form, columns)
        different = merging.differences(
            {column: form[column].label.text for column in columns},
            opened=opened,
            opened_read=changing.read_of(self.edit_form, opened),
            now=now,
            yours=yours,
        )
        if not different:
            flash(self.edit_row_message, "success")
            return redirect(self.get_redirect())
        named = {difference.name for difference in different}
        kept = [(c, value) for c in columns if c not in named for value in yours.sent[c]]
        kept += [("row_version", str(overtaken.version)), ("opened", merging.packed(now.sent))]
        return (
            self.render_template(
                "concierge/crud/merge.html",
                title=self.edit_title,
                differences=different,
                kept=kept,
                action=request.path,
                back=self.get_redirect(),
            ),
            409,
        )

    @expose("/delete/<pk>", methods=["GET", "POST"])
    @allowed("delete")
    def delete(self, pk: str) -> Any:
        """Ask, then delete a row."""
        row = self.datamodel.row(pk, self._base_filters)
        if request.method == "GET":
            return self.render_template(
                "concierge/crud/delete.html",
                title=self.list_title,
                name=row_fields.name_of(row),
                back=self.get_redirect(),
            )
        try:
            changing.delete_row(self.datamodel.obj, row.id, by=actor(), remove=self.remove)
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "error")
        else:
            flash(self.delete_row_message, "success")
        return redirect(self.get_redirect())

    # Acting

    @expose("/action/<string:name>/<pk>", methods=["POST"])
    @allowed("list")
    def action(self, name: str, pk: str) -> Any:
        """Act on one row from its sheet."""
        return self._act(name, [pk])

    @expose("/action_post", methods=["POST"])
    @allowed("list")
    def action_post(self) -> Any:
        """Act on the rows ticked in a list."""
        return self._act(request.form.get("action", ""), request.form.getlist("rowid"))

    def _act(self, name: str, numbers: Sequence[str]) -> Any:
        """Do a declared action on rows the actor may see: all of them, or none."""
        known = self.actions.get(name)
        if known is None or not may(name, self.class_permission_name) or len(numbers) > MOST_AT_ONCE:
            raise Missing
        act: Callable[[Sequence[Any]], Any] = known.func
        rows = [self.datamodel.row(number, self._base_filters) for number in dict.fromkeys(numbers)]
        return act(rows) or redirect(self.get_redirect())


def _project_column(kind: type[Any]) -> str | None:
    mapping: Mapping[str, Any] = inspect(kind).columns
    if kind.__tablename__ == "projects_project":
        return "id"
    return "project_id" if "project_id" in mapping else None

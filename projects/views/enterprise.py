"""Enterprises: the project owners on the books. New ones come with their first project."""

from __future__ import annotations

from typing import Any

from flask import redirect
from flask_appbuilder import expose
from flask_appbuilder.models.filters import BaseFilter
from flask_babel import lazy_gettext
from sqlalchemy.orm import Query

from concierge.kernel.crud import CrudInterface, CrudView
from concierge.kernel.web import actor, allowed
from concierge.kernel.work import Work
from projects.models.project import Enterprise
from projects.queries.search import enterprises_of
from projects.rules.identity import checked_credit_code


class OfMyProjects(BaseFilter):
    """Only enterprises one of whose projects the person behind the request may see."""

    name = "of my projects"

    def apply(self, query: Query[Any], value: Any) -> Query[Any]:  # noqa: ARG002  (the framework's signature)
        """Narrow a query of enterprises."""
        narrowed: Query[Any] = query.filter(enterprises_of(actor()))
        return narrowed


class EnterpriseView(CrudView):
    """企业."""

    datamodel = CrudInterface(Enterprise)
    route_base = "/enterprises"
    class_permission_name = "Enterprise"
    base_permissions = ["can_list", "can_show", "can_edit"]
    base_filters = [["id", OfMyProjects, None]]
    base_order = ("name", "asc")
    list_title = lazy_gettext("Enterprises")
    show_title = lazy_gettext("Enterprise")
    add_title = lazy_gettext("New enterprise")
    edit_title = lazy_gettext("Edit enterprise")
    label_columns = {
        "name": lazy_gettext("Enterprise name"),
        "uscc": lazy_gettext("Unified social credit code"),
        "contact": lazy_gettext("Contact"),
        "phone": lazy_gettext("Telephone"),
        "address": lazy_gettext("Address"),
    }
    description_columns = {
        "uscc": lazy_gettext("18 signs, as on the business licence; the last one is checked"),
    }
    list_columns = ["name", "uscc", "contact", "phone"]
    show_columns = ["name", "uscc", "contact", "phone", "address"]
    search_columns = ["name", "uscc", "contact", "phone"]
    order_columns = ["name", "uscc"]
    edit_columns = ["name", "uscc", "contact", "phone", "address"]
    add_columns: list[str] = []

    def save(self, w: Work, row: Any) -> None:
        """Keep an enterprise whose credit code checks out.

        Raises: CreditCodeLength, CreditCodeSign, CreditCodeCheck.
        """
        row.uscc = checked_credit_code(row.uscc)
        super().save(w, row)

    @expose("/")
    @allowed("list")
    def front(self) -> Any:
        """The list, at the address people type."""
        return redirect(self.get_redirect())

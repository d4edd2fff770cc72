"""The portfolio: which projects need somebody, on one time axis."""

from __future__ import annotations

from typing import Any

from flask_appbuilder import expose, has_access, permission_name

from concierge.kernel.web import Page


class PortfolioView(Page):
    """Every project a person may see."""

    route_base = "/projects"
    class_permission_name = "Project"

    @expose("/")
    @has_access
    @permission_name("list")
    def list(self) -> Any:
        """The table of projects."""
        return "x"

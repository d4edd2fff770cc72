"""The “back” button of the framework's own sheets and forms."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, redirect, request
from flask_appbuilder import expose
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from concierge.kernel.web import Page, sign_in_first


class UtilView(Page):
    """The framework links to this name; from a sheet or form it leads to the list it came from."""

    route_base = ""
    class_permission_name = "Back"
    default_view = "back"
    open_to_everybody = frozenset({"back"})

    @expose("/back")
    def back(self) -> Any:
        """Lead from a sheet or form of ours to its list, from anywhere else to the start."""
        if not current_user.is_authenticated:
            return sign_in_first()
        came = urlsplit(request.referrer or "")
        if came.netloc != request.host:
            return redirect("/")
        try:
            endpoint, _ = current_app.url_map.bind(request.host).match(came.path, method="GET")
        except HTTPException:
            return redirect("/")
        view = next((v for v in self.appbuilder.baseviews if v.endpoint == endpoint.partition(".")[0]), None)
        return redirect(f"{view.route_base}/list/" if view and hasattr(view, "list_template") else "/")

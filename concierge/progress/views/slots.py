"""What progress puts into pages below it."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup

from concierge.kernel.actor import Actor
from concierge.kernel.web import may
from concierge.progress.views.share_sheet import LINK
from projects.queries.project_file import ProjectFile


def project_acts(file: ProjectFile, _reader: Actor) -> Markup:
    """The way to the links of a project, for those who may see them; links of a closed one open nothing."""
    if file.is_closed or not may("list", LINK):
        return Markup()
    return Markup(render_template("progress/project_acts.html", project=file.project))  # noqa: S704  (ours)

"""The search page: projects, enterprises, steps and numbers of results, grouped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, pgettext

from concierge.kernel import spoken
from concierge.kernel.db import db
from concierge.kernel.web import Page, actor, allowed, language, may
from projects.queries.search import LONGEST_TEXT, MOST_FOUND, Found, StepFound, search
from projects.views.step_states import state_word


class SearchView(Page):
    """Find something by a few of its words."""

    route_base = "/search"
    class_permission_name = "Project"
    default_view = "find"

    @expose("")
    @allowed("search")
    def find(self) -> Any:
        """What was found, grouped."""
        asked = request.args.get("q", "").strip()[:LONGEST_TEXT]
        found = search(db.session, asked, actor())
        groups = [group for group in _groups(found) if group["rows"]]
        return self.show("projects/search.html", asked=asked, groups=groups, most=MOST_FOUND)


def _groups(found: Found) -> Iterator[dict[str, Any]]:
    yield {
        "name": gettext("Project"),
        "is_cut": "projects" in found.cut,
        "rows": [
            {
                "href": url_for("ProjectView.one", project_id=project.id),
                "name": project.name,
                "note": f"{project.code}　{project.enterprise.name}",
            }
            for project in found.projects
        ],
    }
    yield {
        "name": gettext("Steps"),
        "is_cut": "steps" in found.cut,
        "rows": [_step(one) for one in found.steps],
    }
    yield {
        "name": gettext("Enterprises"),
        "is_cut": "enterprises" in found.cut,
        "rows": [
            {
                "href": url_for("EnterpriseView.show", pk=row.id) if may("show", "Enterprise") else "",
                "name": row.name,
                "note": row.uscc,
            }
            for row in found.enterprises
        ],
    }
    yield {
        "name": gettext("Numbers of results"),
        "is_cut": "numbers" in found.cut,
        "rows": [{**_step(one), "name": one.step.result_number} for one in found.numbers],
    }


def _step(found: StepFound) -> dict[str, Any]:
    step, matter = found.step, found.catalogue.matter_of.get(found.step.code)
    name = matter.spoken(language()) if matter else step.code
    return {
        "href": url_for("StepView.one", project_id=found.project.id, number=step.number),
        "name": f"{step.number} {name}",
        "note": f"{found.project.name}　{_state(found)}",
    }


def _state(found: StepFound) -> str:
    step = found.step
    word = state_word(step.state)
    if step.ended_on is not None:
        return gettext("%(how)s, %(day)s", how=word, day=spoken.day_full(step.ended_on))
    if step.finished_on is not None:
        return gettext("done %(day)s", day=spoken.day_full(step.finished_on))
    if step.accepted_on is not None:
        accepted = gettext("accepted %(day)s", day=spoken.day_full(step.accepted_on))
        return pgettext("between clauses", ", ").join((word, accepted))
    if step.received_on is not None:
        return gettext("%(how)s, %(day)s", how=word, day=spoken.day_full(step.received_on))
    if step.preparing_since is not None:
        return gettext("in preparation since %(day)s", day=spoken.day_full(step.preparing_since))
    return gettext("not begun")

"""What a template comes to: its steps by stage, typical lengths, and the loop if there is one."""

from __future__ import annotations

from flask import request
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as queries
from approvals.rules.catalogue import Catalogue, UnknownTemplate
from approvals.rules.periods import DaysMode
from approvals.rules.template_preview import PreviewStep, preview
from approvals.rules.wording import fill
from approvals.views import code_words, spoken_faults
from approvals.views.catalogue_home import CATALOGUE
from concierge.kernel.db import db
from concierge.kernel.errors import N_, Missing
from concierge.kernel.web import Page, allowed, language

LEFT_OUT_BECAUSE = N_("%(fact)s: %(value)s")
_MODES = {
    DaysMode.PROMISED: N_("Promised"),
    DaysMode.CLOCK: N_("With special procedures"),
    DaysMode.ELAPSED: N_("With the owner's preparation"),
    DaysMode.STATUTORY: N_("Statutory"),
}


class TemplatePage(Page):
    """One template, before anybody opens a project from it."""

    route_base = "/catalogue/preview"
    class_permission_name = CATALOGUE
    default_view = "preview"

    @expose("/<code>")
    @allowed("list")
    def preview(self, code: str) -> str:
        """The template's nominal plan in the draft."""
        catalogue = queries.draft_catalogue(db.session)
        asked = request.args.get("days", "")
        mode = DaysMode(asked) if asked in {*DaysMode} else DaysMode.CLOCK
        try:
            shown = preview(catalogue, code, mode)
        except UnknownTemplate:
            raise Missing from None
        return self.show(
            "approvals/template.html",
            preview=shown,
            lang=language(),
            catalogue=catalogue,
            ring=spoken_faults.ring(catalogue, shown.loop) if shown.loop else "",
            modes=[(m.value, gettext(name), m is mode) for m, name in _MODES.items()],
            why=lambda step: _why_left_out(catalogue, step),
            stage=lambda code: code_words.word(code_words.STAGES, code),
            last=max((step.finish or 0 for step in shown.steps), default=0),
        )


def _why_left_out(catalogue: Catalogue, step: PreviewStep) -> str:
    """The facts that keep a matter off the list, as the template assumes them."""
    said = []
    for finding in step.because:
        attribute = catalogue.attribute_of[finding.attr]
        facts = {
            "fact": attribute.spoken(language()),
            "value": attribute.spoken_value(finding.actual, language()),
        }
        said.append(fill(LEFT_OUT_BECAUSE, facts, gettext, language()))
    return ("；" if language() == "zh" else "; ").join(dict.fromkeys(said))

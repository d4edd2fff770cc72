"""事项与模板: what the catalogue holds, whether it is sound, and which editions of it were published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.wrappers import Response

from approvals.models.edition import EditionRow
from approvals.queries import catalogue as queries
from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.difference import RowChange, difference
from approvals.rules.catalogue_files.forms import FILES
from approvals.rules.lint import LintFinding, Severity, lint
from approvals.rules.template_preview import preview
from approvals.services.publish_edition import errors_in, publish_edition
from approvals.services.ship_catalogue import shipped_catalogue
from approvals.views import code_words, spoken_faults
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number

CATALOGUE = "Catalogue"
LONGEST_NOTE = 1000
_PARTS = (
    ("matters", "MatterListView"),
    ("precedences", "PrecedenceListView"),
    ("materials", "MaterialListView"),
    ("templates", "TemplateListView"),
    ("attributes", "AttributeListView"),
    ("conditions", "ConditionListView"),
    ("derived_rules", "DerivedRuleListView"),
    ("review_groups", "ReviewGroupListView"),
    ("legal_bases", "LegalBasisListView"),
    ("departments", "DepartmentListView"),
    ("holidays", "HolidayListView"),
)


@lru_cache(maxsize=8)
def changes_between(old: Catalogue, new: Catalogue) -> tuple[RowChange, ...]:
    """What moved from one catalogue to the other."""
    return difference(old, new)


@lru_cache(maxsize=8)
def _findings(catalogue: Catalogue, on: Any) -> tuple[LintFinding, ...]:
    return lint(catalogue, on)


@lru_cache(maxsize=8)
def _typical_lengths(catalogue: Catalogue) -> dict[str, int | None]:
    return {
        template.code: preview(catalogue, template.code).permit_workdays for template in catalogue.templates
    }


class CatalogueHome(Page):
    """The front page of the catalogue, its check, and its editions."""

    route_base = "/catalogue"
    class_permission_name = CATALOGUE
    default_view = "list"

    @expose("/list/")
    @allowed("list")
    def list(self) -> str:
        """What there is, what is wrong with it, what was published."""
        return self._front()

    @expose("/publish", methods=["POST"])
    @allowed("publish")
    def publish(self) -> Response | str | tuple[str, int]:
        """Freeze the draft as the next edition."""
        note = request.form.get("note", "")[:LONGEST_NOTE]
        try:
            number = publish_edition(note, draft_digest=request.form.get("draft", ""), by=actor())
        except ConciergeError as error:
            return self._front(refusal=say(error), typed=note), error.status
        flash(gettext("Edition %(number)s is published.", number=number), "success")
        return redirect(url_for("CatalogueHome.list"))

    @expose("/check")
    @allowed("list")
    def check(self) -> str:
        """Everything the linter found, errors first."""
        found = _findings(queries.draft_catalogue(db.session), clock.today())
        wanted = request.args.get("only", "")
        shown = [finding for finding in found if wanted in ("", finding.severity.value)]
        return self.show(
            "approvals/check.html",
            findings=_spoken(shown),
            counts=Counter(finding.severity.value for finding in found),
            severities=code_words.SEVERITIES,
            only=wanted,
            total=len(found),
        )

    @expose("/editions/<int:number>/changes")
    @allowed("list")
    def changes(self, number: int) -> str:
        """What moved between two editions, or between an edition and the draft."""
        editions = {edition.number: edition for edition in queries.editions(db.session)}
        since = whole_number(request.args.get("since"), default=number - 1)
        old, new = self._catalogue(editions, since), self._catalogue(editions, number)
        return self.show(
            "approvals/changes.html",
            number=number,
            since=since,
            changes=changes_between(old, new),
            numbers=sorted(editions, reverse=True),
            words=code_words,
        )

    def _catalogue(self, editions: dict[int, EditionRow], number: int) -> Catalogue:
        """The catalogue of an edition; number 0 is the draft."""
        if number == 0:
            return queries.draft_catalogue(db.session)
        if number not in editions:
            raise Missing
        return queries.catalogue(editions[number].id, db.session)

    def _front(self, **said: Any) -> str:
        draft = queries.draft_catalogue(db.session)
        editions = queries.editions(db.session)
        moved = changes_between(queries.catalogue(editions[0].id, db.session), draft) if editions else ()
        found = _findings(draft, clock.today())
        return self.show(
            "approvals/catalogue.html",
            **said,
            draft=draft,
            lang=language(),
            parts=[(name, url_for(f"{view}.list")) for name, view in _PARTS],
            lengths=_typical_lengths(draft),
            editions=editions,
            moved=moved,
            counts=Counter(finding.severity.value for finding in found),
            errors=_spoken([finding for finding in found if finding.severity is Severity.ERROR]),
            error_count=errors_in(found),
            files=[(file, code_words.word(code_words.FILE_NAMES, file)) for file in FILES],
            offers_shipped=self._offers_shipped(draft),
            may_publish=may("publish", CATALOGUE),
            may_import=may("import", CATALOGUE),
        )

    def _offers_shipped(self, draft: Catalogue) -> bool:
        state = queries.draft_state(db.session)
        shipped = shipped_catalogue().digest
        return state is not None and shipped not in (state.shipped_digest, draft.digest)


def _spoken(findings: Sequence[LintFinding]) -> list[dict[str, str]]:
    return [
        {
            "severity": finding.severity.value,
            "subject": finding.subject,
            "sentence": spoken_faults.finding(finding),
        }
        for finding in findings
    ]

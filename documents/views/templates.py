"""文书模板: download the template in use, send an edited one in, look at what its trial found, publish it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock, storage
from concierge.kernel.contents import WORD
from concierge.kernel.db import db
from concierge.kernel.downloads import hand_out, named
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.uploads import takes_files
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from documents.models.template import DocumentTemplateRow, TemplatePageRow
from documents.press.fill import fill
from documents.press.gate import known_fields
from documents.press.samples import SampleSize, sample
from documents.press.template_text import compared, lines_of
from documents.queries.kinds import installed_kinds, kind_of
from documents.queries.shipped import shipped_digest, shipped_template
from documents.queries.templates import (
    findings_of,
    open_versions,
    pages_of,
    published_template,
    templates_in_force,
    versions_of,
)
from documents.services.draft_template import draft_template
from documents.services.draw_pages import ask_for_pages
from documents.services.drop_template import drop_template, try_again
from documents.services.publish_template import publish_template
from documents.services.retire_template import retire_template
from documents.services.try_template import filled_before
from documents.views.office import ON as OFFICE
from documents.views.template_sheet import (
    ON,
    KindLine,
    KindSheet,
    VersionSheet,
    field_lines,
    line_mark,
    page_sets,
    state_of,
    version_href,
)

MOST_VERSIONS = 1_000_000


class DocumentTemplateView(Page):
    """The templates of documents."""

    route_base = "/documents/templates"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """Every kind of document, what it is made from, and which version waits for whom."""
        in_force, waiting = templates_in_force(db.session, clock.today()), open_versions(db.session)
        lines = [
            KindLine(kind, in_force.get(kind.code), waiting.get(kind.code, ())) for kind in installed_kinds()
        ]
        chosen = request.args.get("show", "")
        picks: dict[str, Callable[[KindLine], Any]] = {
            "open": lambda line: line.open,
            "own": lambda line: line.in_force,
        }
        shown = [line for line in lines if picks.get(chosen, lambda _: True)(line)]
        counts = {"": len(lines), **{name: sum(map(bool, map(pick, lines))) for name, pick in picks.items()}}
        return self.show(
            "documents/templates.html",
            lines=shown,
            counts=counts,
            chosen=chosen if chosen in picks else "",
            state_of=state_of,
            href=version_href,
            may_see_office=may("show", OFFICE),
        )

    @expose("/<code>")
    @allowed("show")
    def kind(self, code: str) -> str:
        """One kind: the template in use, its versions, its fields, how its pages look."""
        return self._kind(code)

    def _kind(self, code: str, *, said: str = "") -> str:
        kind = kind_of(code)
        row = published_template(db.session, code, clock.today())
        shipped = shipped_template(code)
        known = known_fields(shipped, filled_before(db.session, code))
        versions = versions_of(db.session, code)
        sheet = KindSheet(
            line=KindLine(kind, row, [one for one in versions if one.published_at is None]),
            versions=versions,
            fields=field_lines(known, lines_of(shipped)),
            pages=page_sets(pages_of(db.session, row.sha256 if row else shipped_digest(code))),
            today=clock.today(),
            said=said,
            typed=request.form.get("remark", ""),
        )
        return self.show("documents/template_kind.html", sheet=sheet, state_of=state_of, href=version_href)

    @expose("/<code>", methods=["POST"])
    @allowed("send")
    @takes_files
    def send(self, code: str) -> Any:
        """Take an edited file in as a new version."""
        sent = request.files.get("file")
        name = sent.filename if sent is not None and sent.filename else ""
        try:
            stream = sent.stream if sent is not None else io.BytesIO()
            template_id = draft_template(code, stream, name, request.form.get("remark", ""), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._kind(code, said=say(error)), error.status
        flash(
            gettext("The file is taken in and is being tried. What is found stands here in a moment."),
            "success",
        )
        return redirect(version_href(db.session.get_one(DocumentTemplateRow, template_id)), code=303)

    @expose("/<code>/in-use.docx")
    @allowed("show")
    def in_use(self, code: str) -> Response:
        """The template documents of this kind are made from today, to be edited."""
        kind = kind_of(code)
        return _word(_used(code), f"{kind.title_zh}（模板）.docx")

    @expose("/<code>/shipped.docx")
    @allowed("show")
    def shipped(self, code: str) -> Response:
        """The template as it was shipped."""
        kind = kind_of(code)
        return _word(shipped_template(code), f"{kind.title_zh}（随系统提供的模板）.docx")

    @expose("/<code>/sample.docx")
    @allowed("show")
    def sample(self, code: str) -> Response:
        """The template in use, filled in with an ordinary sample."""
        kind, used = kind_of(code), _used(code)
        values = sample(known_fields(shipped_template(code)), SampleSize.USUAL)
        return _word(fill(used, values), f"{kind.title_zh}（样例）.docx")

    @expose("/<code>/draw", methods=["POST"])
    @allowed("show")
    def draw(self, code: str) -> Any:
        """Have the pages of the shipped template drawn."""
        ask_for_pages(kind_of(code).code, by=actor())
        flash(gettext("The pages are being drawn. Load this page again in a moment."), "success")
        return redirect(url_for("DocumentTemplateView.kind", code=code), code=303)

    @expose("/<code>/<int:number>")
    @allowed("show")
    def version(self, code: str, number: int) -> str:
        """One version: findings, pages, what it changes."""
        return self._version(code, number)

    def _version(self, code: str, number: int, *, said: str = "") -> str:
        row = _row(code, number)
        kind = kind_of(code)
        shipped = shipped_template(code)
        before = self._before(row)
        old = shipped if before is None else _content(before)
        words = (
            gettext("the shipped template")
            if before is None
            else gettext("version %(number)s", number=before.number)
        )
        sheet = VersionSheet(
            kind=kind,
            row=row,
            findings=findings_of(db.session, row.id),
            pages=page_sets(pages_of(db.session, row.sha256)),
            changes=compared(lines_of(old), lines_of(_content(row))),
            compared_with=words,
            today=clock.today(),
            is_own=row.made_by_id == actor().id,
            said=said,
            typed=dict(request.form),
        )
        return self.show("documents/template_version.html", sheet=sheet, line_mark=line_mark)

    @staticmethod
    def _before(row: DocumentTemplateRow) -> DocumentTemplateRow | None:
        """The version documents were made from before this one, or are made from now."""
        earlier = [
            one
            for one in versions_of(db.session, row.kind)
            if one.number < row.number and one.effective_on is not None
        ]
        return earlier[0] if earlier else None

    @expose("/<code>/<int:number>/file")
    @allowed("show")
    def file(self, code: str, number: int) -> Response:
        """The file of a version."""
        row = _row(code, number)
        return hand_out(row.file_key, row.file_name, WORD.media_type, row.size_bytes)

    @expose("/page/<int:page_id>.png")
    @allowed("show")
    def page(self, page_id: int) -> Response:
        """One page as a picture."""
        row = db.session.get(TemplatePageRow, page_id)
        if row is None:
            raise Missing
        name = f"{row.sample}-{row.number}.png"
        return hand_out(row.picture_key, name, "image/png", row.size_bytes, in_place=True)

    @expose("/<code>/<int:number>/publish", methods=["POST"])
    @allowed("publish")
    def publish(self, code: str, number: int) -> Any:
        """Publish a version as the second person."""

        def deed(row: DocumentTemplateRow) -> None:
            on = typed_day(request.form.get("effective_on"), "effective_on")
            publish_template(row.id, on, version=_typed_version(row), by=actor())

        return self._done(code, number, deed, gettext("The version is published."))

    @expose("/<code>/<int:number>/retire", methods=["POST"])
    @allowed("retire")
    def retire(self, code: str, number: int) -> Any:
        """Take a version back."""

        def deed(row: DocumentTemplateRow) -> None:
            retire_template(row.id, request.form.get("why", ""), version=_typed_version(row), by=actor())

        return self._done(code, number, deed, gettext("The version is taken back."))

    @expose("/<code>/<int:number>/drop", methods=["POST"])
    @allowed("send")
    def drop(self, code: str, number: int) -> Any:
        """Put a version aside."""

        def deed(row: DocumentTemplateRow) -> None:
            drop_template(row.id, version=_typed_version(row), by=actor())

        return self._done(code, number, deed, gettext("The version is put aside."))

    @expose("/<code>/<int:number>/again", methods=["POST"])
    @allowed("send")
    def again(self, code: str, number: int) -> Any:
        """Have a version tried once more."""

        def deed(row: DocumentTemplateRow) -> None:
            try_again(row.id, version=_typed_version(row), by=actor())

        return self._done(code, number, deed, gettext("The version is being tried again."))

    def _done(self, code: str, number: int, deed: Callable[[DocumentTemplateRow], None], words: str) -> Any:
        """Do it and go back to the version, or say there why not."""
        try:
            deed(_row(code, number))
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._version(code, number, said=say(error)), error.status
        flash(words, "success")
        return redirect(url_for("DocumentTemplateView.version", code=code, number=number), code=303)


def _typed_version(row: DocumentTemplateRow) -> int:
    return whole_number(request.form.get("version"), default=row.version, most=MOST_VERSIONS)


def _row(code: str, number: int) -> DocumentTemplateRow:
    """One version. Raises: Missing."""
    row = next((one for one in versions_of(db.session, code) if one.number == number), None)
    if row is None:
        raise Missing
    return row


def _content(row: DocumentTemplateRow) -> bytes:
    return b"".join(storage.fetch(row.file_key))


def _used(code: str) -> bytes:
    row = published_template(db.session, code, clock.today())
    return shipped_template(code) if row is None else _content(row)


def _word(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype=WORD.media_type)
    return named(answer, name)

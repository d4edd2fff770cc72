"""``/p/at/…/materials``: what has to be brought, and the photographs of each until they are sent."""

from __future__ import annotations

from typing import IO, cast

from flask import Response, redirect, request, url_for
from werkzeug.datastructures import FileStorage

from concierge.kernel.db import db
from concierge.kernel.uploads import takes_files_if
from concierge.kernel.web import language
from concierge.progress.queries.wanted import material_file, wanted_materials
from concierge.progress.rules.incoming import LONGEST_WORDS, LinkMayNotSend
from concierge.progress.rules.links import ProgressLink
from concierge.progress.rules.uploads import MOST_PARTS, NothingToSend
from concierge.progress.services.collect_pages import add_page, readied, remove_page
from concierge.progress.services.send_upload import send_upload
from concierge.progress.views.act_form import EMPTY, ActForm, sent, was_sent
from concierge.progress.views.link_pages import VISITS, holder, kept_choices, page, pages, visited

TAKEN = "image/*,.heic,.heif,application/pdf,.ofd,.docx,.xlsx"


def is_visiting() -> bool:
    """Whether this request has the cookie of a visit to its address; nothing is asked of the database."""
    return VISITS.is_begun(str((request.view_args or {}).get("handle", "")))


@pages.get("/at/<handle>/materials")
def materials(handle: str) -> Response:
    """Everything to be brought, the promised first."""
    link = visited(handle)
    wanted = wanted_materials(db.session, link.project_id, link.id)
    return page("progress/materials.html", link, wanted=wanted, lang=language())


@pages.get("/at/<handle>/materials/<material>")
def material(handle: str, material: str) -> Response:
    """One material: take photographs, look at what is collected, send it."""
    return _page(visited(handle), material)


@pages.post("/at/<handle>/materials/<material>/pages")
@takes_files_if(is_visiting)
def add_pages(handle: str, material: str) -> Response:
    """Keep photographs and files, each for itself: what arrived stays, whatever comes of the next."""
    link = visited(handle)
    done = sent(link, lambda _key: _add(link, material), onward="material", field="files", material=material)
    return _page(link, material, done) if isinstance(done, ActForm) else done


@pages.post("/at/<handle>/materials/<material>/remove")
def take_out(handle: str, material: str) -> Response:
    """Take one page out again."""
    link = visited(handle)
    sign = request.form.get("page", "")
    done = sent(
        link,
        lambda _key: remove_page(link, material, sign, by=holder(link)),
        onward="material",
        field="files",
        material=material,
    )
    return _page(link, material, done) if isinstance(done, ActForm) else _without_thanks(link, material)


@pages.post("/at/<handle>/materials/<material>/send")
def send_pages(handle: str, material: str) -> Response:
    """Send what is collected."""
    link = visited(handle)
    title = material_file(db.session, link.project_id, link.id, material).wanted.material.spoken("zh")
    words = request.form.get("words", "")
    done = sent(
        link,
        lambda key: send_upload(link, key, material, title=title, words=words, by=holder(link)),
        onward="material",
        field="files",
        material=material,
    )
    return _page(link, material, done) if isinstance(done, ActForm) else done


def _add(link: ProgressLink, material: str) -> None:
    """Raises: LinkMayNotSend, NothingToSend; what a file is refused for, after those before it were kept."""
    if not link.may_upload:
        raise LinkMayNotSend
    files: list[FileStorage] = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        raise NothingToSend(field="files")
    for file in files:
        kept = readied(cast("IO[bytes]", file.stream), file.filename or "")
        add_page(link, material, kept, lang=language(), by=holder(link))


def _without_thanks(link: ProgressLink, material: str) -> Response:
    here = url_for(".material", handle=link.handle, material=material, **kept_choices())
    return cast("Response", redirect(here, code=303))


def _page(link: ProgressLink, material: str, form: ActForm = EMPTY) -> Response:
    return page(
        "progress/material.html",
        link,
        status=form.status,
        form=form,
        file=material_file(db.session, link.project_id, link.id, material),
        was_sent=was_sent(),
        taken=TAKEN,
        most=MOST_PARTS,
        most_words=LONGEST_WORDS,
        lang=language(),
    )

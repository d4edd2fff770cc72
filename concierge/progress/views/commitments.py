"""``/p/at/…/commitments``: read a commitment, have a code sent, sign it."""

from __future__ import annotations

from flask import Response, request

from concierge.kernel.db import db
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.web import language
from concierge.progress.queries.signable import Signable, open_signing, signable_at, signables
from concierge.progress.rules.codes import CODE_SIGNS
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.sign_commitment import ask_code, sign_commitment
from concierge.progress.views.act_form import EMPTY, ActForm, sent, was_sent
from concierge.progress.views.link_pages import holder, page, pages, visited


class NotRead(Invalid):
    """A signature under something nobody said they read."""

    message = N_("Tick that you have read the letter: it binds your enterprise.")


@pages.get("/at/<handle>/commitments")
def commitments(handle: str) -> Response:
    """The commitments that wait for a signature."""
    link = visited(handle)
    return page(
        "progress/commitments.html",
        link,
        waiting=signables(db.session, link.project_id, link.id, language()),
    )


@pages.get("/at/<handle>/commitments/<reference>")
def commitment(handle: str, reference: str) -> Response:
    """One commitment: the letter, then the code."""
    link = visited(handle)
    return _page(link, _one(link, reference))


@pages.post("/at/<handle>/commitments/<reference>/code")
def send_code(handle: str, reference: str) -> Response:
    """Have a code sent to the number on file."""
    link = visited(handle)
    one = _one(link, reference)
    form = request.form

    def deed(_key: str) -> None:
        if form.get("read") != "1":
            raise NotRead(field="read")
        ask_code(link, one.deferral_id, form.get("signer", ""), form.get("digest", ""), by=holder(link))

    done = sent(link, deed, onward="commitment", field="signer", reference=reference)
    return _page(link, one, done) if isinstance(done, ActForm) else done


@pages.post("/at/<handle>/commitments/<reference>/sign")
def sign(handle: str, reference: str) -> Response:
    """Sign with the code."""
    link = visited(handle)
    one = _one(link, reference)
    code = request.form.get("code", "")
    done = sent(
        link,
        lambda key: sign_commitment(link, key, one.deferral_id, code, by=holder(link)),
        onward="commitment",
        field="code",
        reference=reference,
    )
    return _page(link, one, done) if isinstance(done, ActForm) else done


def _one(link: ProgressLink, reference: str) -> Signable:
    return signable_at(db.session, link.project_id, link.id, reference, language())


def _page(link: ProgressLink, one: Signable, form: ActForm = EMPTY) -> Response:
    signing = open_signing(db.session, link.id, one.deferral_id)
    return page(
        "progress/commitment.html",
        link,
        status=form.status,
        one=one,
        form=form,
        signing=signing if signing is not None and signing.code_until is not None else None,
        was_sent=was_sent(),
        signs=CODE_SIGNS,
    )

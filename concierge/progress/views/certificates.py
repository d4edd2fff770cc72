"""``/p/at/…/certificates``: what departments issued, as files, for whoever holds the telephone on file."""

from __future__ import annotations

from flask import Response, redirect, request, url_for

from concierge.kernel import clock, visits
from concierge.kernel.db import db
from concierge.kernel.downloads import hand_out
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import language, say
from concierge.progress.queries.certificates import certificates, is_proved, open_proof
from concierge.progress.rules.codes import CODE_SIGNS
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.fetch_certificate import (
    LASTS,
    ask_certificate_code,
    fetch_certificate,
    prove_hand,
)
from concierge.progress.views.act_form import EMPTY, ActForm, sent, was_sent
from concierge.progress.views.link_pages import holder, kept_choices, page, pages, sent_form, visited

PROOFS = visits.Visits("proof", "/p/at")


@pages.get("/at/<handle>/certificates")
def certificate_list(handle: str) -> Response:
    """What was issued; each can be fetched once the code was typed."""
    return _page(visited(handle))


@pages.post("/at/<handle>/certificates/code")
def certificate_code(handle: str) -> Response:
    """Have a code sent to the number on file."""
    link = visited(handle)
    done = sent(
        link,
        lambda _key: ask_certificate_code(link, by=holder(link)),
        onward="certificate_list",
        field="code",
    )
    return _page(link, done) if isinstance(done, ActForm) else done


@pages.post("/at/<handle>/certificates/prove")
def certificate_proof(handle: str) -> Response:
    """Take the code; this browser keeps that it was right."""
    link = visited(handle)
    try:
        sent_form(link)
        proof = prove_hand(link, request.form.get("code", ""), by=holder(link))
    except Missing:
        raise
    except ConciergeError as error:
        db.session.expire_all()
        problem = {"field": "code", "message": say(error)}
        return _page(link, ActForm(request.form.to_dict(), (problem,), error.status))
    here = url_for(".certificate_list", handle=handle, **kept_choices())
    return PROOFS.begin(redirect(here, code=303), handle, str(proof))  # type: ignore[arg-type]


@pages.get("/at/<handle>/certificates/<reference>")
def certificate(handle: str, reference: str) -> Response:
    """One certificate, to be saved."""
    link = visited(handle)
    proof = PROOFS.kept(handle) or ""
    file = fetch_certificate(link, reference, proof, request.user_agent.string, by=holder(link)).file
    return hand_out(file.key, file.name, file.media_type, file.size_bytes)


def _page(link: ProgressLink, form: ActForm = EMPTY) -> Response:
    found = certificates(db.session, link, language())
    proved = is_proved(db.session, link.id, PROOFS.kept(link.handle) or "", clock.now(), LASTS)
    return page(
        "progress/certificates.html",
        link,
        status=form.status,
        found=found,
        form=form,
        is_open=proved,
        asked=None if proved else open_proof(db.session, link.id),
        was_sent=was_sent(),
        signs=CODE_SIGNS,
        minutes=int(LASTS.total_seconds() // 60),
    )

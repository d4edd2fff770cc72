"""印章: the office's seals, who keeps them, every use of them, and looking at a sealed PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Invalid, Missing
from concierge.kernel.uploads import takes_files
from concierge.kernel.web import Page, actor, allowed, may, say
from documents.models.seal import SealKeeperRow, SealRow, SealUseRow
from documents.queries.seals import (
    SealCard,
    certificates,
    keepers_of,
    people_who_may_keep,
    seal_cards,
    seal_of,
    uses_of_seal,
    waiting_for,
)
from documents.rules.sealing import Keeper
from documents.services.keep_seal import NewSeal, hand_out_seal, make_seal, retire_seal, take_back_seal
from documents.views.seal_words import KEEPERS, ON, keeper_word, use_pill, why_of

LARGEST_KEY_BYTES, LARGEST_PICTURE_BYTES = 64 * 1024, 4 * 1024 * 1024
FIELDS = ("name", "office", "keeper", "key_name")


@dataclass(frozen=True, kw_only=True)
class SealsSheet:
    """The seals, what waits for the reader, and the form for a new one as it was typed."""

    cards: list[SealCard]
    waiting: list[tuple[SealUseRow, SealRow]]
    typed: dict[str, str] = field(default_factory=dict)
    problem: tuple[str, str] | None = None

    @property
    def may_keep(self) -> bool:
        """Whether the reader sets seals up."""
        return may("keep", ON)

    def keepers(self) -> list[dict[str, str]]:
        """Where a key may lie."""
        return [
            {"value": one.value, "text": gettext(word), "note": gettext(note)}
            for one, (word, note) in KEEPERS.items()
        ]

    def error(self, name: str) -> str | None:
        """What is wrong with one field."""
        return self.problem[1] if self.problem and self.problem[0] == name else None

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, for the summary on top."""
        return [{"field": self.problem[0], "message": self.problem[1]}] if self.problem else []


@dataclass(frozen=True, kw_only=True)
class SealSheet:
    """One seal: certificate, keepers and log."""

    row: SealRow
    keepers: list[SealKeeperRow]
    people: list[tuple[int, str]]
    uses: list[SealUseRow]
    problem: str = ""

    @property
    def may_keep(self) -> bool:
        """Whether the reader may change it."""
        return may("keep", ON) and self.row.retired_at is None

    def choices(self) -> list[dict[str, Any]]:
        """Whom it may be handed to."""
        kept = {one.person_id for one in self.keepers}
        return [{"value": id_, "text": name} for id_, name in self.people if id_ not in kept]

    def log(self) -> Iterator[dict[str, Any]]:
        """Every use, newest first."""
        for use in self.uses:
            yield {"use": use, "pill": use_pill(use.state), "why": why_of(use), "href": href_of(use)}


def href_of(use: SealUseRow) -> str:
    """The page of what was sealed; empty for those who keep seals but open no document."""
    return url_for("DocumentView.one", document_id=use.subject_id) if may("show", "Document") else ""


class SealView(Page):
    """Seals."""

    route_base = "/documents/seals"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """Every seal, and what waits for a second person's word."""
        return self._list()

    def _list(self, *, problem: tuple[str, str] | None = None) -> str:
        today, reader = clock.today(), actor()
        sheet = SealsSheet(
            cards=seal_cards(db.session, today),
            waiting=waiting_for(db.session, reader.id, today),
            typed={name: request.form.get(name, "")[:200] for name in FIELDS},
            problem=problem,
        )
        return self.show("documents/seals.html", sheet=sheet, keeper_word=keeper_word, href_of=href_of)

    @expose("/", methods=["POST"])
    @allowed("keep")
    @takes_files
    def add(self) -> Any:
        """Set up a seal."""
        form = request.form
        try:
            new = NewSeal(
                name=form.get("name", ""),
                office=form.get("office", ""),
                keeper=Keeper(form.get("keeper", Keeper.SOFTWARE.value)),
                key_file=_sent("key_file", LARGEST_KEY_BYTES),
                password=form.get("password", "")[:200],
                key_name=form.get("key_name", "")[:200],
                certificate=_sent("certificate", LARGEST_KEY_BYTES),
                picture=_sent("picture", LARGEST_PICTURE_BYTES),
                needs_two="needs_two" in form,
            )
            seal_id = make_seal(new, by=actor())
        except ValueError:
            raise Missing from None
        except ConciergeError as error:
            db.session.expire_all()
            where = error.field if isinstance(error, Invalid) else ""
            return self._list(problem=(where or "name", say(error))), error.status
        flash(gettext("The seal is set up. Hand it to the people who shall keep it."), "success")
        return redirect(url_for("SealView.one", seal_id=seal_id), code=303)

    @expose("/<int:seal_id>")
    @allowed("show")
    def one(self, seal_id: int) -> str:
        """One seal and its log."""
        return self._one(seal_id)

    def _one(self, seal_id: int, *, problem: str = "") -> str:
        sheet = SealSheet(
            row=seal_of(db.session, seal_id),
            keepers=keepers_of(db.session, seal_id, clock.today()),
            people=people_who_may_keep(db.session) if may("keep", ON) else [],
            uses=uses_of_seal(db.session, seal_id),
            problem=problem,
        )
        return self.show("documents/seal.html", sheet=sheet, keeper_word=keeper_word)

    @expose("/<int:seal_id>/keepers", methods=["POST"])
    @allowed("keep")
    def hand_out(self, seal_id: int) -> Any:
        """Hand it to somebody."""
        chosen = request.form.get("person_id", "")
        try:
            hand_out_seal(seal_id, int(chosen) if chosen.isdecimal() else 0, by=actor())
        except Invalid as error:
            return self._one(seal_id, problem=say(error)), error.status
        return redirect(url_for("SealView.one", seal_id=seal_id), code=303)

    @expose("/<int:seal_id>/keepers/<int:keeper_id>/back", methods=["POST"])
    @allowed("keep")
    def take_back(self, seal_id: int, keeper_id: int) -> Any:
        """Take it back from somebody."""
        take_back_seal(keeper_id, by=actor())
        return redirect(url_for("SealView.one", seal_id=seal_id), code=303)

    @expose("/<int:seal_id>/retire", methods=["POST"])
    @allowed("keep")
    def retire(self, seal_id: int) -> Any:
        """Retire it."""
        version = request.form.get("version", "")
        try:
            retire_seal(
                seal_id,
                request.form.get("why", ""),
                version=int(version) if version.isdecimal() else None,
                by=actor(),
            )
        except Invalid as error:
            return self._one(seal_id, problem=say(error)), error.status
        flash(gettext("The seal is retired. What it sealed can still be checked."), "success")
        return redirect(url_for("SealView.one", seal_id=seal_id), code=303)

    @expose("/check")
    @allowed("check")
    def check(self) -> str:
        """Look at a sealed PDF."""
        return self.show("documents/seal_check.html", seals=None, name="", problem="", is_whole=False)

    @expose("/check", methods=["POST"])
    @allowed("check")
    @takes_files
    def checked(self) -> Any:
        """What the seals of a PDF say."""
        from documents.press.seal_check import is_all_sealed, seals_on  # large; only this page needs it

        sent = request.files.get("file")
        name = (sent.filename or "") if sent is not None else ""
        content = sent.stream.read() if sent is not None else b""
        try:
            seals = seals_on(content, certificates(db.session), name=name)
        except Invalid as error:
            page = self.show(
                "documents/seal_check.html", seals=None, name=name, problem=say(error), is_whole=False
            )
            return page, error.status
        return self.show(
            "documents/seal_check.html",
            seals=seals,
            name=name,
            problem="",
            is_whole=is_all_sealed(seals),
        )


def _sent(name: str, most_bytes: int) -> bytes:
    sent = request.files.get(name)
    return sent.stream.read(most_bytes) if sent is not None and sent.filename else b""

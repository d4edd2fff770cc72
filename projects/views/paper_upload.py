"""Papers as a form sends them: any number of files for any number of papers, each checked by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import request
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from approvals.rules.catalogue import Material
from approvals.rules.papers import CameLater, PaperWay
from concierge.kernel import clock
from concierge.kernel.errors import N_, ConciergeError, Invalid
from concierge.kernel.storage import Stored, store
from concierge.kernel.typed_values import readable_day
from concierge.kernel.web import language, say
from projects.queries.papers import ProjectPapers
from projects.services.hand_in_papers import Brought, Receipt
from projects.views.step_papers import taken_kinds

FILES, HERE = "files-", "here-"
LONGEST_NOTE = 300
MOST_FILES = 60


class PaperDayWrong(Invalid):
    """What was typed is no day."""

    message = N_("“%(typed)s” is not a day. Choose one from the calendar.")


class TooManyFiles(Invalid):
    """More files than one form may bring."""

    message = N_("These are %(count)s files; send at most %(most)s at once.")


@dataclass(frozen=True)
class Typed:
    """What was typed besides the files, as it was typed.

    Shape: ``back`` names the page the form stood on: step, paper, or the list of papers.
    """

    way: str = PaperWay.COUNTER.value
    on: str = ""
    note: str = ""
    step: str = ""
    back: str = ""

    def receipt(self) -> Receipt:
        """The same as a receipt. Raises: PaperDayWrong, CameLater."""
        on = readable_day(self.on) if self.on else clock.today()
        if on is None:
            raise PaperDayWrong(typed=self.on, field="on")
        if on > clock.today():
            raise CameLater(day=on.isoformat(), field="on")
        known = {way.value: way for way in PaperWay if way is not PaperWay.RESULT}
        return Receipt(way=known.get(self.way, PaperWay.COUNTER), on=on, step=self.step, note=self.note)


@dataclass
class Upload:
    """What a form brought: the papers that may be taken in, and a sentence for each file that may not."""

    brought: list[Brought] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def typed() -> Typed:
    """What was typed besides the files."""
    form = request.form
    return Typed(
        way=form.get("way", ""),
        on=form.get("on", "").strip(),
        note=form.get("note", "").strip()[:LONGEST_NOTE],
        step=form.get("step", "").strip()[:8],
        back=form.get("back", ""),
    )


def uploaded(papers: ProjectPapers) -> Upload:
    """The files and ticks of a form; a bad file does not hold the others back.

    Raises: TooManyFiles; PaperNotAsked, for a paper that is not on the project's list.
    Effects: good files are kept in the storage; rows must name them.
    """
    chosen = {code: _chosen(FILES + code) for code in _codes()}
    count = sum(len(files) for files in chosen.values())
    if count > MOST_FILES:
        raise TooManyFiles(count=count, most=MOST_FILES)
    upload = Upload()
    for code, files in chosen.items():
        material = papers.one(code).paper.material
        kept = tuple(_kept(files, material, upload))
        is_here = HERE + code in request.form
        if kept or (is_here and not files):
            upload.brought.append(Brought(code, kept, is_original_here=is_here))
    return upload


def _codes() -> list[str]:
    names = [*request.files, *request.form]
    codes = (name.partition("-")[2] for name in names if name.startswith((FILES, HERE)))
    return list(dict.fromkeys(codes))


def _chosen(name: str) -> list[FileStorage]:
    return [file for file in request.files.getlist(name) if file.filename]


def _kept(files: list[FileStorage], material: Material, upload: Upload) -> Iterator[Stored]:
    for file in files:
        try:
            yield store(file.stream, name=file.filename or "", taken=taken_kinds(material))
        except Invalid as error:
            upload.refused.append(_refusal(material, error))


def _refusal(material: Material, error: ConciergeError) -> str:
    return gettext("%(paper)s: %(why)s", paper=material.spoken(language()), why=say(error))

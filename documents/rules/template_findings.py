"""What the trial of a template may find, how much each weighs, and its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from approvals.rules.lint import Severity
from concierge.kernel.errors import N_


@dataclass(frozen=True)
class Place:
    """Where in a Word file something stands.

    Shape: ``part`` is body, header or footer; paragraphs, tables, rows and columns count from 1, 0 where
        there is none; ``snippet`` is the text that is there.
    """

    part: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    snippet: str = ""


NOWHERE = Place()


@dataclass(frozen=True)
class TemplateFinding:
    """One thing found. Shape: ``facts`` fill the sentence of ``code``."""

    code: str
    place: Place = NOWHERE
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Whether it stands against publishing."""
        return SENTENCES[self.code][0]

    @property
    def message(self) -> str:
        """Its sentence, an English template."""
        return SENTENCES[self.code][1]


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

SENTENCES: Mapping[str, tuple[Severity, str]] = {
    # the tags: DTL numbers are those of the checker that found them
    "DTL001": (_ERROR, N_("The tag “%(open)s” is never closed. Write its end, “%(close)s”.")),
    "DTL002": (
        _WARNING,
        N_("The tag begins in one paragraph and ends in another, which joins them. Put it on one line."),
    ),
    "DTL003": (
        _ERROR,
        N_("A tag stands in a tracked change. Accept or reject all changes in Word or WPS, then send it in."),
    ),
    "DTL101": (_ERROR, N_("The block “%(kw)s” has no end. Write {%% end%(kw)s %%} after what it holds.")),
    "DTL102": (_ERROR, N_("“%(raw)s” ends a block that never began.")),
    "DTL103": (_ERROR, N_("This tag cannot be read. Look for Chinese punctuation or a missing sign in it.")),
    "DTL105": (_ERROR, N_("“%(name)s” is no condition that exists here.")),
    "DTL106": (_ERROR, N_("“%(name)s” is known only inside its loop, and is used after it.")),
    "DTL201": (_ERROR, N_("A tag of a whole paragraph or row may hold no “%%” or “}” of its own.")),
    "DTL202": (_ERROR, N_("There is a space before “%(prefix)s”. Write {%%%(prefix)s without one.")),
    "DTL203": (_ERROR, N_("“%(raw)s” belongs into a table, and stands outside one.")),
    "DTL204": (
        _ERROR,
        N_("“%(close_raw)s” ends “%(open_raw)s”, but one holds a row and the other does not."),
    ),
    "DTL205": (_ERROR, N_("The block begins in one table and ends in another; its rows would be lost.")),
    "DTL206": (
        _ERROR,
        N_("The block begins and ends in one row. Give its beginning and end rows of their own."),
    ),
    "DTL207": (_ERROR, N_("The block begins in one row and ends in another; the table would break.")),
    "DTL208": (_ERROR, N_("“%(raw)s” works only inside a table.")),
    "DTL209": (
        _ERROR,
        N_("“%(rest)s” stands beside a tag that takes up the whole place, so it would be lost. Move it."),
    ),
    "DTL210": (_ERROR, N_("The block begins and ends in one paragraph. Give both paragraphs of their own.")),
    "tags_unreadable": (_ERROR, N_("The tags of the file cannot be read as a whole: %(why)s.")),
    # what a tag may do
    "construct": (
        _ERROR,
        N_("“%(word)s” is not allowed in a template. Fields, conditions, loops and ways of printing are."),
    ),
    "hidden_name": (_ERROR, N_("“%(name)s” reaches behind a field. A template may only name fields.")),
    "filter": (_ERROR, N_("“%(name)s” is no way of printing that exists here. Use: %(known)s.")),
    # the fields
    "unknown_field": (_ERROR, N_("There is no field “%(path)s”. Did you mean “%(nearest)s”?")),
    "unknown_field_alone": (
        _ERROR,
        N_("There is no field “%(path)s”. The list below names the fields there are."),
    ),
    "field_gone": (
        _WARNING,
        N_("The field “%(path)s” of the shipped template is printed nowhere now. Make sure you mean it."),
    ),
    "needed_field_gone": (
        _ERROR,
        N_("The field “%(path)s” must be on every document of this kind, and is printed nowhere."),
    ),
    "control_gone": (
        _ERROR,
        N_("The box “%(alias)s”, which departments fill in, is gone. Copy it from the shipped template."),
    ),
    # the form
    "paper": (_ERROR, N_("The paper is %(found)s mm, not %(wanted)s mm.")),
    "margin": (_ERROR, N_("The %(edge)s margin is %(found)s mm, not %(wanted)s mm.")),
    "grid_characters": (
        _ERROR,
        N_("The page has a grid of characters, which spoils its lines. Choose a grid of lines only."),
    ),
    "grid_lines": (_ERROR, N_("A line of the grid is %(found)s points high, not %(wanted)s.")),
    "body_font": (_ERROR, N_("The body is set in “%(found)s”, not in “%(wanted)s”.")),
    "body_size": (_ERROR, N_("The body is set in %(found)s points, not in %(wanted)s.")),
    "odd_font": (
        _WARNING,
        N_("“%(font)s” is no font of an official document. It is used in %(count)s places."),
    ),
    "hanging_punctuation": (
        _ERROR,
        N_("Punctuation may hang over the edge, where the PDF loses it. Copy the style of the body."),
    ),
    "no_page_number": (_ERROR, N_("The pages bear no numbers. Copy the footers of the shipped template.")),
    "header_row": (_WARNING, N_("The first row of table %(table)s does not repeat on the next page.")),
    # the file and the trial
    "schema": (_WARNING, N_("Word may complain about the file: %(why)s (in %(part)s).")),
    "schema_broken": (_ERROR, N_("The document made from it would be faulty: %(why)s (in %(part)s).")),
    "trial_failed": (_ERROR, N_("Filling in the sample “%(sample)s” failed: %(why)s.")),
    "trial_lost": (_ERROR, N_("Of the sample “%(sample)s” these values were lost: %(why)s.")),
    "trial_time": (
        _ERROR,
        N_("Filling in the samples took longer than %(seconds)s seconds, and was stopped."),
    ),
    "trial_memory": (
        _ERROR,
        N_("Filling in the samples needed more than %(megabytes)s MB, and was stopped."),
    ),
    "pages_grew": (
        _WARNING,
        N_("The ordinary sample takes %(found)s pages; the template in use takes %(wanted)s."),
    ),
    "pdf_away": (_WARNING, N_("The pages could not be drawn: the conversion to PDF does not answer now.")),
}

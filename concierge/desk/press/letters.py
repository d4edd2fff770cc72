"""A message in words, for each kind of channel: all of it by mail, no names to a group, three values by SMS.

Messages are in Chinese: they are made without anybody's request, and it is the office's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from approvals.rules.catalogue import Catalogue
from concierge.desk.press.notice_words import matter_name, sentence
from concierge.desk.rules.channels import Channel
from concierge.desk.rules.pressing import due_day
from concierge.kernel import spoken

MOST_LINES = 20
PERSONS = frozenset(
    {"recipient", "contact", "applicant", "phone", "by", "name", "other", "who", "reason", "title", "answer"}
)
"""Facts that may name or lead to a person, or were typed by hand: never told to a group."""
UNNAMED = "…"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing a message tells. Shape: ``project`` by name and number; ``path`` is where it leads."""

    text: str
    facts: Mapping[str, Any]
    code: str
    number: str
    project: str
    project_code: str
    path: str
    is_acting: bool = False


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing of somebody's day, in words. Units: ``due_on`` a civil day."""

    text: str
    due_on: date | None
    project: str
    project_code: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a message says, before it is put into words."""

    lines: Sequence[Line]
    base: str
    catalogue: Catalogue | None
    tasks: Sequence[Task] = ()
    is_morning: bool = False


@dataclass(frozen=True, kw_only=True)
class Written:
    """A message in words. Shape: ``short`` fills a template where no free text is taken."""

    subject: str
    text: str
    short: Mapping[str, str] = field(default_factory=dict)


def written(letter: Letter, channel: Channel) -> Written:
    """A letter as a channel carries it.

    Source: SF-10: no more personal data than the purpose needs; SF-15.
    """
    is_private = channel is Channel.MAIL
    parts = [_task(task, is_private=is_private) for task in letter.tasks[:MOST_LINES]]
    parts += [_line(line, letter, is_private=is_private) for line in letter.lines[:MOST_LINES]]
    more = len(letter.tasks) + len(letter.lines) - len(parts)
    if more > 0:
        parts.append(ngettext("… and %(num)s more", "… and %(num)s more", more))
    parts.append(f"{letter.base}{'/' if letter.is_morning else '/notices/list/'}")
    return Written(subject=_subject(letter), text="\n".join(parts), short=_short(letter))


def code_letter(code: str) -> Written:
    """The message that proves an address."""
    return Written(
        subject=gettext("Confirm this address"),
        text=gettext(
            "Your code is %(code)s, good for 30 minutes. Type it where you asked for it. Nobody of the office"
            " will ask you for it.",
            code=code,
        ),
        short={"code": code},
    )


def _subject(letter: Letter) -> str:
    if letter.is_morning:
        return gettext(
            "Today: %(tasks)s to do, %(notices)s new notices",
            tasks=len(letter.tasks),
            notices=len(letter.lines),
        )
    if len(letter.lines) == 1:
        line = letter.lines[0]
        return gettext(
            "Concierge: %(what)s", what=matter_name(line.code, letter.catalogue) or line.project_code
        )
    return ngettext("Concierge: %(num)s notice", "Concierge: %(num)s notices", len(letter.lines))


def _line(line: Line, letter: Letter, *, is_private: bool) -> str:
    facts = line.facts if is_private else {name: _unnamed(name, value) for name, value in line.facts.items()}
    said = sentence(line.text, facts, code=line.code, number=line.number, catalogue=letter.catalogue)
    if not is_private:
        return f"· {line.project_code} {said}".replace("  ", " ")
    mark = f"【{gettext('yours to act on')}】" if line.is_acting else ""
    about = f"\n  {line.project}（{line.project_code}）" if line.project else ""
    return f"· {mark}{said}{about}\n  {letter.base}{line.path}"


def _unnamed(name: str, value: Any) -> Any:
    return UNNAMED if name in PERSONS and value else value


def _task(task: Task, *, is_private: bool) -> str:
    due = f"{spoken.day(task.due_on)} " if task.due_on else ""
    if not is_private:
        return f"· {due}{task.project_code} {task.text}"
    return f"· {due}{task.text}" + (f"\n  {task.project}（{task.project_code}）" if task.project else "")


def _short(letter: Letter) -> dict[str, str]:
    days = [day for line in letter.lines if (day := due_day(line.text, line.facts))]
    days += [task.due_on for task in letter.tasks if task.due_on]
    named = [name for line in letter.lines if (name := matter_name(line.code, letter.catalogue))]
    return {
        "count": str(len(letter.lines) + len(letter.tasks)),
        "what": named[0] if named else gettext("your tasks"),
        "due": spoken.day(min(days)) if days else gettext("no fixed day"),
    }

"""The list of a department's open cases: fetched, sent back filled in, looked at, and confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, cast

from flask import Response, request
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from concierge.desk.press.case_list_xlsx import ListedCase, NotOurList, read_list, written_list
from concierge.desk.queries.department_cases import DepartmentCase, answerable, open_cases
from concierge.desk.rules.case_list import MOST_LINES, OUTCOMES, Column, ListLine
from concierge.desk.services.take_in_list import JudgedLine, LineVerdict
from concierge.desk.views.package_sheet import STATES
from concierge.kernel import clock, spoken
from concierge.kernel.downloads import named
from concierge.kernel.errors import N_
from concierge.kernel.web import language, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VERDICTS: Mapping[LineVerdict, tuple[str, str]] = {
    LineVerdict.GOOD: ("ready", N_("Can be recorded")),
    LineVerdict.DONE_BEFORE: ("todo", N_("Recorded before")),
    LineVerdict.REFUSED: ("overdue", N_("Cannot be recorded")),
}


def list_answer(session: Session, department: str) -> Response:
    """The file with a department's open cases."""
    cases = (_listed(case) for case in answerable(open_cases(session, department)))
    answer = Response(written_list(cases, language()), mimetype=XLSX)
    name = f"{department}-{clock.today().isoformat()}.xlsx"
    return named(answer, name)


def _listed(case: DepartmentCase) -> ListedCase:
    name = case.name_en if language() == "en" else case.name_zh
    return ListedCase(
        {
            Column.PROJECT_CODE: case.project_code,
            Column.NUMBER: case.number,
            Column.VERSION: case.version,
            Column.PROJECT: case.project_name,
            Column.ENTERPRISE: case.enterprise,
            Column.STEP: name,
            Column.STATE: gettext(STATES[case.state][1]),
            Column.ACCEPTED_ON: case.accepted_on,
            Column.DUE_ON: case.due_on,
        }
    )


def uploaded_lines(file: FileStorage | None) -> tuple[ListLine, ...]:
    """The lines of the file that was sent.

    Raises: NotOurList, CaseListTooLong.
    """
    if file is None or not file.filename:
        raise NotOurList(field="list")
    return read_list(cast("BinaryIO", file.stream))


def kept_lines() -> tuple[ListLine, ...]:
    """The lines a page kept while somebody looked at them; they are judged anew, so nobody need trust them.

    Raises: NotOurList.
    """
    try:
        told = json.loads(request.form.get("lines", ""))
        return tuple(
            ListLine(
                place=int(one["place"]),
                cells={Column(name): str(value) for name, value in one["cells"].items()},
            )
            for one in told[:MOST_LINES]
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotOurList(field="list") from error


def kept(judged: Iterable[JudgedLine]) -> str:
    """The lines that can be recorded, as a page keeps them."""
    lines = (one.line for one in judged if one.verdict is LineVerdict.GOOD)
    told = [
        {"place": line.place, "cells": {column.value: line.plain(column) for column in line.cells}}
        for line in lines
    ]
    return json.dumps(told, ensure_ascii=False)


def judged_rows(judged: Iterable[JudgedLine], *, is_done: bool) -> list[dict[str, Any]]:
    """What becomes of each line, as a page says it."""
    return [_row(one, is_done=is_done) for one in judged]


def _row(one: JudgedLine, *, is_done: bool) -> dict[str, Any]:
    look, word = VERDICTS[one.verdict]
    if is_done and one.verdict is LineVerdict.GOOD:
        look, word = "done", N_("Recorded")
    reply = one.reply
    return {
        "place": one.line.place,
        "code": one.line.plain(Column.PROJECT_CODE),
        "number": one.line.plain(Column.NUMBER),
        "project": one.line.plain(Column.PROJECT),
        "step": one.line.plain(Column.STEP),
        "outcome": OUTCOMES[reply.outcome].spoken(language()) if reply else one.line.plain(Column.OUTCOME),
        "on": spoken.day_full(reply.on) if reply else one.line.plain(Column.ON),
        "document": one.line.plain(Column.RESULT_NUMBER),
        "text": one.line.plain(Column.TEXT),
        "look": look,
        "state": gettext(word),
        "why": say(one.error) if one.error else "",
    }


def count_good(judged: Iterable[JudgedLine]) -> int:
    """How many lines can be, or were, recorded."""
    return sum(one.verdict is LineVerdict.GOOD for one in judged)

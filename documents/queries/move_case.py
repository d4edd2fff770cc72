"""One line of a step's journal, which a slip or a notice tells, with the step and project it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from approvals.models.case import CaseMoveRow, ExtensionRow, StopRow
from approvals.models.paper import OneTimeNoticeRow
from approvals.rules.journal import Line
from concierge.kernel.errors import Missing
from documents.queries.project_case import StepCase, material_names, step_case
from documents.rules.facts import MissingFact, Value

FAULTS = {"missing": "未提交", "unfit": "不符合要求"}


@dataclass(frozen=True, kw_only=True)
class MoveCase:
    """One move of one step that still counts, as a written slip or notice tells it."""

    of: StepCase
    line: Line

    @cached_property
    def words(self) -> dict[str, Value]:
        """The move as its document says it; the basis of the matter itself where nobody wrote one."""
        return {
            "on": self.line.on,
            "reason": self.line.reason,
            "basis": self.line.basis or self.of.basis(self.line.on),
            "paper": self.line.paper,
            "decided_by": self.line.decided_by,
            "promised_end_on": self.line.promised_end_on,
            "statutory_end_on": self.line.statutory_end_on,
        }

    def wrong_move(self, fits: bool, name: str) -> tuple[MissingFact, ...]:
        """The fact that is missing where this document does not tell such a move."""
        return () if fits else (MissingFact(name=name, page=self.of.page),)


def move_case(session: Session, move_id: int) -> MoveCase:
    """One move. Shape: six queries. Raises: Missing, also for one that was taken back."""
    step_id = session.scalar(select(CaseMoveRow.step_id).where(CaseMoveRow.id == move_id))
    if step_id is None:
        raise Missing
    case = step_case(session, step_id)
    gone = {line.undoes for line in case.lines if line.undoes is not None}
    line = next((line for line in case.lines if line.id == move_id and line.number not in gone), None)
    if line is None:
        raise Missing
    return MoveCase(of=case, line=line)


def stop_of(session: Session, move: MoveCase) -> StopRow | None:
    """The stop a line of the journal began. One query."""
    return session.scalar(
        select(StopRow).where(
            StopRow.step_id == move.of.step.id,
            StopRow.attempt == move.line.attempt,
            StopRow.opened_by == move.line.number,
            StopRow.is_void.is_(False),
        )
    )


def extension_of(session: Session, move: MoveCase) -> ExtensionRow | None:
    """The extension a line of the journal granted. One query."""
    return session.scalar(
        select(ExtensionRow).where(
            ExtensionRow.step_id == move.of.step.id,
            ExtensionRow.attempt == move.line.attempt,
            ExtensionRow.granted_by == move.line.number,
            ExtensionRow.is_void.is_(False),
        )
    )


def notice_of(session: Session, move: MoveCase) -> OneTimeNoticeRow | None:
    """The one-time notice a line of the journal told. Two queries."""
    return session.scalar(
        select(OneTimeNoticeRow)
        .where(OneTimeNoticeRow.step_id == move.of.step.id, OneTimeNoticeRow.attempt == move.line.attempt)
        .options(selectinload(OneTimeNoticeRow.items))
    )


def told_rows(move: MoveCase, notice: OneTimeNoticeRow | None) -> list[dict[str, Value]]:
    """Everything told to be missing or wrong, numbered.

    Shape: from the notice's items; from the reason as it was written, line by line, where there is no notice.
    """
    if notice is None:
        lines = [line.strip() for line in move.line.reason.splitlines() if line.strip()]
        return [
            {
                "no": no,
                "name": line.partition("：")[0],
                "fault": "须补正",
                "words": line.partition("：")[2] or "请按办事指南补正",
            }
            for no, line in enumerate(lines, 1)
        ]
    names = material_names(move.of.of, move.of.step.code)
    rows: list[dict[str, Value]] = []
    for no, item in enumerate(notice.items, 1):
        words = item.words
        if item.fault.value == "missing" and words:
            words = f"或者提交以下任一材料：{words}"
        rows.append(
            {
                "no": no,
                "name": names.get(item.material, item.material),
                "fault": FAULTS[item.fault.value],
                "words": words or "请按办事指南提交",
            }
        )
    return rows

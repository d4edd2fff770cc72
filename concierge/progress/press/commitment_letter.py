"""The commitment letter as plain lines: what stands on the screen is what is signed, and its digest too."""

from __future__ import annotations

from datetime import date

from approvals.rules.commitment import Commitment


def letter_text(letter: Commitment, number: str, truth: str, consequences: str) -> str:
    """The letter, line by line, in the office's language.

    Source: DF-3: what is owed, in which form, by when, what follows if not.
    """
    papers = "\n".join(
        f"　　{place}. {one.name}（提交形式：{one.form}），于{_day(one.due_on)}前补齐"
        for place, one in enumerate(letter.papers, start=1)
    )
    return "\n".join(
        (
            f"容缺受理承诺书　{number}",
            f"承诺人：{letter.applicant}（统一社会信用代码 {letter.uscc}）",
            f"项目：{letter.project}（{letter.project_code}）",
            f"事项：{letter.matter}　受理部门：{letter.department}",
            "本单位承诺补齐下列材料：",
            papers,
            f"一、{truth}",
            f"二、{consequences}",
        )
    )


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"

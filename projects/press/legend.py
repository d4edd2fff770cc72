"""What the lines and bars mean, as small samples with their words: the keys under the charts."""

from __future__ import annotations

from collections.abc import Sequence

from projects.press.svg import arrowhead, box, diamond, path, safe, wave_path
from projects.press.words import Words

Entry = tuple[str, str]


def network_key(words: Words, *, has_letters: bool = False) -> str:
    """The key of the arrow network; ``has_letters`` where it is drawn stage by stage."""
    entries: list[Entry] = [
        (_work("wk crit", is_double=True), words.key_critical),
        (_work("wk"), words.key_ordinary),
        (_work("wk w-doing"), words.key_doing),
        (_work("wk w-done"), words.key_done),
        (path(f"M0 6{wave_path(34)}", "w-float"), words.key_float),
        (_dummy("w-dum"), words.key_dummy),
        (_dummy("w-iss"), words.key_issue),
        (path("M0 11L12 6L22 8L34 1", "front"), words.key_front),
    ]
    if has_letters:
        square = box("ev-sh", x=9, y=-1, width=15, height=14, extra='rx="3"')
        entries.append(
            (
                f'<g class="ev" text-anchor="middle">{square}<text x="16.5" y="10">A</text></g>',
                words.key_shared,
            )
        )
    return _key(entries)


def gantt_key(words: Words, *, prefix: str = "gantt", has_provisional: bool = False) -> str:
    """The key of the Gantt chart whose ``prefix`` this is: it borrows that chart's textures."""
    entries: list[Entry] = [
        (_bar("k-gov"), words.key_department),
        (_bar("k-ent", f"{prefix}-e"), words.key_enterprise),
        (
            _bar("k-joint")
            + '<g class="g-joint"><circle cx="22" cy="6" r="5"/><circle cx="22" cy="6" r="2"/></g>',
            words.key_joint,
        ),
        (_bar("k-notice", f"{prefix}-n"), words.key_notice),
        (_bar("k-utility"), words.key_utility),
        (_bar("k-ent", f"{prefix}-r"), words.key_preparation),
        (_bar("k-ent", f"{prefix}-s"), words.key_special),
        (_bar("k-gov", f"{prefix}-o"), words.key_pause),
        (_bar("k-gov crit"), words.key_critical),
        (path(f"M0 6{wave_path(34)}", "w-float"), words.key_total_float),
        (path("M0 7H34", "g-base"), words.key_plan),
        (path("M18 -1V13M18 -1h-5", "g-limit"), words.key_limit),
        (path(diamond(17, 6), "g-ms"), words.key_milestone),
    ]
    if has_provisional:
        entries.append(
            (
                box("ax-prov", x=0, y=0, width=34, height=12, extra=f'fill="url(#{prefix}-p)"'),
                words.key_provisional,
            )
        )
    return _key(entries)


def strip_key(words: Words, stages: Sequence[str]) -> str:
    """The key of the portfolio strips, and which stage each number stands for."""
    entries: list[Entry] = [
        (box("s-done", x=0, y=1, width=34, height=10, extra='rx="2"'), words.key_stage_done),
        (
            box("s-doing", x=0, y=1, width=34, height=10, extra='rx="2"')
            + box("s-prog", x=0, y=1, width=18, height=10, extra='rx="2"'),
            words.key_stage_doing,
        ),
        (box("s-todo", x=0, y=1, width=34, height=10, extra='rx="2"'), words.key_stage_todo),
        (path("M14-2V14", "s-goal") + path("M14-2h7l-2 3l2 3h-7z", "s-goal-f"), words.key_target),
        (path("M2 6H32", "s-over"), words.key_over),
    ]
    return _key(entries, [f"{number} {name}" for number, name in enumerate(stages, 1)])


def _work(classes: str, *, is_double: bool = False) -> str:
    core = path("M0 6H28", "w-core") if is_double else ""
    tone = classes.removeprefix("wk").strip()
    return f'<g class="{classes}">{path("M0 6H28", "")}{core}</g>' + path(
        arrowhead(34, 6, "r"), f"w-head {tone}".strip()
    )


def _dummy(tone: str) -> str:
    return f'<g class="{tone}">{path("M0 6H28", "")}</g>' + path(arrowhead(34, 6, "r"), f"w-head {tone}")


def _bar(classes: str, texture: str = "") -> str:
    sample = box("g-bar", x=1, y=1, width=32, height=10)
    over = f'<rect x="1" y="1" width="32" height="10" fill="url(#{texture})"/>' if texture else ""
    return f'<g class="{classes}">{sample}{over}</g>'


def _key(entries: list[Entry], plain: Sequence[str] = ()) -> str:
    samples = "".join(
        '<span><svg class="key-svg" viewBox="0 -2 34 16" width="34" height="16" aria-hidden="true">'
        f"{sample}</svg>{safe(text)}</span>"
        for sample, text in entries
    )
    words = "".join(f"<span>{safe(text)}</span>" for text in plain)
    return f'<div class="bd-legend">{samples}{words}</div>'

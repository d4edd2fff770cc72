"""The faces of official documents: the office's licensed fonts first, a free one where there is none.

Without this every Chinese face an unlicensed machine lacks becomes the same sans serif.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from documents.press.ooxml import BODY_FONT, HEAD_FONT, LATIN_FONT, NUMBER_FONT, SUB_FONT, TITLE_FONT

SECONDS = 20
HOST_FONTS = Path("/etc/fonts/fonts.conf")
RULES_HEAD = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


@dataclass(frozen=True)
class Face:
    """One face. Shape: ``names`` are what documents call it, ``free`` what may stand for it, best first."""

    names: tuple[str, ...]
    free: tuple[str, ...]
    is_bold: bool = False


FACES = (
    Face((BODY_FONT, "仿宋", "FangSong", "FangSong_GB2312"), ("FandolFang", SERIF)),
    Face((SUB_FONT, "楷体", "KaiTi", "KaiTi_GB2312"), ("AR PL UKai CN", "LXGW WenKai", SERIF)),
    Face((TITLE_FONT, "FZXiaoBiaoSong-B05S", "方正小标宋_GBK"), (SERIF,), is_bold=True),
    Face((HEAD_FONT, "SimHei"), (SANS,)),
    Face((NUMBER_FONT, "SimSun", "NSimSun"), (SERIF,)),
    Face((LATIN_FONT,), ("Liberation Serif",)),
)


def font_rules(folders: Sequence[Path], installed: Collection[str]) -> str:
    """What tells fontconfig which faces stand for which. Shape: an XML file; ``installed`` are families.

    Source: S80, 5.2.2 (faces).
    """
    rules = [_rule(name, face) for face in FACES for name in face.names if name not in installed]
    dirs = [f"<dir>{escape(str(folder))}</dir>" for folder in folders]
    told = "\n".join([*dirs, f'<include ignore_missing="yes">{HOST_FONTS}</include>', *rules])
    return f"{RULES_HEAD}<fontconfig>\n{told}\n</fontconfig>\n"


def _rule(name: str, face: Face) -> str:
    weight = '<edit name="weight" mode="assign"><const>bold</const></edit>' if face.is_bold else ""
    stands = "".join(f"<string>{one}</string>" for one in face.free)
    return (
        f'<match target="pattern"><test name="family" qual="any"><string>{name}</string></test>'
        f'<edit name="family" mode="append" binding="same">{stands}</edit>{weight}</match>'
    )


def families(rules: Path | None) -> set[str]:
    """Every installed family by all its names. Effects: runs fc-list."""
    return {name for line in _listed(rules, "%{family}\n") for name in line.split(",") if name}


def fonts_digest(rules: Path) -> str:
    """What changes when a Chinese font comes, goes or changes. Effects: runs fc-list."""
    files = sorted({Path(line) for line in _listed(rules, "%{file}\n", ":lang=zh-cn")})
    told = "\n".join(f"{file.name} {file.stat().st_size}" for file in files if file.is_file())
    return hashlib.sha256(told.encode()).hexdigest()


def stand_ins(rules: Path) -> dict[str, str]:
    """Which installed family prints each face. Effects: runs fc-match."""
    asked = {face.names[0]: f"{face.names[0]}:lang=zh-cn" for face in FACES}
    return {name: _run(rules, ["fc-match", "-f", "%{family[0]}", query]) for name, query in asked.items()}


def uncovered(signs: Collection[str], rules: Path) -> list[str]:
    """The signs that no installed font can draw, in their order. Effects: runs fc-list for each rare one."""
    rare = sorted({sign for sign in signs if not _is_everyday(sign)})
    return [sign for sign in rare if not _listed(rules, "%{family}\n", f":charset={ord(sign):x}")]


def _is_everyday(sign: str) -> bool:
    """Whether every Chinese font has it: what GB 2312 counts."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _listed(rules: Path | None, form: str, query: str = ":") -> list[str]:
    return [line for line in _run(rules, ["fc-list", "-f", form, query]).splitlines() if line]


def _run(rules: Path | None, command: list[str]) -> str:
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"}
    if rules is not None:
        environment |= {"FONTCONFIG_FILE": str(rules), "HOME": str(rules.parent)}
    answer = subprocess.run(  # noqa: S603  (our own arguments, no shell)
        command, env=environment, capture_output=True, text=True, timeout=SECONDS, check=True
    )
    return answer.stdout


def fitting(name: str) -> set[str]:
    """The families that may stand for a face: itself and its free ones, but a serif for no other hand."""
    face = next(one for one in FACES if name in one.names)
    best = face.free if len(face.free) == 1 else face.free[:-1]
    return {*face.names, *best}

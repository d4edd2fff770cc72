"""Two bars that stand in tables: working days used of a promise, and one value against others."""

from __future__ import annotations

from projects.press.svg import box, num, path, safe


def countdown(used_workdays: int, total_workdays: int, *, width: float = 92.0, label: str = "") -> str:
    """One cell a working day: used, left, and past the promise. The words stand beside it, or in ``label``.

    Raises: ValueError, when days are negative.
    """
    if used_workdays < 0 or total_workdays < 0:
        raise ValueError("working days are not negative")
    late = max(used_workdays - total_workdays, 0)
    cells = total_workdays + late
    pitch = width / max(cells, 1)
    parts = [
        box(
            "cd-late" if at >= total_workdays else "cd-used" if at < used_workdays else "cd-left",
            x=at * pitch, y=3, width=max(1.2, pitch - 1.4), height=8, extra='rx="1"',
        )
        for at in range(cells)
    ]  # fmt: skip
    return _svg("bd-cd", width, 14, label, parts)


def bar(
    value: float,
    most: float,
    *,
    width: float = 90.0,
    tone: str = "",
    mark: float | None = None,
    label: str = "",
) -> str:
    """A horizontal bar of ``value`` where ``most`` fills it; ``mark`` is a line to measure against.

    ``tone`` is empty, ``quiet`` or ``good``.
    """
    share = width / most if most > 0 else 0.0
    parts = [box("hb-bg", x=0, y=3, width=width, height=6, extra='rx="1.5"')]
    filled = min(max(1.5, value * share), width)
    parts.append(
        box("hb-fg" + (f" hb-{tone}" if tone else ""), x=0, y=3, width=filled, height=6, extra='rx="1.5"')
    )
    if mark is not None:
        parts.append(path(f"M{num(min(mark * share, width))} 0V12", "hb-mark"))
    return _svg("bd-hb", width, 12, label, parts)


def _svg(classes: str, width: float, height: int, text: str, parts: list[str]) -> str:
    named = f'role="img" aria-label="{safe(text)}"' if text else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{classes}" viewBox="0 0 {num(width)} {height}"'
        f' width="{num(width)}" height="{height}" {named}>{"".join(parts)}</svg>'
    )

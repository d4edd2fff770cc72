"""Files of the catalogue as a person edits them: the shipped ones with a row changed."""

from approvals.services.ship_catalogue import shipped_files


def with_row(file: str, old: str, new: str) -> dict[str, bytes]:
    """One shipped file with a piece of its text replaced; the piece must be there."""
    text = shipped_files()[file].decode()
    assert old in text
    return {file: text.replace(old, new, 1).encode()}


def without_line(file: str, start: str) -> dict[str, bytes]:
    """One shipped file without the line that starts so."""
    lines = shipped_files()[file].decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) == len(lines) - 1
    return {file: "".join(kept).encode()}

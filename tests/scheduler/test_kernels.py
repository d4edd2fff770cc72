"""Compiled loops belong to the sources they were compiled from, and to no others."""

from scheduler.compiled import folder_for
from scheduler.kernels import drop_others


def test_a_change_in_any_source_gives_another_folder(tmp_path):
    (tmp_path / "loops.py").write_text("one = 1\n")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "called.py").write_text("two = 2\n")
    before = folder_for(tmp_path, tmp_path / "kept")

    assert folder_for(tmp_path, tmp_path / "kept") == before
    (tmp_path / "below" / "called.py").write_text("two = 3\n")
    assert folder_for(tmp_path, tmp_path / "kept") != before


def test_what_was_compiled_from_other_sources_is_forgotten_and_nothing_else(tmp_path):
    present, older, other = (tmp_path / name for name in ("loops-b", "loops-a", "somebody-elses"))
    for folder in (present, older, other):
        folder.mkdir()
        (folder / "code.nbc").write_bytes(b"")

    assert drop_others(present) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loops-b", "somebody-elses"]

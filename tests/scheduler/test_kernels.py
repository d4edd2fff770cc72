"""Compiled code is kept only while no source beside it is newer."""

import os

from scheduler.kernels import drop_stale


def test_code_compiled_before_any_source_changed_is_forgotten(tmp_path):
    cache = tmp_path / "portfolio" / "__pycache__"
    cache.mkdir(parents=True)
    for name, at in (("rooms.py", 20), ("__pycache__/decode.nbi", 10), ("__pycache__/decode.1.nbc", 30)):
        path = tmp_path / "portfolio" / name
        path.write_text(name)
        os.utime(path, (at, at))

    # the index is older than rooms.py, so nothing compiled can be trusted
    assert drop_stale(tmp_path) == 2
    assert list(cache.iterdir()) == []


def test_code_compiled_after_the_last_change_stays(tmp_path):
    cache = tmp_path / "__pycache__"
    cache.mkdir()
    for path, at in ((tmp_path / "rooms.py", 20), (cache / "decode.nbi", 30)):
        path.write_text("")
        os.utime(path, (at, at))

    assert drop_stale(tmp_path) == 0
    assert (cache / "decode.nbi").exists()

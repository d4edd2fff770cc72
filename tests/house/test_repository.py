"""What is committed works on any machine: nothing points at one machine, one registry or one moment."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT, committed, sources

# Words of a specification, examples and this machine; anything else would be fetched from somewhere.
HARMLESS_HOSTS = re.compile(
    r"(127\.0\.0\.1|localhost|www\.w3\.org|schemas\.[\w.]*openxmlformats\.org|schemas\.microsoft\.com|openoffice\.org"
    r"|purl\.org|json-schema\.org|([\w-]+\.)*example(\.\w+)?)$"
)
PROSE = {".md", ".csv", ".html", ".po", ".ics"}
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*==\S+")


def _code():
    return [(path, text) for path, text in committed() if path.suffix not in PROSE]


def test_no_file_names_a_host_to_fetch_from():
    foreign = [
        (str(path), host)
        for path, text in _code()
        for host in re.findall(r"\bhttps?://([\w.-]+)", text)
        if not HARMLESS_HOSTS.match(host)
    ]

    assert not foreign


def test_no_file_names_a_place_on_somebodys_machine():
    personal = re.compile(r"""(?<![\w./*-])/(work|root|home|Users)/\w""")
    found = [str(path) for path, text in committed() if personal.search(text)]

    assert not found


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_pinned_package_has_hashes_and_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)

    assert len(entries) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert [entry.split()[0] for entry in entries if not PINNED.match(entry)] == []
    assert not re.search(r"://|index-url|find-links|trusted-host| @ ", text)


def test_checking_uses_the_same_packages_as_running():
    running, checking = (
        set(re.findall(r"^([a-z0-9._-]+==[^ \\]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert running <= checking


def test_every_requirement_written_by_hand_is_pinned():
    for name in ("requirements", "requirements-dev"):
        lock = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
        pinned = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
        wanted = re.findall(r"^([\w.-]+)", (ROOT / f"{name}.in").read_text(encoding="utf-8"), re.MULTILINE)

        assert {name.lower() for name in wanted if not name.startswith("-")} <= pinned, "run `make lock`"


def test_make_alone_lists_every_target():
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: (\w+)$", makefile, re.MULTILINE)) - {"help"}

    assert targets == set(re.findall(r"make (\w+)", listed.stdout)) - {"help"}
    assert {"setup", "run", "check", "test", "golden", "bench", "docs", "lock", "messages"} <= targets


def test_every_broad_except_stands_where_errors_end():
    kernel = Path("concierge/kernel")
    ends = {kernel / name for name in ("celery.py", "crew.py", "jobs.py")}  # a job, or the round of a relay
    ends |= {kernel / name for name in ("answers.py", "web.py", "cli.py")}  # a request, or a command
    broad = {
        path
        for path in sources()
        if re.search(r"except Exception\b|except:", (ROOT / path).read_text(encoding="utf-8"))
    }

    assert broad <= ends


def test_every_suppressed_warning_says_why():
    bare = re.compile(r"#\s*(noqa|type:\s*ignore)(:?\s*[A-Z0-9, ]+|\[[\w, -]+\])?\s*$", re.MULTILINE)
    found = [
        f"{path}: {match.group(0)}"
        for path, text in committed()
        if path.suffix == ".py"
        for match in bare.finditer(text)
        if "type" not in match.group(1)
    ]

    assert not found

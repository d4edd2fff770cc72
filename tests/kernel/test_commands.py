"""The verbs of the command line, as an operator types them: a status, and one sentence when it is not 0."""

import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from concierge.kernel import addon, cli, clock
from concierge.kernel.tokens import without_tokens
from run import VERBS
from tests.services.server import Server, free_ports, is_listening

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def environment(home, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CONCIERGE_", "PORT"))}
    more = {name: str(value) for name, value in more.items()}
    return kept | {"CONCIERGE_HOME": str(home), "CONCIERGE_ADDONS": "tests.kernel.trial", "LANG": "C"} | more


@dataclass(frozen=True)
class Done:
    """What came of a verb."""

    returncode: int
    stdout: str
    stderr: str


def run(home, *words, **more):
    """Run a verb to its end, in this process: starting one for each would cost seconds."""
    out, err = io.StringIO(), io.StringIO()
    before, addons = os.environ.copy(), addon.installed()
    try:
        os.environ.clear()
        os.environ.update(environment(home, **more))
        with redirect_stdout(out), redirect_stderr(err):
            status = cli.main([str(word) for word in words], VERBS)
    except SystemExit as end:
        status = end.code
    finally:
        os.environ.clear()
        os.environ.update(before)
        addon._loaded = addons
        clock.fix(None)
    return Done(status, out.getvalue(), err.getvalue())


def refused(done):
    """The one sentence a refused verb leaves."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


@pytest.fixture(scope="module")
def kept_home(tmp_path_factory):
    """A home that was set up, kept for copying."""
    home = tmp_path_factory.mktemp("kept") / "home"
    done = run(home, "setup")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def ready_home(kept_home, home):
    """A home of this test's own that was set up."""
    with closing(sqlite3.connect(kept_home / "concierge.sqlite")) as source:
        home.mkdir()
        with closing(sqlite3.connect(home / "concierge.sqlite")) as target:
            source.backup(target)
    (home / "secret_key").write_text((kept_home / "secret_key").read_text())
    return home


def change(home, statement):
    with closing(sqlite3.connect(home / "concierge.sqlite")) as connection, connection:
        connection.execute(statement)


def test_help_starts_at_once_because_nothing_of_the_web_is_loaded():
    asked = (
        "import sys; from concierge.kernel import cli\n"
        "try: cli.main(['--help'], {})\n"
        "except SystemExit as end: status = end.code\n"
        "print(status, sorted({'flask', 'sqlalchemy', 'celery', 'numpy'} & sys.modules.keys()))"
    )

    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "0 []"


def test_help_names_every_verb(home):
    told = run(home, "--help").stdout

    own = ["serve", "worker", "beat", "setup", "audit", "backup", "restore", "doctor", "replay"]
    assert all(re.search(rf"^    {verb} ", told, re.MULTILINE) for verb in (*own, *VERBS))


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        [],
        ["backup"],
        ["audit"],
        ["replay", "abc"],
        ["replay", str(2**63)],
        ["replay", "0", "--job"],
        ["worker", "--hands", "0"],
    ],
)
def test_wrong_usage_is_status_2(home, words):
    done = run(home, *words)

    assert done.returncode == 2
    assert "usage:" in done.stderr
    assert not home.exists()


def test_a_place_that_cannot_be_used_is_named(tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file where a folder should be")

    said = refused(run(taken / "home", "setup"))

    assert f"{taken / 'home'} cannot be used: Not a directory." in said


def test_a_setting_that_is_wrong_is_named(home):
    assert "PORT='ten'" in refused(run(home, "setup", PORT="ten"))
    assert "CONCIERGE_TODAY='tomorrow'" in refused(run(home, "doctor", CONCIERGE_TODAY="tomorrow"))


def test_a_sentence_is_said_in_the_operators_language(home):
    said = refused(run(home, "backup", home / "b.tar.gz", LANG="zh_CN.UTF-8"))

    assert re.search("[一-鿿]", said)


def test_set_up_may_be_repeated(ready_home):
    done = run(ready_home, "setup")

    assert done.returncode == 0
    assert done.stderr == ""


def test_the_doctor_finds_a_fresh_set_up_well(ready_home):
    done = run(ready_home, "doctor")

    assert done.returncode == 0, done.stdout
    found = dict(re.findall(r"^(?:ok|watch|WRONG) +(\w+) +(.+)$", done.stdout, re.MULTILINE))
    assert list(found) == [
        "home", "disk", "date", "database", "schema", "storage", "files", "jobs", "workers", "audit",
        "broker",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE alembic_version SET version_num = 'older'", "WRONG  schema"),
        (
            (
                "INSERT INTO kernel_job (task, args, state, due_at, attempts, made_at)"
                " VALUES ('a:b', '{}', 'queued', '2019-01-01 00:00:00', 0, '2019-01-01 00:00:00')"
            ),
            "WRONG  workers",
        ),
        (
            (
                "INSERT INTO kernel_audit (at, actor, act, facts, seal)"
                " VALUES ('2019-01-01 00:00:00', 'nobody', 'Nothing', '{}', 'x')"
            ),
            "WRONG  audit",
        ),
    ],
    ids=["schema", "workers", "audit"],
)
def test_the_doctor_names_what_is_wrong(ready_home, harm, said):
    change(ready_home, harm)

    done = run(ready_home, "doctor")

    assert said in done.stdout
    assert "WRONG" in refused(done)


def test_dead_jobs_are_to_be_watched_and_no_reason_to_fail(ready_home):
    change(
        ready_home,
        "INSERT INTO kernel_job (task, args, state, attempts, made_at)"
        " VALUES ('a:b', '{}', 'dead', 8, '2019-01-01 00:00:00')",
    )

    done = run(ready_home, "doctor")

    assert done.returncode == 0
    assert "watch  jobs      1 jobs gave up" in done.stdout


def test_a_whole_trace_is_verified_and_an_altered_one_is_not(ready_home):
    assert run(ready_home, "audit", "verify").returncode == 0
    change(
        ready_home,
        "INSERT INTO kernel_audit (at, actor, act, facts, seal)"
        " VALUES ('2019-01-01 00:00:00', 'nobody', 'Nothing', '{}', 'x')",
    )

    assert re.match(r"Audit line \d+ was altered", refused(run(ready_home, "audit", "verify")))


def test_a_system_is_kept_and_put_back(ready_home, tmp_path):
    file, elsewhere = tmp_path / "kept.tar.gz", tmp_path / "elsewhere"

    assert run(ready_home, "backup", file).returncode == 0
    assert "exists already" in refused(run(ready_home, "backup", file))
    assert run(elsewhere, "restore", file).returncode == 0
    assert "--force" in refused(run(elsewhere, "restore", file))
    assert run(elsewhere, "restore", file, "--force").returncode == 0
    assert run(elsewhere, "doctor").returncode == 0


def test_an_archive_that_is_none_is_refused(ready_home, tmp_path):
    (tmp_path / "letter.tar.gz").write_text("Dear Sir")

    assert "is not a whole backup" in refused(
        run(ready_home, "restore", tmp_path / "letter.tar.gz", "--force")
    )
    assert "is not a whole backup" in refused(
        run(ready_home, "restore", tmp_path / "nothing.tar.gz", "--force")
    )
    assert run(ready_home, "doctor").returncode == 0


def test_an_event_is_delivered_again_and_a_dead_job_tried_again(ready_home):
    change(
        ready_home,
        "INSERT INTO kernel_event (id, at, name, facts) VALUES"
        " (801, '2026-04-15 00:00:00', 'tests.kernel.trial.events:PaperFiled', '{\"name\": \"licence\"}')",
    )
    change(
        ready_home,
        "INSERT INTO kernel_job (id, task, args, state, attempts, made_at)"
        " VALUES (901, 'a:b', '{}', 'dead', 8, '2019-01-01 00:00:00')",
    )

    assert "to 2 handlers" in run(ready_home, "replay", 801).stdout
    assert run(ready_home, "replay", 901, "--job").returncode == 0
    assert "has not given up" in refused(run(ready_home, "replay", 901, "--job"))
    refused(run(ready_home, "replay", 4711))

    with closing(sqlite3.connect(ready_home / "concierge.sqlite")) as connection:
        queued = connection.execute("SELECT count(*) FROM kernel_job WHERE state = 'queued'").fetchone()
        acts = connection.execute(
            "SELECT act FROM kernel_audit WHERE act LIKE '%Re%ed' ORDER BY id"
        ).fetchall()
    assert queued == (3,)
    assert [act for act in acts if act[0] in ("EventReplayed", "JobRetried")] == [
        ("EventReplayed",),
        ("JobRetried",),
    ]


def test_a_database_that_is_away_is_said_in_one_sentence(home):
    (port,) = free_ports(1)

    done = run(
        home,
        "doctor",
        CONCIERGE_DATABASE_URL=f"postgresql://nobody:nothing@127.0.0.1:{port}/none",
        CONCIERGE_SECRET_KEY="x" * 32,
    )

    refused(done)
    assert "nothing" not in done.stdout + done.stderr


# ---- serving -------------------------------------------------------------------------------------------

SERVE = (
    "import sys; from concierge.kernel.cli import AddonVerb, main\n"
    "verbs = {'demo': AddonVerb('tests.kernel.trial.demo:main', 'load', needs_app=True)}\n"
    "sys.exit(main(sys.argv[1:], verbs))"
)


@pytest.fixture
def site(home, tmp_path):
    """A server on an empty home, with a demonstration of its own, answering."""
    (port,) = free_ports(1)
    folder = tmp_path / "serving"
    folder.mkdir()
    server = Server(
        folder,
        [sys.executable, "-c", SERVE, "serve"],
        lambda: is_listening(port) and how_many_are_done(asked(port, "/metrics")[1]) > 0,
        environment=environment(home, PORT=str(port), PYTHONPATH=str(ROOT)),
        working_directory=ROOT,
    )
    server.start()
    server.port = port
    yield server
    server.stop()


def how_many_are_done(metrics):
    found = re.search(r'concierge_jobs\{state="done"\} (\d+)', metrics)
    return int(found[1]) if found else 0


def asked(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_first_start_sets_up_loads_the_demonstration_and_says_how_to_come_in(site, home):
    status, told = asked(site.port, "/health/ready")

    said = site.log.read_text()
    assert (status, json.loads(told)["status"]) == (200, "ready")
    assert f"Open http://127.0.0.1:{site.port}/" in said
    assert re.search(r"^  Keeper +keeper +s3cret-of-the-demo$", said, re.MULTILINE)


def test_jobs_are_done_within_the_server(site):
    _, told = asked(site.port, "/metrics")

    assert how_many_are_done(told) >= 1


def test_the_access_log_has_neither_queries_nor_keys(site):
    key = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA"

    asked(site.port, f"/p/{key}?name=amy")
    site.stop()

    said = site.log.read_text()
    assert '"GET /p/Zm9vYm…" 404' in said
    assert key not in said
    assert "amy" not in said


def test_asked_to_end_the_server_ends_and_leaves_a_whole_database(site, home):
    assert site.stop() == 0

    assert not is_listening(site.port)
    assert run(home, "doctor").returncode == 0
    assert not (home / "concierge.sqlite-wal").exists()


def test_ctrl_c_ends_everything(site):
    group = site._process.pid

    os.killpg(group, signal.SIGINT)  # as a terminal does: to the whole group
    site._process.wait(timeout=30)

    assert site._process.returncode == 0
    assert "Traceback" not in site.log.read_text()
    assert not is_listening(site.port)
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


def test_a_port_that_is_taken_is_said_before_anything_is_set_up(site, tmp_path):
    elsewhere = tmp_path / "elsewhere"

    said = refused(run(elsewhere, "serve", PORT=site.port))

    remedy = f"Stop the other program, or choose one: PORT={site.port + 1}."
    assert said == f"Port {site.port} of 127.0.0.1 is taken. {remedy}"
    assert not elsewhere.exists()


def test_nothing_is_restored_under_a_running_server(site, home, tmp_path):
    file = tmp_path / "kept.tar.gz"
    assert run(home, "backup", file).returncode == 0

    assert "Stop the server" in refused(run(home, "restore", file, "--force"))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/projects/7/steps/07", "/projects/7/steps/07"),
        ("/catalogue/industrial-start-on-land", "/catalogue/industrial-start-on-land"),
        ("/p/qyg_p_Zm9vYmFyYmF6cXV4MTIzNDU2", "/p/qyg_p_…"),
        ("/feeds/Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA.ics", "/feeds/Zm9vYm….ics"),
    ],
)
def test_only_keys_are_cut_from_an_address(path, told):
    assert without_tokens(path) == told

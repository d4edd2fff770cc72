"""A real server as a child of the test run: own process group, loopback only, gone when the run is gone."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LOOPBACK = "127.0.0.1"
START_LIMIT_SECONDS = 60  # a first start on a machine busy with other work; usually under two seconds
STOP_LIMIT_SECONDS = 10
LONGEST_PAUSE_SECONDS = 0.3


class ServerFailed(RuntimeError):
    """A server did not start; the message carries the end of its log."""


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now, all different.

    Kept below 32768, where the kernel takes no ports for outgoing connections: one handed out here is not
    taken by a client before its server starts.
    """
    with contextlib.ExitStack() as held:
        found: list[int] = []
        candidate = 10_000 + int.from_bytes(os.urandom(2)) % 20_000
        while len(found) < count:
            candidate = 10_000 + (candidate - 10_000 + 1) % 22_000
            probe = held.enter_context(socket.socket())
            with contextlib.suppress(OSError):
                probe.bind((LOOPBACK, candidate))
                found.append(candidate)
        return found


class Server:
    """One child process, started on demand, killable, always stopped.

    Effects: writes ``log`` in its folder; the whole process group ends with ``stop`` and, on Linux, with us.
    """

    def __init__(
        self,
        folder: Path,
        command: Sequence[str | Path],
        is_ready: Callable[[], bool],
        *,
        environment: Mapping[str, str] | None = None,
        user: int | None = None,
        working_directory: Path | None = None,
    ) -> None:
        self.folder = folder
        self.log = folder / "log"
        self._command = [str(word) for word in command]
        self._is_ready = is_ready
        self._environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **(environment or {})}
        self._user = user
        self._working_directory = working_directory or folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the child is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the child and come back when it answers.

        Raises: ServerFailed, when it ends or stays silent.
        """
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._working_directory,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user is not None else None,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        give_up_at = time.monotonic() + START_LIMIT_SECONDS
        pause_seconds = 0.02
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > give_up_at:
                self.kill()
                raise ServerFailed(f"{self._command[0]}: {self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(pause_seconds)
            pause_seconds = min(2 * pause_seconds, LONGEST_PAUSE_SECONDS)

    def stop(self) -> int | None:
        """Ask the child to end, and see to it; answers its exit status, or nothing if it had to be killed."""
        if self._process is None:
            return None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_LIMIT_SECONDS)
        status = self._process.poll()
        self.kill()
        return status

    def kill(self) -> None:
        """What a power switch does to the process group: no word, no time to finish."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


def is_listening(port: int) -> bool:
    """Whether somebody accepts connections on this port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((LOOPBACK, port)) == 0


def _end_with_parent() -> None:
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)

"""No test leaves the machine: any connection or look-up beyond loopback fails at once, whoever makes it."""

import ipaddress
import sys

import pytest


class LeavesTheMachine(RuntimeError):
    """Something under test wants to talk to another machine."""


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if not isinstance(name, str) or name in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]  # (host, port, …), or the path of a local socket
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        raise LeavesTheMachine(f"a test asked for {host}")


def pytest_configure(config: pytest.Config) -> None:
    """Watch from the first import on; an audit hook stays for the life of the process."""
    if not hasattr(sys, "_concierge_watches_sockets"):
        sys._concierge_watches_sockets = True
        sys.addaudithook(_watch)

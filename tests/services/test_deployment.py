"""docker-compose.yml, played through on this machine: its commands, its settings, its health checks."""

import pytest
import urllib3

pytestmark = [pytest.mark.postgres, pytest.mark.broker, pytest.mark.s3]


def test_the_commands_of_the_containers_bring_up_the_whole_system(deployment):
    first = deployment.run("setup")
    assert first.returncode == 0, first.stderr
    again = deployment.run("setup")
    assert again.returncode == 0, again.stderr

    web = deployment.start("web")
    worker = deployment.start("worker")
    beat = deployment.start("beat", is_ready=lambda: deployment.has_said("beat", "Keeping time"))

    address = deployment.environment("web")["CONCIERGE_PUBLIC_URL"]
    with urllib3.PoolManager() as pool:
        page = pool.request("GET", f"{address}/", redirect=False)
        assert page.status == 302
        assert "/login" in page.headers["Location"]
    assert beat.is_running

    assert [part.stop() for part in (beat, worker, web)] == [0, 0, 0], "each part ends when it is told to"

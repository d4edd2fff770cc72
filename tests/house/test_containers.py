"""The image and the Compose file, checked without a Docker engine: schema, settings, secrets, privileges."""

import json
import re
import subprocess
import sysconfig
from dataclasses import fields
from pathlib import Path

import pytest
from compose_spec import PyCompose

from concierge.kernel.config import Settings, settings_from
from tests.services.deployment import ROOT, VariableMissing, composed, required_variables

OURS = ("setup", "web", "worker", "beat")
ENVIRONMENT = {
    "CONCIERGE_PUBLIC_URL": "https://concierge.example.org",
    "CONCIERGE_SECRET_KEY": "a5" * 32,
    "CONCIERGE_PROXY_HOPS": "1",
    "POSTGRES_PASSWORD": "b5" * 32,
    "BROKER_PASSWORD": "c5" * 32,
    "CONCIERGE_S3_ACCESS_KEY": "d5" * 10,
    "CONCIERGE_S3_SECRET_KEY": "e5" * 32,
    "WEB_ADDRESS": "127.0.0.1:8080",
}


@pytest.fixture(scope="module")
def compose():
    return composed(ENVIRONMENT)


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def test_compose_accepts_the_file_and_every_name_in_it_leads_somewhere(compose):
    parsed = PyCompose.from_json(json.dumps(compose))

    parsed.validate()
    assert set(parsed.service_names()) == {*OURS, "postgres", "broker", "storage"}
    for name, service in compose["services"].items():
        assert set(service.get("depends_on", {})) <= set(compose["services"]), name


def test_every_volume_is_declared_and_used(compose):
    mounted = {mount.split(":")[0] for s in compose["services"].values() for mount in s["volumes"]}

    assert mounted == set(compose["volumes"])


@pytest.mark.parametrize("missing", sorted(ENVIRONMENT))
def test_nothing_starts_while_a_secret_or_address_is_missing(missing):
    with pytest.raises(VariableMissing, match=missing):
        composed({**ENVIRONMENT, missing: ""})


def test_the_example_environment_names_exactly_what_is_required_and_gives_away_no_secret():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    example = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))

    assert set(example) == required_variables() == set(ENVIRONMENT)
    assert not [name for name, value in example.items() if value and re.search("PASSWORD|KEY", name)]


def test_every_setting_in_the_containers_is_one_the_program_reads(services):
    known = {field.metadata["env"] for field in fields(Settings)}
    image = set(re.findall(r"\b(CONCIERGE_\w+|PORT)=", (ROOT / "Dockerfile").read_text(encoding="utf-8")))

    assert image <= known
    for name in OURS:
        assert set(services[name]["environment"]) <= known, name


def test_the_program_accepts_the_settings_and_takes_them_for_a_real_system(services):
    settings = settings_from(services["web"]["environment"])

    assert not settings.is_embedded
    assert settings.sqlalchemy_url.startswith("postgresql+psycopg://concierge:")
    assert settings.today is None
    assert settings.s3_secure is False


def test_one_image_serves_all_parts_with_the_same_settings(services):
    parts = [services[name] for name in OURS]

    assert len({part["image"] for part in parts}) == 1
    assert all(part["environment"] == parts[0]["environment"] for part in parts)


def test_everything_waits_until_the_set_up_is_done(services):
    for name in ("web", "worker", "beat"):
        waits = services[name]["depends_on"]

        assert waits["setup"] == {"condition": "service_completed_successfully"}
        assert waits["postgres"] == waits["broker"] == waits["storage"] == {"condition": "service_healthy"}


def test_whatever_answers_others_has_a_health_check(services):
    for name, service in services.items():
        check = service["healthcheck"]

        assert (name in ("setup", "beat")) == ("disable" in check), name
        assert "disable" in check or {"test", "interval", "timeout", "retries"} <= set(check), name


def test_every_image_has_a_version(services):
    stages = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    foreign = [service["image"] for name, service in services.items() if name not in OURS]

    assert stages
    for image in stages + foreign:
        assert re.search(r":\d+\.\d+", image), f"{image} may change under us"


def test_no_container_can_do_more_than_it_must(services):
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert name in OURS or service["user"] not in ("", "root", "0"), name
        assert "privileged" not in service, name
    assert re.search(r"^USER 10001", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)


def test_only_the_web_server_can_be_reached_from_outside(compose, services):
    assert compose["networks"]["inside"] == {"internal": True}
    assert [name for name, service in services.items() if "ports" in service] == ["web"]
    assert [name for name, service in services.items() if "outside" in service["networks"]] == ["web"]


def test_the_image_holds_what_it_is_told_to_copy_and_nothing_else():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = {word.rstrip("/") for word in re.findall(r"^COPY (?!--from)(\S+)", dockerfile, re.MULTILINE)}
    let_in = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))

    assert copied == let_in
    for name in copied:
        assert (ROOT / name).exists(), name
    packages = {folder.parent.name for folder in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert packages <= copied


def test_the_dockerfile_has_no_fault_a_linter_knows():
    linter = Path(sysconfig.get_path("scripts")) / "hadolint"

    found = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stdout

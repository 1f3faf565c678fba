"""The files in deploy/: whole, about settings and paths that there are, with nothing public that is
for inside. No container engine is asked to build or start them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.__main__ import command_line
from bot.settings import Settings, SettingsError, read_settings
from bot.stopping import LONGEST_STOP
from bot.wiring import Program, build

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CADDY = (DEPLOY / "Caddyfile").read_text("utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
KUBERNETES = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8")))
SERVICES = COMPOSE["services"]
SERVERS = {name: one for name, one in SERVICES.items() if re.fullmatch(r"hourbridge-\d", name)}
INSIDE = {"/health/live", "/health/accepting", "/health/ready", "/metrics", "/figures"}
READ = set(re.findall(r'of\("([A-Z_]+)"', (ROOT / "bot/settings.py").read_text("utf-8")))


@pytest.fixture
def program(sqlite_url: str) -> Program:
    return build(
        Settings(
            database_url=sqlite_url,
            secrets=("s" * 40,),
            slack_signing_secret="signing",
            slack_client_id="id",
            slack_client_secret="secret",
            public_url="https://hours.example",
            teams_app_id="app",
            teams_app_password="password",
        )
    )


def kind(name: str) -> Any:
    [found] = [one for one in KUBERNETES if one["kind"] == name]
    return found


def matches(public: str, path: str) -> bool:
    return path == public or (public.endswith("*") and path.startswith(public[:-1]))


async def test_the_proxies_pass_on_every_public_path_and_no_other(program: Program) -> None:
    routes = {route.resource.canonical for route in program.web.router.routes() if route.resource}
    assert routes >= INSIDE
    [line] = re.findall(r"@public path (.*)", CADDY)
    for path in routes:
        bare = re.sub(r"\{.*", "", path)
        assert any(matches(one, bare) for one in line.split()) is (path not in INSIDE), path
    ingress = kind("Ingress")["spec"]["rules"][0]["http"]["paths"]
    for path in routes:
        passed = any(
            path == one["path"]
            or (one["pathType"] == "Prefix" and path.startswith(one["path"] + "/"))
            for one in ingress
        )
        assert passed is (path not in INSIDE), path


def test_every_setting_of_the_files_is_one_that_is_read() -> None:
    named = {
        name.removesuffix("_FILE")
        for server in (*SERVERS.values(), SERVICES["migrate"])
        for name in server["environment"]
    }
    named |= set(re.findall(r"\b((?:HOURBRIDGE|SLACK|MICROSOFT)_[A-Z_]+)=", CONTAINER))
    containers = kind("Deployment")["spec"]["template"]["spec"]["containers"]
    named |= {one["name"] for container in containers for one in container["env"]}
    assert named <= READ


def test_compose_starts_two_servers_after_one_migration_with_secrets_from_files() -> None:
    assert len(SERVERS) == 2
    assert f"reverse_proxy {' '.join(f'{name}:3978' for name in SERVERS)} {{" in CADDY
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"
    for server in SERVERS.values():
        assert server["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        grace = int(server["stop_grace_period"].removesuffix("s"))
        [drain] = re.findall(r"HOURBRIDGE_DRAIN_SECONDS=(\d+)", CONTAINER)
        assert grace > int(drain) + LONGEST_STOP
        assert "ports" not in server
        assert server["read_only"] is True
        for name, value in server["environment"].items():
            if name.endswith("_FILE"):
                secret = value.removeprefix("/run/secrets/")
                assert secret in server["secrets"]
                assert COMPOSE["secrets"][secret]["file"] == f"./secrets/{secret}"
            else:
                assert not re.search("SECRET|PASSWORD|TOKEN|KEY|DATABASE", name)
    assert "ports" not in SERVICES["database"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_compose_names_nothing_that_it_does_not_have() -> None:
    known = {"services", "networks", "volumes", "secrets", "name"}
    assert {name for name in COMPOSE if not name.startswith("x-")} == known
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        assert set(service.get("networks", ())) <= set(COMPOSE["networks"])
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert source.startswith("./") or source in COMPOSE["volumes"]
        commands = service.get("command", [])
        if service.get("image") == "hourbridge" and commands:
            assert command_line().parse_args(commands).run


def test_prometheus_asks_every_server_of_compose() -> None:
    [job] = yaml.safe_load((DEPLOY / "prometheus.yml").read_text("utf-8"))["scrape_configs"]
    asked = [target for group in job["static_configs"] for target in group["targets"]]
    assert asked == [f"{name}:3978" for name in SERVERS]


def test_the_container_runs_as_nobody_in_particular_what_the_lock_names() -> None:
    _head, *stages = CONTAINER.split("\nFROM ")
    assert len(stages) == 2
    assert "--require-hashes" in stages[0]
    assert "requirements.lock" in stages[0]
    assert re.search(r"^USER 10001$", stages[1], re.MULTILINE)
    assert "HEALTHCHECK" in stages[1]
    assert "/health/live" in stages[1]
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.MULTILINE):
        for name in copied.split():
            assert (ROOT / name).exists(), name


def test_kubernetes_gives_a_server_time_and_asks_it_where_it_answers() -> None:
    spec = kind("Deployment")["spec"]["template"]["spec"]
    [container] = spec["containers"]
    [drain] = [int(one["value"]) for one in container["env"] if "DRAIN" in one["name"]]
    assert spec["terminationGracePeriodSeconds"] > drain + LONGEST_STOP
    probes = {
        name: container[f"{name}Probe"]["httpGet"]["path"]
        for name in ("startup", "readiness", "liveness")
    }
    assert probes == {
        "startup": "/health/ready",
        "readiness": "/health/accepting",
        "liveness": "/health/live",
    }
    labels = kind("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert kind("Service")["spec"]["selector"] == labels
    assert kind("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    [job] = kind("Job")["spec"]["template"]["spec"]["containers"]
    assert job["args"] == ["migrate"]
    assert job["image"] == container["image"]


# Settings from files, as containers have them.


def test_a_setting_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.write_text("s" * 40 + "\n", "utf-8")
    found = read_settings({"HOURBRIDGE_SECRET_KEY_FILE": str(file)})
    assert found.secrets == ("s" * 40,)
    empty = tmp_path / "empty"
    empty.touch()
    assert not read_settings({"MICROSOFT_APP_PASSWORD_FILE": str(empty)}).teams_app_password


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    with pytest.raises(SettingsError, match=r"HOURBRIDGE_SECRET_KEY_FILE names .*cannot be read"):
        read_settings({"HOURBRIDGE_SECRET_KEY_FILE": gone})
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(SettingsError, match="is not text"):
        read_settings({"HOURBRIDGE_SECRET_KEY_FILE": str(binary)})


def test_a_setting_and_its_file_are_not_set_together() -> None:
    given = {"HOURBRIDGE_SECRET_KEY": "s" * 40, "HOURBRIDGE_SECRET_KEY_FILE": "/run/secrets/key"}
    with pytest.raises(SettingsError, match="both set"):
        read_settings(given)


@pytest.mark.parametrize("seconds", ["-1", "301", "1.5", "soon"])
def test_a_draining_that_makes_no_sense_is_refused(seconds: str) -> None:
    with pytest.raises(SettingsError, match="HOURBRIDGE_DRAIN_SECONDS"):
        read_settings({"HOURBRIDGE_DRAIN_SECONDS": seconds})

"""The larger installation, as far as it can be checked without a container engine."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url

from docs import generate

ROOT = Path(__file__).parents[1]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
DOCUMENT: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = DOCUMENT["services"]
OURS = sorted(name for name, service in SERVICES.items() if service["image"].startswith("isopolis:"))
PASSWORD = re.compile(r"password", re.IGNORECASE)
REQUIRED = re.compile(r"^\$\{[A-Z_]+:\?[^}]+\}$")


def environment(service: str) -> dict[str, str]:
    return {key: str(value) for key, value in SERVICES[service].get("environment", {}).items()}


def mounts(service: str) -> dict[str, str]:
    """Folder in the container, and the volume that lies there."""
    return {target: volume for volume, target in (item.split(":", 1) for item in SERVICES[service]["volumes"])}


def copied() -> list[str]:
    """What the Dockerfile takes from the repository."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return [path for line in lines for path in line.split()[:-1]]


def test_the_services_are_those_that_the_documentation_names() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert set(SERVICES) == {"postgres", "chroma", "build", "api", "crawl"}
    assert {name for name in SERVICES if f"| `{name}` |" not in page} == set()


def test_our_image_has_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert OURS == ["api", "build", "chroma", "crawl"]
    assert {SERVICES[name]["image"] for name in OURS} == {f"isopolis:{project['version']}"}
    assert {SERVICES[name]["build"]["context"] for name in OURS} == {"."}


def test_other_images_are_of_a_fixed_version() -> None:
    for name in set(SERVICES) - set(OURS):
        assert re.fullmatch(r"[a-z/]+:\d+[\w.-]*", SERVICES[name]["image"])


def test_volumes_are_declared_and_all_are_used() -> None:
    used = {volume for name in SERVICES for volume in mounts(name).values()}
    assert used == set(DOCUMENT["volumes"])


@pytest.mark.parametrize("service", ["api", "build", "crawl"])
def test_each_artefact_has_a_volume_under_the_home_folder(service: str) -> None:
    home = environment(service)["ISOPOLIS_HOME"]
    assert mounts(service) == {
        home: "home",
        f"{home}/snapshots": "snapshots",
        f"{home}/index": "index",
        f"{home}/models": "models",
    }


@pytest.mark.parametrize("service", OURS)
def test_the_image_has_the_folders_that_volumes_are_laid_over(service: str) -> None:
    """A folder that the image lacks would belong to root, and nothing could be written there."""
    made = re.findall(r"install -d (.+)$", DOCKERFILE, re.MULTILINE)[0].split()
    assert set(mounts(service)) <= set(made)


@pytest.mark.parametrize("service", SERVICES)
def test_services_wait_for_what_they_need(service: str) -> None:
    for needed, how in SERVICES[service].get("depends_on", {}).items():
        if how["condition"] == "service_healthy":
            assert "test" in SERVICES[needed]["healthcheck"]
        else:
            assert how["condition"] == "service_completed_successfully"
            assert SERVICES[needed]["restart"] == "no"


def test_hosts_in_addresses_are_services_that_are_waited_for() -> None:
    for name in ("api", "build", "crawl"):
        for variable in ("ISOPOLIS_DATABASE_URL", "ISOPOLIS_CHROMA_URL"):
            if address := environment(name).get(variable):
                assert make_url(address).host in SERVICES[name]["depends_on"]


def test_the_store_is_that_of_the_postgres_service() -> None:
    url = make_url(environment("build")["ISOPOLIS_DATABASE_URL"])
    store = environment("postgres")
    assert (url.username, url.database) == (store["POSTGRES_USER"], store["POSTGRES_DB"])
    assert url.password is None
    assert environment("build")["PGPASSWORD"] == store["POSTGRES_PASSWORD"]


def test_the_chroma_service_listens_where_it_is_looked_for() -> None:
    command = SERVICES["chroma"]["command"]
    listens = dict(zip(command[2::2], command[3::2], strict=True))
    assert make_url(environment("api")["ISOPOLIS_CHROMA_URL"]).port == int(listens["--port"])
    assert mounts("chroma")[listens["--path"]] == "chroma"
    assert f":{listens['--port']}/" in SERVICES["chroma"]["healthcheck"]["test"][-1]


def test_the_health_check_asks_the_port_that_is_served() -> None:
    command = SERVICES["api"]["command"]
    port = command[command.index("--port") + 1]
    assert f"127.0.0.1:{port}/health" in DOCKERFILE
    assert [item.rsplit(":", 1)[1] for item in SERVICES["api"]["ports"]] == [port]
    assert SERVICES["api"]["command"] == yaml.safe_load(re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[0])


def test_only_the_api_is_reachable_and_only_from_this_machine() -> None:
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["api"]
    assert all(item.startswith("127.0.0.1:") for item in SERVICES["api"]["ports"])


def test_only_what_keeps_something_in_the_store_gets_its_password() -> None:
    holders = {name for name in SERVICES if {"PGPASSWORD", "POSTGRES_PASSWORD"} & set(environment(name))}
    assert holders == {"postgres", "build", "crawl", "api"}


def test_only_what_sends_letters_gets_the_password_of_the_mail_server() -> None:
    assert {name for name in SERVICES if "ISOPOLIS_MAIL_PASSWORD" in environment(name)} == {"crawl", "api"}


def test_every_variable_of_ours_is_a_setting() -> None:
    known = {setting.variable for setting in generate.settings()}
    for content in (COMPOSE.read_text(encoding="utf-8"), DOCKERFILE, EXAMPLE):
        assert set(re.findall(r"\bISOPOLIS_[A-Z_]*[A-Z]\b", content)) <= known


@pytest.mark.parametrize("service", SERVICES)
def test_no_password_is_written_down(service: str) -> None:
    for key, value in environment(service).items():
        if PASSWORD.search(key):
            optional = key == "ISOPOLIS_MAIL_PASSWORD" and value == "${ISOPOLIS_MAIL_PASSWORD:-}"
            assert optional or REQUIRED.match(value), f"{key} must come from the environment and be required"


def test_the_example_holds_no_secret_and_names_what_is_required() -> None:
    required = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE.read_text(encoding="utf-8")))
    optional = set(re.findall(r"\$\{([A-Z_]+):-", COMPOSE.read_text(encoding="utf-8")))
    lines = [line for line in EXAMPLE.splitlines() if "=" in line and not line.startswith("# ")]
    values = dict(line.split("=", 1) for line in lines)
    assert {key for key, value in values.items() if not value and not key.startswith("#")} == required
    assert {key.removeprefix("#") for key in values if key.startswith("#")} == optional
    assert re.search(r"^\.env$", (ROOT / ".gitignore").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_image_copies_what_exists_and_what_is_not_ignored() -> None:
    allowed = {line.removeprefix("!") for line in IGNORED.splitlines() if line.startswith("!")}
    assert copied()
    for path in copied():
        assert (ROOT / path).exists()
        assert path.removeprefix("./") in allowed


def test_the_image_has_all_that_the_wheel_is_made_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])
    assert wheel | {project["project"]["readme"], "pyproject.toml"} <= set(copied())


def test_the_image_does_not_run_as_root_and_holds_no_secret() -> None:
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER isopolis$", last, re.MULTILINE)
    assert last.index("USER isopolis") < last.index("CMD [")
    assert not re.search(r"^(ARG|ENV) .*(PASSWORD|TOKEN|SECRET)", DOCKERFILE, re.MULTILINE)


def test_the_dependencies_of_the_image_are_those_of_the_package(tmp_path: Path) -> None:
    joined = DOCKERFILE.replace("\\\n", " ")
    (command,) = [line for line in joined.splitlines() if "tomllib" in line]
    listing = command.removeprefix("RUN ").split("&&")[0]
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    subprocess.run(["sh", "-ec", listing], cwd=tmp_path, check=True, timeout=60)  # noqa: S607  sh of the system
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8").split("\n")[:-1] == project["dependencies"]


def stub(folder: Path, program: str, script: str) -> None:
    path = folder / program
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_failed_crawl_is_followed_by_a_build_and_a_failed_build_by_no_index(tmp_path: Path) -> None:
    """The loop of the crawl service, run with programs that only write down that they were called."""
    works = '[ "$1" = index ] || [ "$1" = alerts ] || [ -e "$1-works" ]'
    stub(tmp_path, "isopolis", f'echo "isopolis $1" >> calls; {works}')
    stub(tmp_path, "sleep", 'echo "sleep $1" >> calls; [ -e build-works ] && kill "$PPID"; touch build-works')
    program, flag, loop = SERVICES["crawl"]["command"]
    path = f"{tmp_path}:{os.environ['PATH']}"
    subprocess.run(
        [program, flag, loop.replace("$$", "$")],
        cwd=tmp_path,
        env={"PATH": path, "CRAWL_EVERY": "86400"},
        check=False,
        timeout=60,
    )
    before = ["isopolis crawl", "isopolis desk", "isopolis desk"]
    first = [*before, "isopolis build", "sleep 86400"]
    second = [*before, "isopolis build", "isopolis index", "isopolis alerts", "sleep 86400"]
    assert (tmp_path / "calls").read_text(encoding="utf-8").splitlines() == first + second


def test_an_engine_accepts_the_file() -> None:
    docker = shutil.which("docker")
    if docker is None:
        pytest.skip("there is no docker client here")
    plugin = subprocess.run([docker, "compose", "version"], capture_output=True, check=False, timeout=60)
    if plugin.returncode != 0:
        pytest.skip("the docker client has no compose plugin")
    config = [docker, "compose", "--file", str(COMPOSE), "config", "--quiet"]
    plain = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME")}
    given = {"POSTGRES_PASSWORD": "only-for-this-test", "ISOPOLIS_CRAWL_CONTACT": "somebody@example.org"}
    good = subprocess.run(config, env=plain | given, capture_output=True, text=True, check=False, timeout=60)
    assert good.returncode == 0, good.stderr
    empty = ["--env-file", os.devnull]
    bad = subprocess.run(
        [*config[:2], *empty, *config[2:]], env=plain, capture_output=True, text=True, check=False, timeout=60
    )
    assert bad.returncode != 0
    assert "set it in .env" in bad.stderr

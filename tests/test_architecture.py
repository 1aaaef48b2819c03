"""The arrows in CONTRIBUTING.md, enforced."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "overskill"
MAY_IMPORT = {  # layer -> the layers of overskill it may import
    "models": {"models"},
    "clients": {"clients", "models"},
    "services": {"models", "services", "clients", "starter", "bundler"},
    "jobs": {"models", "services", "clients", "jobs"},
    "routes": {"models", "services", "clients", "routes"},
    "state": {"models", "services", "clients", "state"},
    "components": {"state", "components"},
    "pages": {"state", "components", "pages"},
    "embedded": {"embedded", "bundler", "checker", "edge", "services"},
    "bundler": {"bundler", "clients", "embedded"},
    "checker": {"checker", "clients", "embedded"},
    "edge": {"edge", "clients", "embedded"},
    "starter": {"starter"},
    "cli": {
        "models",
        "services",
        "clients",
        "cli",
        "embedded",
        "bundler",
        "checker",
        "edge",
        "jobs",
        "starter",
        "worker",
        "web",
        "crew",
    },
}
EVERYONE = {"config", "errors", "db", "logs", "npm_versions", "sites"}
MAY_SEE_THE_CONTAINER = {"jobs", "state", "routes", "cli"}
SERVICES_NEVER_IMPORT = {"reflex", "rq", "os", "starlette", "typer"}
MODULES = sorted(PACKAGE.glob("*/**/*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "overskill":
                yield from (f"overskill.{alias.name}" for alias in node.names)
            else:
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_follow_the_arrows(path: Path) -> None:
    layer = path.relative_to(PACKAGE).parts[0]
    for target in imports(path):
        parts = target.split(".")
        if parts[0] != "overskill" or len(parts) == 1:
            continue
        if parts[1] == "container":
            assert layer in MAY_SEE_THE_CONTAINER, f"{layer}/ must be handed what it needs, not import the container"
        else:
            assert parts[1] in MAY_IMPORT.get(layer, set()) | EVERYONE, f"{layer}/ may not import {target}"


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.is_relative_to(PACKAGE / "services")], ids=lambda path: path.stem
)
def test_services_know_no_framework_and_no_environment(path: Path) -> None:
    found = {target.split(".")[0] for target in imports(path)} & SERVICES_NEVER_IMPORT
    assert not found, f"{path.name} may not import {found}"

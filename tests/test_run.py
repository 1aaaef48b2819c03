"""The `./run` script, with stand-ins for Python and uv that write down how they were called."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RECENT = "0.13.8"


class Checkout:
    """A checkout with nothing installed, and a PATH with only what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.programs = folder / "programs"
        self.calls = folder / "calls"
        for path in (self.folder, self.programs):
            path.mkdir()
        shutil.copy(ROOT / "run", self.folder)
        for name in ("requirements.lock", "requirements-dev.lock", "requirements-bootstrap.lock"):
            (self.folder / name).write_text(f"what {name} held first\n")

    def program(self, name: str, text: str) -> None:
        """Put a shell script on PATH; each call of it is written down first."""
        self.script(self.programs / name, f'echo "{name} $*" >> "{self.calls}"\n{text}')

    def script(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def install(self, *locks: str) -> None:
        """As if these lock files had been installed: a .venv whose Python says how it was called."""
        self.script(self.folder / ".venv/bin/python", 'echo "ran $* from $OVERSKILL_CALLED_FROM"')
        for name in locks:
            shutil.copy(self.folder / name, self.folder / ".venv")

    def uv(self, *, version: str = RECENT, sync: str = "") -> None:
        fake_python = (
            'mkdir -p .venv/bin; printf "#!/bin/sh\\necho ran \\$*\\n" > .venv/bin/python; chmod +x .venv/bin/python'
        )
        cases = f'--version) echo "uv {version} (here)";; venv) {fake_python};; pip) {sync or ":"};;'
        self.program("uv", f'case "$1" in {cases} esac')

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "run", *arguments],
            cwd=self.programs,
            env={"PATH": f"{self.programs}{os.pathsep}/usr/bin{os.pathsep}/bin", "HOME": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def called(self) -> str:
        return self.calls.read_text() if self.calls.exists() else ""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        made.program(name, "exit 0")  # recent enough, with venv
    return made


def test_with_everything_installed_it_only_runs_the_command(checkout: Checkout) -> None:
    checkout.install("requirements.lock")
    result = checkout.run("new", "a habit tracker", "--json")
    assert result.stdout == f"ran -m overskill new a habit tracker --json from {checkout.programs}\n"
    assert checkout.called == ""


def test_a_changed_lock_is_installed_with_its_hashes(checkout: Checkout) -> None:
    checkout.install("requirements.lock")
    checkout.uv()
    (checkout.folder / "requirements.lock").write_text("what it holds now\n")
    assert checkout.run("up").returncode == 0
    assert "uv pip sync -q --python .venv/bin/python --require-hashes requirements.lock" in checkout.called
    assert (checkout.folder / ".venv/requirements.lock").read_text() == "what it holds now\n"


def test_a_first_run_makes_the_environment(checkout: Checkout) -> None:
    checkout.uv()
    result = checkout.run("up")
    assert result.stdout == "ran -m overskill up\n"
    assert "Installing Python packages" in result.stderr
    assert f"uv venv -q --clear --python {checkout.programs / 'python3'} .venv" in checkout.called


def test_the_tests_get_their_own_packages_and_keep_them(checkout: Checkout) -> None:
    checkout.uv()
    assert checkout.run("test", "tests/cli").stdout == "ran -m tests tests/cli\n"
    assert checkout.run("up").stdout == "ran -m overskill up\n"
    assert checkout.called.count("pip sync") == 1


def test_an_install_that_failed_is_done_again(checkout: Checkout) -> None:
    checkout.uv(sync="exit 1")
    checkout.script(checkout.folder / ".venv/bin/python", 'case "$*" in *"pip install"*) exit 1;; esac; echo ran')
    checkout.script(checkout.folder / ".venv/bin/pip", "")
    assert checkout.run("up").stdout == ""
    checkout.uv()
    assert checkout.run("up").stdout == "ran\n"
    assert checkout.called.count("pip sync") == 2


def test_without_uv_pip_does_the_same_work(checkout: Checkout) -> None:
    checkout.uv(sync="exit 1")
    checkout.script(checkout.folder / ".venv/bin/python", f'echo "venv-python $*" >> "{checkout.calls}"')
    checkout.script(checkout.folder / ".venv/bin/pip", "")
    result = checkout.run("up")
    assert "trying pip" in result.stderr
    assert "venv-python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock" in (
        checkout.called
    )


def test_a_uv_that_is_too_old_is_not_used(checkout: Checkout) -> None:
    checkout.uv(version="0.9.30")
    checkout.script(
        checkout.folder / ".bootstrap/bin/uv", f'echo "uv {RECENT}"; echo "own uv $*" >> "{checkout.calls}"'
    )
    checkout.run("up")
    assert "own uv pip sync" in checkout.called


def test_without_a_recent_python_it_says_what_to_install(checkout: Checkout) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        checkout.program(name, 'case "$1" in --version) echo "Python 3.9.2";; esac; exit 1')
    result = checkout.run("up")
    assert result.returncode == 1
    assert "needs Python 3.11 to 3.14" in result.stderr
    assert "Python 3.9.2" in result.stderr
    assert "sudo apt install python3" in result.stderr


def test_without_venv_it_names_the_package_to_install(checkout: Checkout) -> None:
    is_asked = 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.11;; esac'
    checkout.program("python3", is_asked)
    checkout.program("uv", "exit 1")
    result = checkout.run("up")
    assert result.returncode == 1
    assert "sudo apt install python3.11-venv" in result.stderr

import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from overskill.config import Settings
from overskill.embedded.instance import Instance, announced, only_one, running
from overskill.embedded.places import PROJECT, Home
from overskill.embedded.process import ProcessIdentity
from overskill.embedded.secret import with_secret_key
from overskill.errors import Conflict


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path)  # type: ignore[call-arg]


def instance(supervisor: ProcessIdentity | None = None) -> Instance:
    return Instance(
        supervisor=supervisor or ourselves(),
        started_at=datetime(2026, 11, 21, 9, tzinfo=UTC),
        database_url="postgresql://overskill:secret@127.0.0.1:5432/overskill",
        redis_url="redis://:secret@127.0.0.1:6379/0",
        site_url="http://localhost:3000",
        web_port=3000,
        preview_port=3001,
        edge_port=8787,
    )


def ourselves() -> ProcessIdentity:
    identity = ProcessIdentity.of(os.getpid())
    assert identity
    return identity


def test_an_announced_instance_is_found_as_it_was_written(settings: Settings) -> None:
    home = Home.of(settings).create()
    with announced(settings, instance()):
        assert running(settings) == instance()
        assert stat.S_IMODE(home.instance.stat().st_mode) == 0o600
    assert running(settings) is None


def test_an_instance_whose_supervisor_died_does_not_count(settings: Settings) -> None:
    Home.of(settings).create()
    ended = subprocess.Popen(["/bin/true"])
    identity = ProcessIdentity.of(ended.pid)
    ended.wait()
    with announced(settings, instance(identity)):
        assert running(settings) is None


def test_a_process_that_inherited_the_number_is_not_the_supervisor(settings: Settings) -> None:
    Home.of(settings).create()
    with announced(settings, instance(ProcessIdentity(os.getpid(), ourselves().started - 60))):
        assert running(settings) is None


def test_nothing_runs_on_a_data_folder_that_is_not_there(settings: Settings) -> None:
    assert running(settings) is None


def test_two_starts_on_one_data_folder_refuse_each_other(settings: Settings) -> None:
    home = Home.of(settings).create()
    with (
        only_one(home, "OverSkill (./run up)"),
        pytest.raises(Conflict, match=r"OverSkill .*OVERSKILL_HOME"),
        only_one(home, "Another command"),
    ):
        pytest.fail("both hold it")


@pytest.mark.slow
def test_a_killed_holder_lets_go_of_the_data_folder(settings: Settings) -> None:
    home = Home.of(settings).create()
    hold = (
        "import sys, time; from pathlib import Path; from overskill.embedded.places import Home;"
        "from overskill.embedded.instance import only_one\n"
        "with only_one(Home(Path(sys.argv[1])), 'held'): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", hold, str(home.root)], cwd=PROJECT, stdout=subprocess.PIPE)
    assert holder.stdout
    with holder.stdout as output:
        output.readline()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with only_one(home, "the next start"):
        pass


def test_a_secret_key_is_made_once_and_kept_private(settings: Settings) -> None:
    first = with_secret_key(settings).secret_key.get_secret_value()
    assert len(first) >= 32
    assert with_secret_key(settings).secret_key.get_secret_value() == first
    assert stat.S_IMODE(Home.of(settings).secret_key.stat().st_mode) == 0o600


def test_a_configured_secret_key_is_used_as_it_is(tmp_path: Path) -> None:
    chosen = Settings(OVERSKILL_HOME=tmp_path, OVERSKILL_SECRET_KEY="chosen")  # type: ignore[call-arg,arg-type]
    assert with_secret_key(chosen).secret_key.get_secret_value() == "chosen"
    assert not Home.of(chosen).secret_key.exists()

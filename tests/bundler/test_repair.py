"""Repairs through the daemon's socket: faults put into correct apps are undone, correct apps stay as they are."""

from collections.abc import Mapping, Sequence

import pytest

from overskill.errors import InvalidInput
from tests.bundler.faults import KINDS, Fault
from tests.bundler.repairing import applied, attempt, concerned, first_fault, model_app, places, recipe_app
from tests.services.recipes.prompts import PROMPTS
from tests.support_bundler import SMALL_APP, RunningBundler
from tests.support_waiting import eventually

FILES = 100
SHARE = 0.95


@pytest.fixture(scope="module")
def apps() -> list[dict[str, str]]:
    return [*(recipe_app(prompt) for prompt in PROMPTS[::8]), model_app()]


def one_fault_a_file(apps: Sequence[Mapping[str, str]]) -> list[Fault]:
    """The kinds in turn; a file without a place for one of them gets the next."""
    kinds = list(KINDS)
    found = []
    for number, (app, path) in enumerate(places(apps, FILES)):
        turned = kinds[number % len(kinds) :] + kinds[: number % len(kinds)]
        found += first_fault(app, path, turned)
    return found


def test_nearly_all_faults_are_repaired_without_a_model(bundler: RunningBundler, apps: list[dict[str, str]]) -> None:
    attempts = [attempt(bundler.client, fault) for fault in one_fault_a_file(apps)]
    left = [(one.fault.kind, one.fault.path, one.errors[:1]) for one in attempts if not one.is_good]
    assert len(attempts) == FILES
    assert len(left) <= FILES * (1 - SHARE), left


def test_what_is_repaired_is_not_changed_again(bundler: RunningBundler, apps: list[dict[str, str]]) -> None:
    for fault in one_fault_a_file(apps)[::5]:
        files = applied(fault.files, bundler.client.repair(fault.files, concerned(fault), is_final=True))
        again = bundler.client.repair(files, [*concerned(fault), f"{fault.path}x"], is_final=True)
        assert (fault.kind, dict(again.changes), again.packages) == (fault.kind, {}, ())


@pytest.mark.parametrize("is_final", [True, False])
def test_no_correct_file_is_changed(bundler: RunningBundler, apps: list[dict[str, str]], is_final: bool) -> None:
    for app in apps:
        repaired = bundler.client.repair(app, list(app), is_final=is_final)
        assert (dict(repaired.changes), repaired.repairs, repaired.packages) == ({}, (), ())


def test_while_files_come_only_those_that_are_asked_for_change(bundler: RunningBundler) -> None:
    broken = "export const useCount = () => useState(0);\n"
    files = {**SMALL_APP, "src/a.ts": broken, "src/b.ts": broken}
    repaired = bundler.client.repair(files, ["src/a.ts"], is_final=False)
    assert dict(repaired.changes) == {"src/a.ts": f'import {{ useState }} from "react";\n\n{broken}'}
    assert [(one.path, one.kind, one.line) for one in repaired.repairs] == [("src/a.ts", "import", 1)]


def test_a_text_that_would_crash_the_parser_is_left_and_the_daemon_lives(bundler: RunningBundler) -> None:
    for text in ("(" * 90_000, "export const a = " + "1+" * 100_000 + "1;", "x=" + "<a>" * 60_000):
        repaired = bundler.client.repair({**SMALL_APP, "src/a.tsx": text}, ["src/a.tsx"], is_final=True)
        assert not repaired.changes
    assert eventually(bundler.client.ping)


def test_files_that_no_app_may_have_are_refused(bundler: RunningBundler) -> None:
    with pytest.raises(InvalidInput, match="not a path"):
        bundler.client.repair({"../a.ts": ""}, ["../a.ts"], is_final=True)


def test_paths_that_are_gone_are_no_error(bundler: RunningBundler) -> None:
    assert not bundler.client.repair(SMALL_APP, ["src/gone.ts"], is_final=True).changes

"""Who builds which app."""

import pytest

from overskill.clients.builders import BuilderName
from overskill.config import Settings
from overskill.services.builds.choose import (
    LARGE_BYTES,
    LARGE_FILES,
    BuilderPolicy,
    Choice,
    Complexity,
    Experiment,
    choose,
)
from overskill.services.builds.prices import cost_micro

LOCAL, LAMBDA, GITHUB, FARGATE = BuilderName.LOCAL, BuilderName.LAMBDA, BuilderName.GITHUB, BuilderName.FARGATE
SMALL = Complexity(files=25, size=60_000, foreign_packages=0)
LARGE = Complexity(files=LARGE_FILES + 1, size=60_000, foreign_packages=0)
IDS = [f"deployment-{number}" for number in range(400)]


@pytest.mark.parametrize(
    ("policy", "app", "expected"),
    [
        (BuilderPolicy(), SMALL, (LOCAL,)),
        (BuilderPolicy(), LARGE, (LOCAL,)),
        (BuilderPolicy(LAMBDA, (GITHUB, LOCAL)), SMALL, (LAMBDA, GITHUB, LOCAL)),
        (BuilderPolicy(for_large=FARGATE), SMALL, (LOCAL,)),
        (BuilderPolicy(for_large=FARGATE), LARGE, (FARGATE, LOCAL)),
        (BuilderPolicy(LOCAL, (FARGATE,), for_large=FARGATE), LARGE, (FARGATE, LOCAL)),
        (BuilderPolicy(LOCAL, (LOCAL,)), SMALL, (LOCAL,)),
        (BuilderPolicy(experiment=Experiment(LAMBDA, 100)), SMALL, (LAMBDA, LOCAL)),
        (BuilderPolicy(for_large=FARGATE, experiment=Experiment(LAMBDA, 100)), LARGE, (LAMBDA, FARGATE, LOCAL)),
        (BuilderPolicy(experiment=Experiment(LAMBDA, 0)), SMALL, (LOCAL,)),
    ],
)
def test_builders_are_asked_in_order(policy: BuilderPolicy, app: Complexity, expected: tuple[BuilderName, ...]) -> None:
    assert choose(policy, app, "deployment").builders == expected


@pytest.mark.parametrize(
    ("app", "is_large"),
    [
        (SMALL, False),
        (LARGE, True),
        (Complexity(1, LARGE_BYTES, 0), False),
        (Complexity(1, LARGE_BYTES + 1, 0), True),
    ],
)
def test_files_or_bytes_make_an_app_large(app: Complexity, is_large: bool) -> None:
    assert app.is_large is is_large


def test_packages_besides_the_usual_ones_are_counted() -> None:
    files = {"package.json": '{"dependencies": {"react": "^19.0.0", "left-pad": "1.3.0"}}', "src/ü.ts": "ü"}
    found = Complexity.of(files)
    assert (found.files, found.size, found.foreign_packages) == (2, len(files["package.json"]) + 2, 1)


def test_an_app_with_packages_of_its_own_is_built_where_they_are() -> None:
    policy = BuilderPolicy(LAMBDA, (FARGATE,), experiment=Experiment(FARGATE, 100))
    assert choose(policy, Complexity(25, 60_000, 1), "deployment") == Choice((LOCAL,))


def test_a_share_of_all_publishes_goes_to_the_experiment() -> None:
    policy = BuilderPolicy(experiment=Experiment(LAMBDA, 25))
    chosen = [choose(policy, SMALL, deployment) for deployment in IDS]
    share = sum(choice.is_experiment for choice in chosen) / len(chosen)
    assert 0.18 < share < 0.32
    assert all((choice.builders[0] is LAMBDA) == choice.is_experiment for choice in chosen)


def test_a_deployment_that_begins_again_stays_in_its_group() -> None:
    policy = BuilderPolicy(experiment=Experiment(LAMBDA, 50))
    assert [choose(policy, SMALL, one) for one in IDS] == [choose(policy, LARGE, one) for one in IDS]


def test_a_builder_that_would_be_chosen_anyway_is_no_experiment() -> None:
    assert not choose(BuilderPolicy(LAMBDA, experiment=Experiment(LAMBDA, 100)), SMALL, "deployment").is_experiment


def test_settings_name_the_policy() -> None:
    settings = Settings.model_construct(
        builder="lambda", builder_fallbacks="local", builder_large="fargate", builder_experiment="github:5"
    )
    assert BuilderPolicy.of(settings) == BuilderPolicy(LAMBDA, (LOCAL,), FARGATE, Experiment(GITHUB, 5))


@pytest.mark.parametrize(
    ("builder", "seconds", "micro"),
    [
        (LOCAL, 90.0, 0),
        (LAMBDA, 3.0, 100),  # 6 GB-seconds
        (GITHUB, 61.0, 12_000),  # two minutes have begun
        (FARGATE, 10.0, 1_646),  # a minute is the least
        (FARGATE, 120.0, 3_291),
    ],
)
def test_a_try_costs_what_its_time_costs(builder: BuilderName, seconds: float, micro: int) -> None:
    assert cost_micro(builder, seconds) == micro

import pytest

from overskill.clients.models import DEFAULT_MODEL, ModelRole
from overskill.services.providers.roles import entry_of, role_lists
from tests.services.providers.support import instance

NAMES = {"openrouter", "openai", "server"}


def lists(team: dict[str, list[str]] | None = None, **settings: str) -> dict[str, list[str]]:
    found = role_lists(instance(**settings), NAMES, team or {})
    return {role.value: [str(entry) for entry in list_.entries] for role, list_ in found.items()}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("openai:gpt-5.2", "openai:gpt-5.2"),
        ("qwen3:8b", "openrouter:qwen3:8b"),
        ("deepseek/deepseek-r1:free", "openrouter:deepseek/deepseek-r1:free"),
        ("openrouter:deepseek/deepseek-r1:free", "openrouter:deepseek/deepseek-r1:free"),
        ("openai:", "openrouter:openai:"),
    ],
)
def test_only_a_known_provider_is_split_off_a_name(text: str, entry: str) -> None:
    assert str(entry_of(text, NAMES, "openrouter")) == entry


def test_without_settings_the_recommended_models_are_tried() -> None:
    found = lists()
    assert found["build"][0] == f"openrouter:{DEFAULT_MODEL}"
    assert len(found["build"]) == 3
    assert found["quick"] != found["build"]


def test_one_model_of_the_settings_does_everything() -> None:
    found = lists(AI_BASE_URL="http://localhost:11434/v1", AI_MODEL="qwen3:8b")
    assert list(found.values()) == [["server:qwen3:8b"]] * 4


def test_roles_without_a_list_take_the_one_that_builds() -> None:
    found = lists(AI_MODELS_BUILD="a/b, openai:gpt", AI_MODELS_QUICK="c/d")
    assert found["plan"] == found["fix"] == ["openrouter:a/b", "openai:gpt"]
    assert found["quick"] == ["openrouter:c/d"]


def test_a_teams_list_wins_over_the_settings() -> None:
    found = lists({"build": ["openai:gpt"]}, AI_MODELS_BUILD="a/b", AI_MODELS_FIX="c/d")
    assert found["build"] == found["plan"] == ["openai:gpt"]
    assert found["fix"] == ["openrouter:c/d"]


def test_a_list_says_whose_it_is() -> None:
    found = role_lists(instance(AI_MODELS_QUICK="c/d"), NAMES, {"build": ["a/b"]})
    assert found[ModelRole.BUILD].source == "team"
    assert found[ModelRole.QUICK].source == "instance"
    assert role_lists(instance(), NAMES, {})[ModelRole.BUILD].source == "recommended"


def test_doubles_and_more_than_ten_are_left_out() -> None:
    assert lists({"build": ["a/b", "openrouter:a/b"]})["build"] == ["openrouter:a/b"]
    assert len(lists({"build": [f"a/{number}" for number in range(30)]})["build"]) == 10

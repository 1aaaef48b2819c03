import pytest

from overskill.clients.local_servers import FakeLocalServers, Kind, LocalModel, LocalServer
from overskill.services.providers.discovery import FoundServer, find_servers


def found(*models: LocalModel, kind: Kind = "ollama") -> FoundServer:
    (server,) = find_servers(FakeLocalServers([LocalServer(kind, "http://127.0.0.1:11434", models)]))
    return server


def test_a_model_that_fits_has_no_warning_and_is_the_one_to_connect() -> None:
    server = found(LocalModel("gemma", 4096, 131_072, tools=False), LocalModel("qwen", 32_768, 262_144, tools=True))
    assert server.models[1].warning == ""
    assert server.models[1].context == "32,768 tokens"
    assert server.snippet == "AI_BASE_URL=http://127.0.0.1:11434/v1\nAI_MODEL=qwen"


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("ollama", "OLLAMA_CONTEXT_LENGTH"),
        ("lm_studio", "Context Length"),
        ("llama_cpp", "-c 32768"),
        ("vllm", "--max-model-len"),
    ],
)
def test_a_context_that_is_too_small_is_warned_of_with_how_to_raise_it(kind: Kind, how: str) -> None:
    warning = found(LocalModel("m", 8192, 131_072, tools=True), kind=kind).models[0].warning
    assert "reads only 8,192 tokens" in warning
    assert how in warning


def test_a_model_that_can_read_no_more_is_said_to_be_too_small() -> None:
    assert "choose one that can" in found(LocalModel("m", 8192, 8192, tools=True)).models[0].warning


def test_missing_tools_are_warned_of_and_unknown_ones_are_not() -> None:
    assert "can't call tools" in found(LocalModel("m", 32_768, tools=False)).models[0].warning
    assert found(LocalModel("m", 32_768, tools=None)).models[0].warning == ""


def test_nothing_is_claimed_of_a_context_that_is_unknown() -> None:
    model = found(LocalModel("m")).models[0]
    assert (model.context, model.warning, model.is_fit) == ("", "", True)

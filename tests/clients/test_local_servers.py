"""Model servers on this machine: what each kind says of itself, as their real answers have it."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from overskill.clients.local_servers import HttpLocalServers, LocalModel, LocalServer

OLLAMA = {
    "/v1/models": {"data": [{"id": "qwen3-coder:30b", "owned_by": "library"}]},
    "/api/tags": {"models": [{"name": "qwen3-coder:30b"}, {"name": "gemma3:4b"}, {"name": "tuned"}]},
    "/api/ps": {"models": [{"name": "qwen3-coder:30b", "context_length": 32768}]},
    "/api/show qwen3-coder:30b": {
        "capabilities": ["completion", "tools"],
        "model_info": {"general.architecture": "qwen3moe", "qwen3moe.context_length": 262144},
    },
    "/api/show gemma3:4b": {"capabilities": ["completion"], "model_info": {"gemma3.context_length": 131072}},
    "/api/show tuned": {"parameters": 'stop  "<|im_end|>"\nnum_ctx                        16384'},
}
LM_STUDIO = {
    "/v1/models": {"data": [{"id": "qwen/qwen3-8b"}]},
    "/api/v0/models": {
        "data": [
            {
                "id": "qwen/qwen3-8b",
                "type": "llm",
                "max_context_length": 40960,
                "loaded_context_length": 8192,
                "capabilities": ["tool_use"],
            },
            {"id": "nomic-embed", "type": "embeddings"},
        ]
    },
}
LLAMA_CPP = {
    "/v1/models": {"data": [{"id": "qwen.gguf", "meta": {"n_ctx_train": 131072}}]},
    "/props": {"default_generation_settings": {"n_ctx": 8192}, "chat_template_caps": {"supports_tools": True}},
}
VLLM = {"/v1/models": {"data": [{"id": "Qwen/Qwen3", "owned_by": "vllm", "max_model_len": 32768}]}}
OTHER = {"/v1/models": {"data": [{"id": "some"}]}}


class _Handler(BaseHTTPRequestHandler):
    answers: Mapping[str, Any] = {}

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # quiet
        pass

    def do_GET(self) -> None:
        self._say(self.path)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self._say(f"{self.path} {body['model']}")

    def _say(self, what: str) -> None:
        found = what in self.answers
        content = json.dumps(self.answers[what] if found else {"error": "not found"}).encode()
        self.send_response(200 if found else 404)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def server(answers: Mapping[str, Any]) -> Iterator[str]:
    handler = type("Handler", (_Handler,), {"answers": answers})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()


def find(answers: Mapping[str, Any]) -> LocalServer:
    with server(answers) as address:
        (found,) = HttpLocalServers((address,)).find()
    assert found.address == address
    return found


def test_ollama_says_what_it_has_loaded_and_else_reads_little() -> None:
    found = find(OLLAMA)
    assert found.kind == "ollama"
    assert found.models == (
        LocalModel("qwen3-coder:30b", 32768, 262144, tools=True),
        LocalModel("gemma3:4b", 4096, 131072, tools=False),
        LocalModel("tuned", 16384, 0, None),
    )


def test_lm_studio_says_how_a_model_is_loaded() -> None:
    found = find(LM_STUDIO)
    assert (found.kind, found.models) == ("lm_studio", (LocalModel("qwen/qwen3-8b", 8192, 40960, tools=True),))


def test_llama_cpp_says_its_context() -> None:
    found = find(LLAMA_CPP)
    assert (found.kind, found.models) == ("llama_cpp", (LocalModel("qwen.gguf", 8192, 131072, tools=True),))


def test_vllm_says_its_greatest_length_and_nothing_of_tools() -> None:
    assert find(VLLM).models == (LocalModel("Qwen/Qwen3", 32768, 32768, None),)


def test_any_other_server_is_known_by_its_models() -> None:
    found = find(OTHER)
    assert (found.kind, found.base_url) == ("other", f"{found.address}/v1")


def test_what_is_no_model_server_is_left_alone() -> None:
    with server({"/": {"hello": "world"}}) as address:
        assert HttpLocalServers((address, "http://127.0.0.1:9")).find() == []


def test_nonsense_is_nothing() -> None:
    nonsense = {"/v1/models": [1], "/api/tags": {"models": "many"}, "/props": {"default_generation_settings": 3}}
    with server(nonsense) as address:
        assert HttpLocalServers((address,)).find() == []

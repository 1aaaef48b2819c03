"""What a model is told, and what is left out when its context is small."""

import json

from overskill.clients.models import Message
from overskill.services.generation.briefing import available_packages, compacted, history, opening, size, system_prompt
from overskill.services.generation.events import PastMessage, Turn
from overskill.services.generation.outline import outline
from overskill.starter import starter_files


def turn(files: dict[str, str] | None = None, prompt: str = "sort by date", **facts: object) -> Turn:
    return Turn(
        prompt=prompt,
        app_name="Leafy",
        files=starter_files() | (files or {}),
        is_first=False,
        **facts,  # type: ignore[arg-type]
    )


def request(of: Turn, context_tokens: int = 128_000) -> str:
    messages = opening(of, protocol="tools", context_tokens=context_tokens, output_tokens=4_000)
    return str(messages[-1]["content"])


def test_the_system_prompt_names_the_starters_components_and_every_package() -> None:
    told = system_prompt("tools")
    for path in starter_files():
        if path.startswith("src/components/"):
            assert path in told
    assert "export function createCollection" in told
    assert all(package in told for package in available_packages())
    assert "{{" not in told


def test_the_system_prompt_is_the_same_for_every_app() -> None:
    one = opening(turn({"src/a.ts": "a"}), protocol="text", context_tokens=128_000, output_tokens=4_000)
    other = opening(turn({}, "x"), protocol="text", context_tokens=128_000, output_tokens=4_000)
    assert one[0] == other[0]


def test_the_request_comes_last() -> None:
    assert request(turn()).endswith("sort by date")


def test_the_apps_own_files_are_shown_whole_and_the_starters_by_name() -> None:
    told = request(turn({"src/a.ts": "export const a = 1;"}))
    assert '<file path="src/a.ts">\nexport const a = 1;\n</file>' in told
    assert '<file path="src/lib/cn.ts">' not in told


def test_large_apps_are_outlined_and_the_file_that_is_meant_is_whole() -> None:
    body = "".join(f"  const line{number} = {number};\n" for number in range(400))
    files = {f"src/part{number}.ts": f"export function part{number}(): void {{\n{body}}}\n" for number in range(60)}
    told = request(turn(files, "make part42 faster"), context_tokens=32_000)
    assert '<file path="src/part42.ts">' in told
    assert "export function part7(): void" in told
    assert len(told) < 32_000 * 3.5


def test_an_app_of_400_files_fits_a_small_context() -> None:
    files = {f"src/features/area/Thing{number}.tsx": "export const x = 1;\n" * 100 for number in range(360)}
    messages = opening(turn(files), protocol="tools", context_tokens=24_000, output_tokens=4_000)
    assert size(messages) < 24_000
    assert "Not shown at all:" in str(messages[-1]["content"])


def test_old_messages_are_left_out_with_a_mark() -> None:
    past = [PastMessage("user" if number % 2 == 0 else "assistant", f"message {number}") for number in range(200)]
    messages = history(past, 500)
    assert messages[-1] == {"role": "assistant", "content": "message 199"}
    assert str(messages[0]["content"]).startswith("[1")
    assert "earlier messages" in str(messages[0]["content"])


def test_a_long_message_is_shortened_with_a_mark() -> None:
    (message,) = history([PastMessage("user", "x" * 5_000)], 10_000)
    assert str(message["content"]).endswith("[shortened: 3000 more characters]")


def test_a_tight_context_drops_the_bodies_of_earlier_calls_but_stays_valid() -> None:
    function = {"name": "write_file", "arguments": json.dumps({"path": "src/a.ts", "content": "x" * 9_000})}
    made = {"role": "assistant", "content": "", "tool_calls": [{"id": "1", "type": "function", "function": function}]}
    rounds: list[Message] = [made, {"role": "tool", "tool_call_id": "1", "content": "y" * 900}] * 6
    shorter = compacted(rounds, 10_000)
    assert len(shorter) == len(rounds)
    assert shorter[-4:] == rounds[-4:]
    assert json.loads(shorter[0]["tool_calls"][0]["function"]["arguments"])["path"] == "src/a.ts"
    assert size(shorter) < size(rounds)
    assert compacted(rounds, 100_000) == rounds


def test_an_outline_keeps_signatures_types_and_comments() -> None:
    source = """import { x } from "y";

interface CardProps {
  title: string;
}

const hidden = 1;

/** A card. */
export function Card({
  title,
}: CardProps) {
  return title;
}

export type Size = "s" | "m";
"""
    assert outline(source) == (
        "interface CardProps {\n  title: string;\n}\n/** A card. */\nexport function Card(props: CardProps)\n"
        'export type Size = "s" | "m";'
    )

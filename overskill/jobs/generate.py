"""Queue `generate`: one turn of the chat."""

from uuid import UUID

from overskill import container
from overskill.services.generation import run_turn


def generate(generation_id: str) -> None:
    run_turn(UUID(generation_id), container.get().workshop)

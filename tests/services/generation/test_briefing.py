"""What a model is told, in which order, and that it fits whatever the model's context is."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overskill.clients.bundler import Diagnostic
from overskill.clients.models import Message
from overskill.services.generation.brief import Brief
from overskill.services.generation.briefing import available_packages, opening, system_prompt
from overskill.services.generation.events import Enclosure, PastMessage, Turn
from overskill.services.generation.measures import size, tokens
from overskill.services.generation.prompts import tools
from overskill.starter import starter_files
from tests.services.generation.large_app import Chat, long_chat

SECRET = "the words of an attachment"


def turn(files: dict[str, str] | None = None, prompt: str = "sort by date", **facts: object) -> Turn:
    return Turn(
        prompt=prompt,
        app_name="Leafy",
        files=starter_files() | (files or {}),
        is_first=False,
        **facts,  # type: ignore[arg-type]
    )


def messages(of: Turn, context_tokens: int = 128_000) -> list[Message]:
    output = min(32_000, context_tokens // 3)
    return opening(of, protocol="tools", context_tokens=context_tokens, output_tokens=output)


def request(of: Turn, context_tokens: int = 128_000) -> str:
    return str(messages(of, context_tokens)[-1]["content"])


def test_the_system_prompt_names_the_starters_components_and_every_package() -> None:
    for told in (system_prompt("tools"), system_prompt("tools", is_short=True)):
        for path in starter_files():
            if path.startswith("src/components/"):
                assert path in told
        assert "createCollection" in told
        assert all(package in told for package in available_packages())
        assert "{{" not in told


def test_the_system_prompt_is_the_same_for_every_app() -> None:
    assert messages(turn({"src/a.ts": "a"}))[0] == messages(turn({}, "x"))[0]


def test_the_request_comes_last() -> None:
    assert request(turn()).endswith("sort by date")


def test_roles_alternate_because_some_servers_refuse_anything_else() -> None:
    chat = long_chat(5, 30)
    chat.say("never mind", "", {})
    roles = [str(message["role"]) for message in messages(chat.turn("x"))]
    assert roles == ["system", *(["user", "assistant"] * (len(roles) // 2 - 1)), "user"]


def test_a_first_request_has_no_map_of_nothing() -> None:
    told = messages(Turn(prompt="a habit tracker", app_name="", files=starter_files()))
    assert [message["role"] for message in told] == ["system", "user"]


def test_what_only_this_turn_is_about_is_in_its_request_alone() -> None:
    enclosure = Enclosure("notes.txt", "text", SECRET)
    brief = Brief(summary="Keeps plants alive")
    history = (PastMessage("user", "Make it"), PastMessage("assistant", "Made."))
    told = messages(turn({"src/a.ts": "a"}, history=history, enclosures=(enclosure,), brief=brief, plan=("Sow",)))
    before = str(told[:-1])
    assert SECRET not in before
    assert "notes.txt" not in before
    assert "Keeps plants alive" not in before
    assert all(words in str(told[-1]["content"]) for words in (SECRET, "Keeps plants alive", "Sow", "sort by date"))


def test_public_variables_are_told_by_name_and_never_by_value() -> None:
    said = request(turn(variables={"VITE_API_URL": "https://intern.test"}))
    assert "`VITE_API_URL`" in said
    assert "intern.test" not in said


def test_what_was_sent_along_changes_nothing_before_the_request() -> None:
    files = {"src/a.ts": "export const a = 1;"}
    alone = messages(turn(files))
    along = messages(turn(files, enclosures=(Enclosure("notes.txt", "text", SECRET),)))
    assert along[:-1] == alone[:-1]


def test_a_repair_begins_with_the_bytes_of_the_turn_it_repairs() -> None:
    chat = long_chat(6, 60)
    asked = chat.turn("sort the cards")
    broken = chat.files | {"src/features/recipes/RecipeCard.tsx": "export const x = ;", "src/Fresh.tsx": "a"}
    wrong = (Diagnostic("src/features/recipes/RecipeCard.tsx", "Expression expected", 1),)
    repair = chat.turn("sort the cards", files=broken, feedback=wrong)
    assert messages(repair)[:-1] == messages(asked)[:-1]
    assert "export const x = ;" in request(repair)


def test_a_small_context_is_told_the_starter_by_names() -> None:
    told = messages(turn(), 16_000)
    assert len(str(told[0]["content"])) < len(system_prompt("tools")) * 0.6


def test_a_long_list_of_errors_says_how_many_there_are_more() -> None:
    wrong = tuple(Diagnostic(f"src/a{number}.ts", "Cannot find name 'x'.", number) for number in range(50))
    assert "and 20 more" in request(turn(feedback=wrong))


def test_a_request_that_is_too_long_is_cut_with_a_mark() -> None:
    told = request(turn(prompt="x" * 200_000), 16_000)
    assert "more characters are left out" in told


def test_what_was_sent_along_and_has_no_room_is_named() -> None:
    told = request(turn(enclosures=(Enclosure("notes.txt", "text", "word " * 9_000),)), 10_000)
    assert "notes.txt" in told
    assert "no room" in told or "cut here" in told


CHATS = {turns: long_chat(turns, count) for turns, count in ((1, 25), (12, 400), (60, 120))}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    chat=st.sampled_from(list(CHATS.values())),
    context=st.integers(8_192, 200_000),
    prompt=st.sampled_from(["sort", "Sortiere nach Größe " * 300, "按日期排序" * 400, "x" * 90_000]),
    errors=st.integers(0, 60),
    sent=st.sampled_from([(), (Enclosure("a.txt", "text", "ä" * 50_000), Enclosure("b.csv", "data", "1,2\n" * 9_000))]),
    protocol=st.sampled_from(["tools", "text"]),
)
def test_an_opening_and_its_answer_fit_into_any_context(
    chat: Chat, context: int, prompt: str, errors: int, sent: tuple[Enclosure, ...], protocol: str
) -> None:
    wrong = tuple(Diagnostic(f"src/a{number}.ts", "wrong " * 200, number) for number in range(errors))
    output = min(32_000, context // 3)
    told = opening(
        chat.turn(prompt, enclosures=sent, feedback=wrong),
        protocol=protocol,
        context_tokens=context,
        output_tokens=output,
    )
    offered = tokens(str(tools())) if protocol == "tools" else 0
    assert sum(tokens(str(message["content"])) for message in told) + offered + output <= context
    assert all(message["content"] for message in told)


def test_an_app_of_400_files_fits_a_small_context() -> None:
    files = {f"src/features/area/Thing{number}.tsx": "export const x = 1;\n" * 100 for number in range(360)}
    told = messages(turn(files), 24_000)
    assert size(told) < 16_000
    assert "more files are not shown here" in str(told[-1]["content"])

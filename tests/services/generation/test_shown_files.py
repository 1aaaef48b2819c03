"""The files that come with a request."""

from overskill.clients.bundler import Diagnostic
from overskill.services.generation.events import Turn
from overskill.services.generation.measures import weight
from overskill.services.generation.past import story
from overskill.services.generation.shown_files import MOST_CHOSEN, shown_files
from overskill.starter import starter_files
from tests.services.generation.large_app import Chat, long_chat

CHAT = long_chat(12)


def small(files: dict[str, str]) -> Chat:
    chat = Chat(dict(starter_files()))
    chat.say("Make it", "Made.", dict(files))
    return chat


def shown(turn: Turn, room: int = 100_000, *, map_room: int = 60_000) -> str:
    return shown_files(turn, story(turn, map_room=map_room, chat_room=10_000), room)


def test_a_small_app_is_shown_as_a_whole_and_the_starter_is_not() -> None:
    told = shown(small({"src/a.ts": "export const a = 1;"}).turn("sort by date"))
    assert '<file path="src/a.ts">\nexport const a = 1;\n</file>' in told
    assert "cn.ts" not in told
    assert "not shown" not in told


def test_of_a_large_app_the_file_that_is_meant_is_whole_and_the_rest_is_said_to_be_left_out() -> None:
    told = shown(CHAT.turn("The trend line of my workouts is wrong"))
    assert '<file path="src/features/workouts/WorkoutChart.tsx">' in told
    assert "more files are not shown here, but in the map above" in told
    assert weight(told) < MOST_CHOSEN * 1.5


def test_without_a_map_the_model_is_told_to_list_the_files() -> None:
    assert "list them first" in shown(CHAT.turn("sort"), map_room=200)


def test_what_a_whole_file_imports_is_outlined() -> None:
    body = "".join(f"  const line{number} = {number};\n" for number in range(900))
    files = {f"src/part{number}.ts": f"export function part{number}(): void {{\n{body}}}\n" for number in range(20)}
    files["src/main42.ts"] = 'import { part7 } from "./part7";\n'
    told = shown(small(files).turn("make main42 faster"), 20_000)
    assert '<file path="src/main42.ts">' in told
    assert '<outline path="src/part7.ts">\nexport function part7(): void' in told


def test_files_with_errors_are_whole_if_they_fit() -> None:
    big = "const x = 1;\n" * 4_000
    wrong = Diagnostic("src/big.ts", "Cannot find name 'y'.", 3)
    chat = small({"src/big.ts": big, **{f"src/b{number}.ts": big[:9_000] for number in range(60)}})
    assert weight(big) > MOST_CHOSEN
    told = shown(chat.turn("sort", feedback=(wrong,)), 90_000)
    assert f'<file path="src/big.ts">\n{big}\n</file>' in told


def test_what_this_turn_changed_already_and_is_not_shown_is_said() -> None:
    files = CHAT.files | {"src/features/pets/Fresh.tsx": "export function Fresh() {\n}\n"}
    assert "src/features/pets/Fresh.tsx: Fresh (new)" in shown(CHAT.turn("sort the recipe cards", files=files))


def test_pictures_and_much_data_are_never_shown() -> None:
    chat = small({"src/data/towns.json": "[" + "1," * 4_000 + "1]", "src/a.ts": "export const a = 1;"})
    told = shown(chat.turn("show the towns"))
    assert "1,1,1" not in told
    assert "1 more file is not shown here" in told


def test_it_never_takes_more_than_its_room() -> None:
    turn = CHAT.turn("The trend line of my workouts is wrong")
    assert all(weight(shown(turn, room)) <= room for room in (0, 50, 300, 1_000, 5_000, 20_000, 60_000))


def test_locked_files_are_named_also_where_they_are_not_shown() -> None:
    told = shown(CHAT.turn("The trend line is wrong", locked=frozenset({"src/App.tsx", "src/hidden.ts"})))
    assert "to be left as they are" in told
    assert told.endswith("src/App.tsx\nsrc/hidden.ts")


def test_nothing_is_said_of_locks_where_there_are_none() -> None:
    assert "Locked" not in shown(CHAT.turn("The trend line is wrong"))

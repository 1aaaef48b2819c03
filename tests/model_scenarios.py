"""What the scripted model server plays: an app of 26 files, a change, a repair, and every way to fail.

The server remembers nothing between requests: like a real model, it reads from the messages what is there.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from overskill.services.generation.events import Event, Kind
from overskill.services.generation.lookups import Item
from overskill.services.generation.text_protocol import TextParser
from tests.model_server import Asked, Chunk, Cut, Plain, Script, Silence, Step, call, delta, end, text

APP = Path(__file__).parent / "data" / "model_app"
FILES_AN_ANSWER = 9
_COMPLETE = re.compile(r"shows in the preview already: (.*?)\.\n")
_REQUESTS = ("Write this app:", "Change it as asked", "does not work yet")
_CHANGES = (("fix this error in the preview", "fix"), ('called "Star row"', "component"), ("", "follow_up"))
_BROKEN_IMPORT = ("src/pages/RecipePage.tsx", "@/features/recipes/Rating", "@/features/recipes/RatingStars")


def app_files() -> dict[str, str]:
    """The app's files in the order they are written."""
    paths = (APP / "order.txt").read_text("utf-8").split()
    return {path: (APP / "files" / path).read_text("utf-8") for path in paths}


def said(name: str) -> str:
    return (APP / f"{name}.txt").read_text("utf-8")


def app(*, broken: bool = False) -> Script:
    """Writes the app, changes it when asked again, and repairs it when told what is wrong."""

    def answer(asked: Asked) -> Iterable[Step]:
        if is_probe(asked):
            return itertools.chain(call(0, "ready", word="yes"), end("tool_calls"))
        if is_thinking(asked):
            return itertools.chain(text((APP / "thoughts.json").read_text("utf-8")), end())
        if is_naming(asked):
            return itertools.chain(text('{"name": "Copper Pot", "mark": "cooking-pot"}'), end())
        request = _request(asked)
        if "does not work yet" in request:
            return _change(asked, said("repair"))
        if "Change it as asked" in request:
            return _change(asked, said(next(name for mark, name in _CHANGES if mark in request)))
        return _build(asked, broken=broken)

    return answer


def is_probe(asked: Asked) -> bool:
    return any(tool["function"]["name"] == "ready" for tool in asked.body.get("tools", ()))


def is_thinking(asked: Asked) -> bool:
    """A brief is asked for, before anything is written."""
    return str(asked.messages[0]["content"]).startswith("You think an app through")


def is_naming(asked: Asked) -> bool:
    """A name and a picture are asked for, after the first version."""
    return str(asked.messages[0]["content"]).startswith("You give a small web app its name")


def _request(asked: Asked) -> str:
    """The latest message that says what to do, and not only that an answer broke off."""
    users = [str(message["content"]) for message in asked.messages if message["role"] == "user"]
    return next((content for content in reversed(users) if any(mark in content for mark in _REQUESTS)), "")


def _complete(asked: Asked) -> set[str]:
    """What was written already: by calls in these messages, or before an interruption."""
    done: set[str] = set()
    for message in asked.messages:
        if message["role"] == "user":
            for found in _COMPLETE.findall(str(message["content"])):
                done.update(found.split(", "))
        for made in message.get("tool_calls", ()):
            if made["function"]["name"] == "write_file":
                done.add(json.loads(made["function"]["arguments"])["path"])
    return done - {"nothing yet"}


def _build(asked: Asked, *, broken: bool) -> Iterator[Step]:
    files = app_files()
    if broken:
        path, right, wrong = _BROKEN_IMPORT
        files[path] = files[path].replace(f'"{right}"', f'"{wrong}"')
    done = _complete(asked)
    left = _left(files, done)
    opening = "" if done else said("opening")
    if not asked.body.get("tools"):
        body = "".join(f'<os-write path="{path}">\n{content}</os-write>\n' for path, content in left)
        yield from text(f"{opening}{body}{said('closing')}<os-finish/>\n")
        yield from end()
        return
    calls = _calls(opening)
    calls += [("write_file", {"path": path, "content": content}) for path, content in left]
    chosen = calls[:FILES_AN_ANSWER]
    is_last = len(calls) <= FILES_AN_ANSWER
    yield from text(_prose(opening) or (said("closing") if is_last else ""))
    yield from _answer(asked, [*chosen, *([("finish", {})] if is_last else [])])


def _left(files: dict[str, str], done: set[str]) -> list[tuple[str, str]]:
    """What is still to be written: a first App as soon as there is a page to show, and the whole one at the end."""
    left: list[tuple[str, str]] = []
    for path, content in files.items():
        if path not in done or path == "src/App.tsx":
            left.append((path, content))
        if path == "src/pages/RecipesPage.tsx" and path not in done:
            left.append(("src/App.tsx", (APP / "early" / "src" / "App.tsx").read_text("utf-8")))
    return left


def _change(asked: Asked, script: str) -> Iterator[Step]:
    if not asked.body.get("tools"):
        yield from text(f"{script}<os-finish/>\n")
        yield from end()
        return
    yield from text(_prose(script))
    yield from _answer(asked, [*_calls(script), ("finish", {})])


def _answer(asked: Asked, calls: list[tuple[str, dict[str, object]]]) -> Iterator[Step]:
    for index, (name, arguments) in enumerate(calls):
        yield from call(index, name, f"call_{asked.number}_{index}", **arguments)
    yield from end("tool_calls")


def _items(script: str) -> list[Item]:
    parser = TextParser()
    return [*parser.feed(script), *parser.end()]


def _prose(script: str) -> str:
    return "".join(item.text for item in _items(script) if isinstance(item, Event) and item.kind is Kind.PROSE).strip()


def _calls(script: str) -> list[tuple[str, dict[str, object]]]:
    """What is written in the text protocol, as tool calls."""
    calls: list[tuple[str, dict[str, object]]] = []
    edits: dict[str, list[object]] = {}
    written: dict[str, str] = {}
    for item in _items(script):
        match item:
            case Event(kind=Kind.NAME):
                calls.append(("set_name", {"name": item.text}))
            case Event(kind=Kind.PLAN):
                calls.append(("set_plan", dict(item.data)))
            case Event(kind=Kind.EDIT):
                edits.setdefault(item.path, []).append(dict(item.data))
            case Event(kind=Kind.DELTA):
                written[item.path] = written.get(item.path, "") + item.text
    calls += [("write_file", {"path": path, "content": content}) for path, content in written.items()]
    return calls + [("edit_file", {"path": path, "edits": changes}) for path, changes in edits.items()]


Fault = Callable[[Iterator[Step]], Iterable[Step]]  # from the steps of a good answer to those of a bad one


def failing(fault: Fault, *, times: int = 1, play: Script | None = None) -> Script:
    """The first answers go wrong, then all is well. Asking for a brief or whether it can call tools always works."""
    good = play or app()
    left = itertools.count(times, -1)

    def answer(asked: Asked) -> Iterable[Step]:
        steps = good(asked)
        is_before = is_probe(asked) or is_thinking(asked) or is_naming(asked)
        return steps if is_before or next(left) <= 0 else fault(iter(steps))

    return answer


def plain(status: int, body: object, **headers: str) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: [Plain(status, body, named)]


def after(count: int, *steps: Step) -> Fault:
    """`count` steps of the good answer, and then these."""
    return lambda good: itertools.chain(itertools.islice(good, count), steps)


def error(code: int | str, message: str) -> dict[str, object]:
    return {"error": {"code": code, "message": message}}


def on_one_index(steps: Iterator[Step]) -> Iterator[Step]:
    """Parallel calls that all claim to be the first, told apart only by their ids."""
    for step in steps:
        if isinstance(step, Chunk):
            for choice in step.data["choices"]:
                for made in choice["delta"].get("tool_calls", ()):
                    made["index"] = 0
        yield step


def whole(steps: Iterator[Step]) -> Iterator[Step]:
    """The same answer as one JSON body, from a server that does not stream."""
    said_text = ""
    calls: dict[int, dict[str, object]] = {}
    for step in steps:
        for choice in step.data["choices"] if isinstance(step, Chunk) else ():
            said_text += choice["delta"].get("content", "")
            for made in choice["delta"].get("tool_calls", ()):
                function = calls.setdefault(made["index"], {"id": made.get("id"), "name": "", "arguments": ""})
                function["name"] = made["function"].get("name") or function["name"]
                function["arguments"] = f"{function['arguments']}{made['function']['arguments']}"
    made_calls = [
        {"id": made["id"], "type": "function", "function": {"name": made["name"], "arguments": made["arguments"]}}
        for made in calls.values()
    ]
    message = {"role": "assistant", "content": said_text, "tool_calls": made_calls}
    ending = "tool_calls" if made_calls else "stop"
    usage = {"prompt_tokens": 100, "completion_tokens": 50}
    yield Plain(200, {"model": "scripted", "choices": [{"message": message, "finish_reason": ending}], "usage": usage})


ALWAYS = 1_000_000
MIDDLE = 2_500  # steps: into the second or third file
CHOICE_ERROR = Chunk({"choices": [{"delta": {"content": ""}, "finish_reason": "error", **error(502, "high demand")}]})

FAULTS: dict[str, tuple[Fault, int]] = {
    "rate-limited": (plain(429, error(429, "Slow down"), retry_after="1"), 1),
    "out-of-credit": (plain(402, error(402, "Insufficient credits")), ALWAYS),
    "busy-budget": (plain(402, error(402, "In-flight budget"), retry_after="1"), 1),
    "wrong-key": (plain(401, error(401, "User not found")), ALWAYS),
    "bad-gateway": (plain(502, "<html>bad gateway</html>"), 1),
    "error-before-text": (after(0, Chunk({**error("502", "down"), "choices": []})), 1),
    "error-after-text": (after(MIDDLE, Chunk({**error(429, "overloaded"), "choices": []})), 1),
    "choice-error": (after(MIDDLE, CHOICE_ERROR), 1),
    "cut": (after(MIDDLE, Cut()), 1),
    "cut-abruptly": (after(MIDDLE, Cut(abrupt=True)), 1),
    "silence": (after(MIDDLE, Silence()), 1),
    "length": (after(MIDDLE, delta(ending="length")), 1),
    "json": (whole, ALWAYS),
    "one-index": (on_one_index, ALWAYS),
}


def _faulty(name: str) -> Callable[[], Script]:
    fault, times = FAULTS[name]
    return lambda: failing(fault, times=times)


SCENARIOS: dict[str, Callable[[], Script]] = {
    "app": app,  # in the text protocol with AI_TOOLS=off
    "repair": lambda: app(broken=True),
    **{name: _faulty(name) for name in FAULTS},
}

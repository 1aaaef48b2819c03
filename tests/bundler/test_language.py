"""Suggestions, types and problems in an editor, by the real language server."""

import json
from collections.abc import Mapping
from typing import Any

import psutil
import pytest

from overskill.clients.daemon import UnknownApp
from overskill.errors import InvalidInput, Unavailable
from tests.support_bundler import SMALL_APP, RunningBundler
from tests.support_waiting import eventually

MONEY = """\
/** Whole cents as people write them. */
export function money(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}
"""
PAGE = """\
import { useState } from "react";
import { money } from "@/lib/money";

export default function App() {
  const [price, setPrice] = useState(100);
  return <button onClick={() => setPrice(price + 1)}>{money(price)}</button>;
}
"""
FILES = SMALL_APP | {"src/App.tsx": PAGE, "src/lib/money.ts": MONEY}


class Editor:
    """One file that is open in an editor, asked about where its text has a `|`."""

    def __init__(self, bundler: RunningBundler, key: str, files: Mapping[str, str] = FILES) -> None:
        self.bundler = bundler
        self.key = key
        self.bundler.client.open(key, files)

    def ask(self, method: str, marked: str, path: str = "src/App.tsx", **more: Any) -> Any:
        before, _, after = marked.partition("|")
        place = {"line": before.count("\n") + 1, "column": len(before) - before.rfind("\n")}
        question = {"key": self.key, "path": path, "text": before + after, **place, **more}
        return self.bundler.client.daemon.call(method, question)


def language_server(bundler: RunningBundler) -> psutil.Process:
    below = psutil.Process(bundler.process.pid).children(recursive=True)
    return next(process for process in reversed(below) if "--lsp" in process.cmdline())


@pytest.fixture(scope="module")
def knowing_bundler(bundler: RunningBundler) -> RunningBundler:
    """With an index of what can be imported, which on a slow machine takes longer than anybody waits for an answer."""
    editor = Editor(bundler, "the-first-app")

    def is_answered() -> bool:
        try:
            return bool(editor.ask("complete", f"use|\n{PAGE}")["items"])
        except Unavailable:
            return False

    assert eventually(is_answered)
    return bundler


@pytest.fixture
def editor(knowing_bundler: RunningBundler, key: str) -> Editor:
    return Editor(knowing_bundler, key)


def test_members_of_a_value_are_suggested_in_text_that_is_not_saved(editor: Editor) -> None:
    found = editor.ask("complete", PAGE.replace("{money(price)}", "{price.toF|}"))
    assert [item["label"] for item in found["items"]] == ["toFixed"]


def test_what_another_file_exports_is_suggested_with_its_import_and_what_it_does(editor: Editor) -> None:
    typed = PAGE.replace('import { money } from "@/lib/money";\n', "").replace("{money(", "{mone|(")
    suggested = next(item for item in editor.ask("complete", typed)["items"] if item["label"] == "money")
    assert suggested["source"] == "@/lib/money"

    described = editor.ask("resolve", typed, label="money", source=suggested["source"])

    assert [(edit["from"]["line"], edit["text"]) for edit in described["edits"]] == [
        (1, 'import { money } from "@/lib/money";\n')
    ]


def test_packages_that_apps_may_use_are_suggested_and_no_others(editor: Editor) -> None:
    typed = PAGE.replace("return <", "useEff|\n  return <")
    sources = {item["source"] for item in editor.ask("complete", typed)["items"] if item["label"] == "useEffect"}
    assert sources == {"react"}
    described = editor.ask("resolve", typed, label="useEffect", source="react")
    assert [edit["text"] for edit in described["edits"]] == ["useEffect, "]


def test_paths_are_suggested_while_an_import_is_written(editor: Editor) -> None:
    typed = PAGE.replace('"@/lib/money"', '"@/lib/|"')
    assert [item["label"] for item in editor.ask("complete", typed)["items"]] == ["money"]


def test_what_a_name_means_is_told_with_its_documentation(editor: Editor) -> None:
    hover = editor.ask("hover", PAGE.replace("{money(", "{mon|ey("))["hover"]
    assert "function money(cents: number): string" in hover["code"]
    assert hover["documentation"] == "Whole cents as people write them."
    assert editor.ask("hover", f"|{PAGE}")["hover"] is None


def test_a_name_leads_to_where_it_is_defined(editor: Editor) -> None:
    found = editor.ask("definition", PAGE.replace("{money(", "{mon|ey("))
    assert found["places"] == [{"file": "src/lib/money.ts", "line": 2, "column": 17}]
    assert editor.ask("definition", PAGE.replace("useState(", "useSt|ate("))["package"] == "react"


def test_the_parameters_of_a_call_are_told(editor: Editor) -> None:
    signature = editor.ask("signature", PAGE.replace("{money(price", "{money(|price"))["signature"]
    start, end = signature["parameters"][signature["active"]]
    assert signature["label"][start:end] == "cents: number"


def test_problems_of_types_are_found_while_typing(editor: Editor) -> None:
    (found,) = editor.ask("diagnostics", PAGE.replace("money(price)", 'money("1")'))["diagnostics"]
    assert (found["file"], found["line"], found["code"], found["severity"]) == ("src/App.tsx", 6, "type", "error")
    assert found["message"] == "Argument of type 'string' is not assignable to parameter of type 'number'."


def test_a_change_of_another_file_counts_at_once(editor: Editor) -> None:
    assert editor.ask("diagnostics", PAGE)["diagnostics"] == []
    editor.bundler.client.update(editor.key, {"src/lib/money.ts": MONEY.replace("cents: number", "cents: string")})
    (found,) = editor.ask("diagnostics", PAGE)["diagnostics"]
    assert "not assignable to parameter of type 'string'" in found["message"]
    editor.bundler.client.update(editor.key, {"src/lib/money.ts": None})
    (found,) = editor.ask("diagnostics", PAGE)["diagnostics"]
    assert found["message"] == 'Cannot find "@/lib/money". Create that file or correct the import.'  # as in a check


def test_files_that_are_no_code_have_the_problems_the_preview_knows(editor: Editor) -> None:
    editor.bundler.client.update(editor.key, {"src/index.css": "@plugin 'x';"})
    found = editor.ask("diagnostics", "@plugin 'x';", "src/index.css")["diagnostics"]
    assert [one["code"] for one in found] == ["css"]
    assert editor.ask("complete", "a|", "src/index.css")["items"] == []


def test_an_app_never_sees_another_one(bundler: RunningBundler, key: str, editor: Editor) -> None:
    other = Editor(bundler, f"{key}-other", FILES | {"src/secret.ts": "export const secret = 1;\n"})
    other.ask("hover", "export const se|cret = 1;\n", "src/secret.ts")
    for path in ("../../|", "./../../|", "../../../|", "/|", "|/", "/|'"):
        found = editor.ask("complete", f'import {{ secret }} from "{path}";')["items"]
        assert {item["label"] for item in found} <= {"lib"}, path  # that this app has, too
    folder = bundler.settings.home / "bundler" / "language" / "apps"
    assert folder.stat().st_mode & 0o777 == 0o300
    told = editor.ask("hover", 'import * as mon|ey from "@/lib/money";')["hover"]
    assert str(folder) not in json.dumps(told)


def test_code_that_is_nested_too_deeply_harms_nobody(knowing_bundler: RunningBundler, key: str) -> None:
    deep = f"export const deep = {'(' * 50_000}1{')' * 50_000};\n"
    editor = Editor(knowing_bundler, key, FILES | {"src/deep.ts": deep})
    server = language_server(knowing_bundler)
    importing = f'import {{ deep }} from "./deep";\n{PAGE}'
    assert editor.ask("diagnostics", deep, "src/deep.ts")["diagnostics"]  # the bundler's own
    assert len(editor.ask("diagnostics", importing)["diagnostics"]) == 1
    assert server.is_running()


def test_configuration_of_an_app_is_not_read(bundler: RunningBundler, key: str) -> None:
    hostile = {"tsconfig.json": '{"compilerOptions": {"plugins": [{"name": "./x"}]}}', "src/tsconfig.json": "{{{"}
    assert Editor(bundler, key, FILES | hostile).ask("diagnostics", PAGE)["diagnostics"] == []


def test_questions_about_an_app_that_is_not_open_say_so(bundler: RunningBundler, editor: Editor) -> None:
    bundler.client.close(editor.key)
    with pytest.raises(UnknownApp):
        editor.ask("hover", PAGE)


@pytest.mark.parametrize(
    "wrong",
    [{"line": 0}, {"column": 1.5}, {"text": None}, {"path": "src/../../x/src/a.ts"}, {"text": "x" * (600 << 10)}],
)
def test_questions_that_make_no_sense_are_refused(editor: Editor, wrong: dict[str, Any]) -> None:
    question = {"key": editor.key, "path": "src/App.tsx", "text": PAGE, "line": 1, "column": 1}
    with pytest.raises(InvalidInput):
        editor.bundler.client.daemon.call("hover", question | wrong)


def test_a_place_outside_the_text_has_no_answer_and_does_no_harm(editor: Editor) -> None:
    question = {"key": editor.key, "path": "src/App.tsx", "text": PAGE, "line": 4000, "column": 9}
    editor.bundler.client.daemon.call("hover", question)
    assert editor.ask("hover", PAGE.replace("{money(", "{mon|ey("))["hover"] is not None


def test_a_server_that_dies_is_started_again_and_asked_once_more(editor: Editor) -> None:
    assert editor.ask("diagnostics", PAGE)["diagnostics"] == []
    language_server(editor.bundler).kill()
    assert len(editor.ask("diagnostics", PAGE.replace("money(price)", 'money("1")'))["diagnostics"]) == 1


def test_the_language_server_ends_with_the_daemon(own_bundler: RunningBundler) -> None:
    Editor(own_bundler, "an-app").ask("diagnostics", PAGE)
    server = language_server(own_bundler)
    own_bundler.kill()
    assert eventually(lambda: not server.is_running())


def test_code_is_formatted_and_what_is_no_code_is_refused(bundler: RunningBundler) -> None:
    formatted = bundler.client.daemon.call("format", {"path": "src/App.tsx", "text": "const a=1"})
    assert formatted == {"text": "const a = 1;\n"}
    with pytest.raises(InvalidInput, match=r"src/App\.tsx can't be formatted: line 1"):
        bundler.client.daemon.call("format", {"path": "src/App.tsx", "text": "const = <"})

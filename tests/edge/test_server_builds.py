"""From an app's files to its answers: server code as the bundler builds it, run by the edge."""

import json
from pathlib import Path

import pytest

from overskill.bundler.setup import Installation
from tests.support_bundler import SMALL_APP, builds, bundler_installation
from tests.support_edge import RunningEdge, make_upload

__all__ = ["bundler_installation"]

SERVER = """\
import { format } from "date-fns";
import { nanoid } from "nanoid";
import { z } from "zod";

import type { Note } from "@/types";

const Body = z.object({ text: z.string().min(1), at: z.coerce.date() });

export default {
  async fetch(request, env): Promise<Response> {
    const body = Body.safeParse(await request.json());
    if (!body.success) return Response.json({ error: "A note has a text." }, { status: 422 });
    const note: Note = { id: nanoid(), text: body.data.text, day: format(body.data.at, "d MMM yyyy") };
    return Response.json({ ...note, by: env.AUTHOR, mode: import.meta.env.MODE });
  },
} satisfies ExportedHandler;
"""
TYPES = "export type Note = { id: string; text: string; day: string };\n"


@pytest.fixture(scope="module")
def built(edge: RunningEdge, bundler_installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("builds")
    bundle = builds(bundler_installation, folder)({**SMALL_APP, "server/index.ts": SERVER, "src/types.ts": TYPES})
    secrets = {"AUTHOR": "Ada"}
    edge.publish(make_upload("built", assets=bundle.assets, modules=bundle.modules, secrets=secrets))
    return folder


@pytest.mark.usefixtures("built")
def test_what_is_built_answers_with_its_packages_and_secrets(edge: RunningEdge) -> None:
    body = json.dumps({"text": "hello", "at": "2026-03-14T12:00:00Z"}).encode()
    answer = edge.ask("built", "/api/notes", method="POST", body=body)
    note = json.loads(answer.text)
    assert (answer.status, note["text"], note["day"]) == (200, "hello", "14 Mar 2026")
    assert (note["by"], note["mode"], len(note["id"])) == ("Ada", "production", 21)


@pytest.mark.usefixtures("built")
def test_what_is_built_refuses_what_it_cannot_read(edge: RunningEdge) -> None:
    assert edge.ask("built", "/api/notes", method="POST", body=b"{}").status == 422


def test_server_code_that_cannot_start_fails_the_health_check_of_its_publish(edge: RunningEdge) -> None:
    code = b'throw new Error("at the start"); export default { fetch() {} };'
    edge.publish(make_upload("stillborn", modules={"server.js": code}))
    assert edge.ask("stillborn", "/__health").status == 500
    assert edge.ask("stillborn").status == 200

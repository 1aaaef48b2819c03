/** An answer that breaks off on its way is a lost connection, whatever its status said: never an answer without content. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { canvasApi } from "../../../overskill/components/editor/canvas/api.js";
import { filesApi } from "../../../overskill/components/editor/code/api.js";
import { Refused } from "../../../overskill/components/editor/code/failures.js";
import { languageClient, NoAnswer } from "../../../overskill/components/editor/code/language_client.js";
import { branchesOf } from "../../../overskill/components/editor/settings/api.js";
import { createLink } from "../../../overskill/components/editor/share_links.js";
import { conflictsOf } from "../../../overskill/components/editor/turn_conflicts.js";
import { versionsApi } from "../../../overskill/components/editor/timeline/api.js";
import { changeOwnPicture } from "../../../overskill/components/market/sell_api.js";

const { fetch } = globalThis;
afterEach(() => (globalThis.fetch = fetch));
const answering = (body, status = 200) => (globalThis.fetch = async () => new Response(body, { status }));
const CUT = '{"files": [{"pa';

test("what breaks off is asked for again, not taken as saved", async () => {
  answering(CUT);
  await assert.rejects(filesApi("app").list(), (failure) => !(failure instanceof Refused));
  await assert.rejects(filesApi("app").save("a.ts", "a", null), (failure) => !(failure instanceof Refused));
  await assert.rejects(canvasApi("app").save("a.tsx", {}), { isFinal: false });
  answering(CUT, 409); // a conflict that did not say what the file is now
  await assert.rejects(filesApi("app").save("a.ts", "a", null), (failure) => !(failure instanceof Refused));
});

test("what breaks off is said where nobody asks again by itself", async () => {
  answering(CUT);
  await assert.rejects(versionsApi("app").compare(1, 2), /can't be reached/);
  await assert.rejects(branchesOf("visit", 1), /did not answer/);
  await assert.rejects(createLink("app", "day"), Error);
  await assert.rejects(conflictsOf("app", "turn").read("a.ts"), /did not work/);
  await assert.rejects(changeOwnPicture(null), /Try again/);
  await assert.rejects(languageClient("app")("diagnostics", {}), NoAnswer);
});

test("a refusal without words of its own is still one", async () => {
  answering("<html>", 403);
  await assert.rejects(filesApi("app").list(), Refused);
  await assert.rejects(canvasApi("app").read("a.tsx"), { isFinal: true, status: 403 });
  await assert.rejects(versionsApi("app").list(), /answered 403/);
});

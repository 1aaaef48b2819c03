import assert from "node:assert/strict";
import { test } from "node:test";

import app from "../../overskill/edge/workers/app/app-worker.js";
import { rangeOf, serve } from "../../overskill/edge/workers/app/stored-files.js";

const CONTENT = "0123456789";
const FILES = {
  "/index.html": { hash: "a", size: 4, type: "text/html", body: btoa("page"), scripts: "'sha256-x'" },
  "/about.html": { hash: "b", size: 5, type: "text/html", body: btoa("about") },
  "/é.txt": { hash: "e", size: 1, type: "text/plain", body: btoa("e") },
  "/assets/film-1.mp4": { hash: "c", size: 10, type: "video/mp4", cache: "immutable", key: "edge/files/c" },
};
const BUCKET = {
  get(key, { range } = {}) {
    if (key !== "edge/files/c") return null;
    return { body: range ? CONTENT.slice(range.offset, range.offset + range.length) : CONTENT };
  },
};

function ask(path, { env = {}, ...init } = {}) {
  const request = new Request(`https://shop.example${path}`, init);
  return serve(request, { FILES: BUCKET, APP_ID: "1", ...env }, {}, { app, files: FILES });
}

test("a file in the script is served with its type and may be asked for again", async () => {
  const response = await ask("/");
  assert.equal(await response.text(), "page");
  assert.equal(response.headers.get("content-type"), "text/html");
  assert.equal(response.headers.get("cache-control"), "public, max-age=0, must-revalidate");
  assert.equal(response.headers.get("x-edge-scripts"), "'sha256-x'");
  const again = await ask("/", { headers: { "if-none-match": 'W/"a"' } });
  assert.equal(again.status, 304);
});

test("pages are found without their ending, and names with other letters too", async () => {
  assert.equal(await (await ask("/about")).text(), "about");
  assert.equal(await (await ask("/%C3%A9.txt")).text(), "e");
});

test("a file in the object store is streamed, whole or in part", async () => {
  const whole = await ask("/assets/film-1.mp4");
  assert.equal(await whole.text(), CONTENT);
  assert.equal(whole.headers.get("cache-control"), "immutable");
  const part = await ask("/assets/film-1.mp4", { headers: { range: "bytes=2-4" } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get("content-range"), "bytes 2-4/10");
  assert.equal(await part.text(), "234");
});

test("a download that goes on after its file has changed gets all of the file that is there now", async () => {
  const unchanged = await ask("/assets/film-1.mp4", { headers: { range: "bytes=2-4", "if-range": '"c"' } });
  assert.equal(unchanged.status, 206);
  const changed = await ask("/assets/film-1.mp4", { headers: { range: "bytes=2-4", "if-range": '"b"' } });
  assert.equal(changed.status, 200);
  assert.equal(await changed.text(), CONTENT);
});

test("HEAD tells the size and sends nothing", async () => {
  const response = await ask("/assets/film-1.mp4", { method: "HEAD" });
  assert.equal(response.headers.get("content-length"), "10");
  assert.equal(await response.text(), "");
});

test("every other address gets the page, hashed files and routes excepted", async () => {
  assert.equal(await (await ask("/orders/7")).text(), "page");
  assert.equal((await ask("/assets/gone-2.js")).status, 404);
  assert.equal((await ask("/api/none")).status, 404);
  assert.equal((await (await ask("/__health")).json()).app, "1");
});

test("static assets beside them stay the app's", async () => {
  const env = { ASSETS: { fetch: () => new Response("asset") } };
  assert.equal(await (await ask("/orders/7", { env })).text(), "asset");
});

test("files take no other methods", async () => {
  assert.equal((await ask("/", { method: "POST", body: "x" })).status, 405);
});

test("a file that the object store lost is not found", async () => {
  const response = await serve(new Request("https://shop.example/x"), { FILES: BUCKET }, {}, {
    app,
    files: { "/x": { hash: "x", size: 1, type: "text/plain", key: "edge/files/none" } },
  });
  assert.equal(response.status, 404);
});

test("an app never sees the bucket", async () => {
  let seen;
  const spy = { fetch: (_, env) => ((seen = env), new Response()) };
  await serve(new Request("https://shop.example/api/x"), { FILES: BUCKET, A: "1" }, {}, { app: spy, files: FILES });
  assert.deepEqual(Object.keys(seen), ["A", "ASSETS"]);
});

test("ranges are read as browsers write them", () => {
  const ranges = { "bytes=0-": [0, 9], "bytes=-3": [7, 9], "bytes=5-99": [5, 9], "bytes=20-": null, "lines=1-2": null };
  for (const [range, expected] of Object.entries(ranges)) {
    const found = rangeOf(new Request("https://x", { headers: { range } }), 10);
    assert.deepEqual(found && [found.start, found.end], expected, range);
  }
});

/** Which addresses the starter's pictures have, where. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { pictureAddresses } from "../../../overskill/starter/app/src/lib/pictures.ts";

const HOST = { service: "/_image", basePath: "/", origin: "https://shop.example" };
const PATH = { service: "/_image", basePath: "/app/shop", origin: "https://apps.example" };
const ELSEWHERE = { service: undefined, basePath: "/", origin: "http://localhost:5173" };

const widths = ({ srcSet }) => srcSet.split(", ").map((one) => Number(/ (\d+)w$/.exec(one)[1]));

test("a published picture is offered in several widths", () => {
  const { src, srcSet } = pictureAddresses("/harbour.jpg", undefined, HOST);
  assert.equal(src, "/_image/2560/harbour.jpg");
  assert.match(srcSet, /^\/_image\/128\/harbour\.jpg 128w, .*, \/_image\/2560\/harbour\.jpg 2560w$/);
});

test("no width is offered that is more than sharp", () => {
  assert.deepEqual(widths(pictureAddresses("/harbour.jpg", 300, HOST)), [128, 256, 384, 640]);
  assert.equal(widths(pictureAddresses("/harbour.jpg", 4000, HOST)).at(-1), 2560);
  assert.deepEqual(widths(pictureAddresses("/harbour.jpg", 20, HOST)), [128]);
});

for (const [words, src, path] of [
  ["an imported picture", "https://shop.example/assets/harbour-1a2b3c4d.webp", "/assets/harbour-1a2b3c4d.webp"],
  ["a picture in a folder beside the page", "photos/harbour.png", "/photos/harbour.png"],
  ["a name that addresses write otherwise", "/größe 1.JPG", "/gr%C3%B6%C3%9Fe%201.JPG"],
  ["a picture of another state", "/harbour.avif?v=2", "/harbour.avif?v=2"],
]) {
  test(`${words} is made to fit`, () => {
    assert.equal(pictureAddresses(src, 100, HOST).src, `/_image/256${path}`);
  });
}

test("below a path, pictures are asked for there", () => {
  for (const src of [
    "/photos/harbour.jpg",
    "photos/harbour.jpg",
    "/app/shop/photos/harbour.jpg",
    "https://apps.example/app/shop/photos/harbour.jpg",
  ]) {
    const { src: address, srcSet } = pictureAddresses(src, 100, PATH);
    assert.equal(address, "/app/shop/_image/256/photos/harbour.jpg");
    assert.match(srcSet, /^\/app\/shop\/_image\/128\/photos\/harbour\.jpg 128w, /);
  }
});

for (const src of [
  "data:image/webp;base64,UklGRg==",
  "blob:https://apps.example/0b6c1a52-6e0f-4f0c-9a59-3f0d6a1c2b3d",
  "https://pictures.example/harbour.jpg",
  "//pictures.example/harbour.jpg",
  "https://apps.example/app/other/harbour.jpg",
  "https://apps.example:8443/app/shop/harbour.jpg",
  "http://[",
  "",
]) {
  test(`what is no picture of the app stays as it is: ${src || "nothing"}`, () => {
    assert.deepEqual(pictureAddresses(src, 100, PATH), { src });
  });
}

test("drawings and moving pictures stay as they are, and are found below a path", () => {
  assert.deepEqual(pictureAddresses("/logo.svg", 100, HOST), { src: "/logo.svg" });
  assert.deepEqual(pictureAddresses("/cat.gif", 100, PATH), { src: "/app/shop/cat.gif" });
});

test("where pictures are not made to fit, they are as they are", () => {
  for (const src of ["/harbour.jpg", "http://localhost:5173/src/harbour.jpg?v=1", "photos/harbour.jpg"]) {
    assert.deepEqual(pictureAddresses(src, 100, ELSEWHERE), { src });
  }
});

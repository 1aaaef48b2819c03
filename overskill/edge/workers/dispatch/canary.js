// A canary: some visitors get another script, `<script>--canary`, and each keeps what they got.

import { ownCookie, readCookie } from "./cookies.js";

const COOKIE = "bucket";
const BUCKETS = 10_000;
const REMEMBERED_SECONDS = 30 * 86_400;

export const SUFFIX = "--canary";

/** What the bundler puts here carries its hash in its name: whoever asks means exactly that file. */
export function isHashed(pathname) {
  return pathname.startsWith("/assets/");
}

/**
 * Which variant this visitor gets. A visitor's bucket stays, so one who has the canary at 5 % has it at 20 % too.
 *
 * @returns {{variant: "stable"|"canary", cookie: string}}  `cookie` is "" when the visitor has it
 */
export function chooseVariant(request, percent, place) {
  const known = readCookie(request.headers, COOKIE, place);
  const bucket = /^\d{1,4}$/.test(known) ? Number(known) : Math.floor(Math.random() * BUCKETS);
  const variant = bucket < (percent / 100) * BUCKETS ? "canary" : "stable";
  return { variant, cookie: known === String(bucket) ? "" : ownCookie(COOKIE, bucket, REMEMBERED_SECONDS, place) };
}

export function wasInTrial(request, place) {
  return readCookie(request.headers, COOKIE, place) !== "";
}

export function scriptOf(script, variant) {
  return variant === "canary" ? script + SUFFIX : script;
}

export function otherThan(variant) {
  return variant === "canary" ? "stable" : "canary";
}

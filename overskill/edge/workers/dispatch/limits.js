// What one app may take: requests a second (a token bucket in this isolate) and bytes in a request.

const MAX_BUCKETS = 10_000;
const BUCKETS = new Map(); // app -> {tokens, at}; least recently used first

/** True when `app` may have one more request now. A rate of 0 means no limit. */
export function takeToken(app, { perSecond, burst }, now = Date.now()) {
  if (perSecond <= 0) return true;
  const bucket = BUCKETS.get(app) ?? { tokens: burst, at: now };
  BUCKETS.delete(app);
  BUCKETS.set(app, bucket);
  if (BUCKETS.size > MAX_BUCKETS) BUCKETS.delete(BUCKETS.keys().next().value);

  bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

export class BodyTooLarge extends Error {}

/** All of a stream, or BodyTooLarge. */
export async function readWithin(stream, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return new Blob(chunks).arrayBuffer();
}

/**
 * The request, if its body has no more than `limit` bytes; else throws BodyTooLarge. A body of undeclared length is
 * read first: cut off on its way, it would look complete to the app.
 */
export async function withinLimit(request, limit) {
  if (!request.body || limit <= 0) return request;
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    if (Number(declared) > limit) throw new BodyTooLarge();
    return request;
  }
  const headers = new Headers(request.headers);
  headers.delete("transfer-encoding");
  return new Request(request, { headers, body: await readWithin(request.body, limit) });
}

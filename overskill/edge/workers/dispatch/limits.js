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

/**
 * The request with a body that never gives more than `limit` bytes. Throws BodyTooLarge at once when the length is
 * declared; a body of unknown length is counted as it passes, and `exceeded` tells afterwards.
 */
export function limitBody(request, limit) {
  const passage = { request, exceeded: false };
  if (!request.body || limit <= 0) return passage;
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    if (Number(declared) > limit) throw new BodyTooLarge();
    return passage;
  }
  let passed = 0;
  const counted = request.body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        passed += chunk.byteLength;
        if (passed <= limit) return controller.enqueue(chunk);
        passage.exceeded = true;
        controller.error(new BodyTooLarge());
      },
    }),
  );
  passage.request = new Request(request, { body: counted });
  return passage;
}

// A part of a file: what media players and resumed downloads ask for.

const SINGLE = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/;

/**
 * The bytes that are asked for, first and last; "whole" when all are; null when there are no such bytes.
 * Several ranges at once, and what can't be read, get the whole file: that is always allowed.
 *
 * @returns {{first: number, last: number} | "whole" | null}
 */
export function rangeOf(request, size, etag) {
  const range = request.headers.get("range");
  if (range === null || request.method !== "GET") return "whole";
  const condition = request.headers.get("if-range");
  if (condition !== null && condition !== etag) return "whole"; // it has changed since
  const [match, from, to, suffix] = SINGLE.exec(range.trim()) ?? [];
  if (!match) return "whole";
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size);
    return length > 0 ? { first: size - length, last: size - 1 } : null;
  }
  const first = Number(from);
  const last = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size) return null;
  return last < first ? "whole" : { first, last };
}

/** The bytes from `first` to `last` of a buffer or a stream. */
export function part(body, { first, last }) {
  if (body instanceof ArrayBuffer) return body.slice(first, last + 1);
  let at = 0;
  const clip = new TransformStream({
    transform(chunk, controller) {
      const start = Math.max(0, first - at);
      const end = Math.min(chunk.byteLength, last + 1 - at);
      at += chunk.byteLength;
      if (start < end) controller.enqueue(chunk.subarray(start, end));
      if (at > last) controller.terminate();
    },
  });
  return body.pipeThrough(clip).pipeThrough(new FixedLengthStream(last - first + 1));
}

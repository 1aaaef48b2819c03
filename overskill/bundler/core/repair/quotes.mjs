/** Typographic quotation marks where code needs plain ones; those inside texts stay. */
const MOST = 200;
const PAIRS = { "“": "”", "”": "”", "„": "“", "‘": "’", "’": "’", "‚": "‘", "«": "»" };
const PLAIN = { "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "«": '"' };

/** @type {import("./repair.mjs").Kind} */
export function quotes(source, _app, budget) {
  if (source.hasSyntax || !/[“”„‘’‚«]/.test(source.text)) return null;
  let at = source;
  for (let round = 0; round < MOST && !at.hasSyntax && !budget.isOver; round += 1) {
    const text = withPlainPair(at);
    if (text === null) return null;
    at = at.with(text);
  }
  const line = source.line(source.errors[0].labels[0]?.start);
  return at.hasSyntax
    ? { text: at.text, repairs: [{ kind: "text", message: "Replaced typographic quotation marks", line }] }
    : null;
}

/** The mark the parser stumbles over, and the one that closes it on the same line. */
function withPlainPair({ text, errors }) {
  const start = errors[0].labels[0]?.start ?? -1;
  const plain = PLAIN[text[start]];
  if (!plain) return null;
  const lineEnd = text.indexOf("\n", start);
  const line = text.slice(start + 1, lineEnd < 0 ? undefined : lineEnd);
  const closing = [PAIRS[text[start]], plain].map((mark) => line.indexOf(mark)).filter((index) => index >= 0);
  if (closing.length === 0) return text.slice(0, start) + plain + text.slice(start + 1);
  const end = start + 1 + Math.min(...closing);
  return text.slice(0, start) + plain + text.slice(start + 1, end) + plain + text.slice(end + 1);
}

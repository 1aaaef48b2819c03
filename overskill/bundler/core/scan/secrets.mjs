/** Keys and passwords, told by how they look. What is found is never repeated. */

/** Keys that open something for whoever has them. Each has a beginning of its own, so nothing else looks like it. */
const LIVE_KEYS = [
  ["an OpenAI key", /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,200}\b/],
  ["an Anthropic key", /\bsk-ant-[A-Za-z0-9_-]{20,200}/],
  ["an OpenRouter key", /\bsk-or-v1-[a-f0-9]{32,128}\b/],
  ["a Stripe secret key", /\b[rs]k_live_[A-Za-z0-9]{16,200}\b/],
  ["a Stripe webhook secret", /\bwhsec_[A-Za-z0-9+/=]{24,100}/],
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a GitHub token", /\b(?:gh[opsur]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{50,255})\b/],
  ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,100}/],
  ["a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{20,200}/],
  ["a Slack webhook", /hooks\.slack\.com\/services\/T[A-Za-z0-9]{6,20}\/B[A-Za-z0-9]{6,20}\/[A-Za-z0-9]{16,40}/],
  ["a Discord webhook", /discord(?:app)?\.com\/api\/webhooks\/\d{15,25}\/[\w-]{50,100}/],
  ["a SendGrid key", /\bSG\.[\w-]{16,40}\.[\w-]{30,60}/],
  ["a Twilio key", /\bSK[a-f0-9]{32}\b/],
  ["a Mailgun key", /\bkey-[a-f0-9]{32}\b/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/],
  ["a Hugging Face token", /\bhf_[A-Za-z0-9]{30,60}\b/],
  ["a Groq key", /\bgsk_[A-Za-z0-9]{40,80}\b/],
  ["a Replicate token", /\br8_[A-Za-z0-9]{36,40}\b/],
  ["a Supabase secret key", /\bsb_secret_[\w-]{20,100}/],
  ["a DigitalOcean token", /\bdo[opr]_v1_[a-f0-9]{64}\b/],
  ["a Telegram bot token", /\b\d{8,10}:AA[\w-]{33}\b/],
  ["a private key", /-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----/],
  [
    "a database address with its password",
    /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|rediss?):\/\/[^\s:@/]{1,100}:[^\s:@/]{3,100}@/,
  ],
];
const GOOGLE_KEY = /\bAIza[\w-]{35}\b/;
const WEB_TOKEN = /\beyJ[\w-]{10,2000}\.(eyJ[\w-]{10,4000})\.[\w-]{10,2000}/;
const PLACEHOLDER =
  /(?:x{4,}|\*{3,}|\.{3,}|0{8,}|1234567|abcdef|example|placeholder|your[-_]|changeme|dummy|redacted|<.*>)/i;
const SECRET_NAME =
  /secret|passw(?:or)?d|passphrase|api_?key|private_?key|access_?key|auth_?token|access_?token|bearer|credential/i;
const PUBLIC_NAME =
  /public|publishable|anon|label|placeholder|field|name|hint|text|title|type|pattern|regex|url|path|id$/i;
const FEWEST_BITS = 3.6; // per character; words have about 3, random letters and digits over 4

/** What a live key or private key in the text is ("a GitHub token"), or "". */
export function liveKey(text) {
  for (const [name, pattern] of LIVE_KEYS) {
    const found = pattern.exec(text);
    if (found && !isPlaceholder(found[0])) return name;
  }
  return isServiceToken(text) ? "a Supabase service key" : "";
}

/** Google's keys may be public, when they are limited to the app's address. */
export function isGoogleKey(text) {
  const found = GOOGLE_KEY.exec(text);
  return found !== null && !isPlaceholder(found[0]);
}

/** Whether a text that is given to a name such as `apiSecret` looks random rather than written. */
export function looksSecret(name, text) {
  if (!SECRET_NAME.test(name) || PUBLIC_NAME.test(name)) return false;
  if (text.length < 20 || text.length > 500 || /\s/.test(text) || isPlaceholder(text)) return false;
  if (/^(https?:|\/|\.|data:|#)/.test(text)) return false;
  return /\d/.test(text) && /[A-Za-z]/.test(text) && bitsPerCharacter(text) >= FEWEST_BITS;
}

function isPlaceholder(text) {
  const tail = text.slice(-16);
  return PLACEHOLDER.test(text) || new Set(tail).size < 5;
}

/** A token of Supabase with the role that may do anything. */
function isServiceToken(text) {
  const found = WEB_TOKEN.exec(text);
  if (!found) return false;
  try {
    return JSON.parse(Buffer.from(found[1], "base64url").toString()).role === "service_role";
  } catch {
    return false; // it only looks like one
  }
}

function bitsPerCharacter(text) {
  const counts = new Map();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}

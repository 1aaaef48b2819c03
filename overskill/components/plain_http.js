/**
 * What browsers have only on pages that came by https or from localhost (W3C Secure Contexts), for somebody who tries the
 * studio by plain http at the address of a machine in their network: names for messages, and copying.
 */

/** @returns {string} a UUID of version 4 (RFC 9562, section 5.4) */
function randomUUID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** As `navigator.clipboard` does, by way of a field that nobody sees. */
async function writeText(text) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.style.cssText = "position: fixed; opacity: 0";
  (before?.closest("dialog") ?? document.body).append(field); // a modal dialog lets nothing else have the focus
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  before?.focus();
  if (!isCopied) throw new DOMException("The browser lets nobody copy here.", "NotAllowedError");
}

crypto.randomUUID ??= randomUUID;
if (!navigator.clipboard) Object.defineProperty(navigator, "clipboard", { value: { writeText } });

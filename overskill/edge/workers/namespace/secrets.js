// Secrets of an app's own code, sealed by overskill/clients/edge_secrets.py. Only the sandbox process has the key; an
// app's isolate gets its own secrets, unsealed, and nothing else.

import { env as processEnv } from "cloudflare:workers";

const NONCE_BYTES = 12;

function bytes(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** @param {{namespace: string, script: string}} place */
export async function unseal({ name, sealed }, place) {
  const key = await crypto.subtle.importKey("raw", bytes(processEnv.SECRETS_KEY), "AES-GCM", false, ["decrypt"]);
  const content = bytes(sealed);
  const additionalData = new TextEncoder().encode(`${place.namespace}/${place.script}/${name}`);
  const algorithm = { name: "AES-GCM", iv: content.subarray(0, NONCE_BYTES), additionalData };
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, content.subarray(NONCE_BYTES)));
  } catch (error) {
    throw new Error(`The secret ${name} can't be read: it was sealed with another key. Publish again.`, { cause: error });
  }
}

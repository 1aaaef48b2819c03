/** A language server whose answers are the letter case of the open text, and which ends or hangs when that says so. */
import { appendFileSync } from "node:fs";

let text = "";
let received = Buffer.alloc(0);

process.stdin.on("data", (data) => {
  received = Buffer.concat([received, data]);
  for (let at = received.indexOf("\r\n\r\n"); at >= 0; at = received.indexOf("\r\n\r\n")) {
    const length = Number(/Content-Length: (\d+)/.exec(received)[1]);
    if (received.length < at + 4 + length) return;
    take(JSON.parse(received.subarray(at + 4, at + 4 + length)));
    received = received.subarray(at + 4 + length);
  }
});
process.stdin.on("end", () => process.exit(0));
appendFileSync(process.argv[2], "started\n");

function take({ id, method, params }) {
  if (method === "textDocument/didOpen") ({ text } = params.textDocument);
  if (method === "textDocument/didChange") ({ text } = params.contentChanges[0]);
  if (method === "$/cancelRequest") answer(params.id, { error: { message: "Called off." } });
  if (id === undefined) return;
  if (method === "textDocument/hover" && text === "end") process.exit(1);
  if (method === "textDocument/hover" && text === "hang") for (;;);
  if (method === "textDocument/hover" && text === "wait") return;
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  answer(id, { result: method === "textDocument/hover" ? { contents: { value: text.toUpperCase() }, range } : null });
}

function answer(id, outcome) {
  const message = JSON.stringify({ jsonrpc: "2.0", id, ...outcome });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
}

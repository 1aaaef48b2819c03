/** JSON lines over a unix socket: {id, method, params} -> {id, result} or {id, error: {kind, message}}. */
import fs from "node:fs";
import net from "node:net";

import { Refused } from "../core/files.mjs";

const LONGEST_LINE = 64 * 1024 * 1024; // 8 MB of files, escaped, with room to spare

/** @param {Record<string, (params: object) => unknown>} methods */
export async function serveMethods(socketPath, methods) {
  fs.rmSync(socketPath, { force: true });
  const server = net.createServer((connection) => serveConnection(connection, methods));
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    const mask = process.umask(0o177); // the socket must never be reachable by others, not even for a moment
    server.listen(socketPath, resolve);
    process.umask(mask);
  });
  fs.chmodSync(socketPath, 0o600);
  return server;
}

function serveConnection(connection, methods) {
  let pieces = [];
  let length = 0;
  connection.setEncoding("utf8");
  connection.on("error", () => connection.destroy());
  connection.on("data", (data) => {
    let from = 0;
    for (let end = data.indexOf("\n"); end >= 0; end = data.indexOf("\n", from)) {
      void answer(connection, pieces.join("") + data.slice(from, end), methods);
      pieces = [];
      length = 0;
      from = end + 1;
    }
    const rest = data.slice(from);
    length += rest.length;
    if (rest) pieces.push(rest);
    if (length > LONGEST_LINE) connection.destroy();
  });
}

async function answer(connection, line, methods) {
  let id = null;
  let reply;
  try {
    const request = JSON.parse(line);
    id = request.id;
    if (!Object.hasOwn(methods, request.method))
      throw new Refused("invalid_input", `There is no method ${request.method}.`);
    reply = { id, result: await methods[request.method](request.params ?? {}) };
  } catch (error) {
    if (!(error instanceof Refused)) console.error(error);
    const kind = error instanceof Refused ? error.kind : "unavailable";
    reply = { id, error: { kind, message: error.message } };
  }
  if (connection.writable) connection.write(`${JSON.stringify(reply)}\n`);
}

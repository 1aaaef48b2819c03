/**
 * Inside the sandbox of an install: there is no network, but a port of our own that leads to the relay's socket.
 *
 *   node fetch.mjs <socket> <port> <command…>
 */
import { spawn } from "node:child_process";
import net from "node:net";

const [socket, port, command, ...args] = process.argv.slice(2);

const server = net.createServer((inner) => {
  const outer = net.connect(socket);
  inner.pipe(outer).pipe(inner);
  for (const [one, other] of [
    [inner, outer],
    [outer, inner],
  ])
    one.on("error", () => other.destroy());
});
server.listen(Number(port), "127.0.0.1", () => {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  child.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on("exit", (status, signal) => {
    if (signal) console.error(`It was ended by ${signal}.`);
    process.exit(status ?? 1);
  });
});

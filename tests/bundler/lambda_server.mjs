/** AWS Lambda's Invoke, spoken by one process for one function: node lambda_server.mjs <handler's module> */
import http from "node:http";
import { pathToFileURL } from "node:url";

const { handler } = await import(pathToFileURL(process.argv[2]));
const server = http.createServer(async (request, response) => {
  const chunks = await request.toArray();
  try {
    if (!/^\/2015-03-31\/functions\/[\w-]+\/invocations$/.test(request.url)) throw new Error(`no ${request.url}`);
    if (request.headers["x-amz-invocation-type"] === "DryRun") return response.writeHead(204).end();
    const result = await handler(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(result));
  } catch (error) {
    const said = JSON.stringify({ errorType: error.name, errorMessage: error.message });
    response.writeHead(200, { "Content-Type": "application/json", "X-Amz-Function-Error": "Unhandled" }).end(said);
  }
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));

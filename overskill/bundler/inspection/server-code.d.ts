/** What server code, server/index.ts, may name without declaring it: as at Cloudflare, without what needs a binding. */
interface Env {
  readonly [name: string]: string;
}
interface ExecutionContext {
  waitUntil(promise: Promise<unknown>): void;
}
interface ExportedHandler<Variables = Env> {
  fetch(request: Request, env: Variables, context: ExecutionContext): Response | Promise<Response>;
}

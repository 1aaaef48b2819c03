import assert from "node:assert/strict";
import { test } from "node:test";
import { completions, pathFrom, routesIn } from "../../../overskill/components/editor/preview_routes.js";

test("an app's pages are those that its routes and links name", () => {
  const code = `<Route path="/" /><Route path="/tasks/:id" /><Route path="settings" /><Link to="/tasks">Tasks</Link>
    const routes = [{ path: "/about" }, { path: "*" }]; <a href="https://elsewhere.example/x">x</a>`;
  assert.deepEqual(routesIn(code), ["/", "/settings", "/about", "/tasks"]);
});

test("pages that begin with what is typed are offered first, and not what is typed already", () => {
  const routes = ["/tasks", "/", "/old/tasks", "/about"];
  assert.deepEqual(completions("/ta", routes), ["/tasks", "/old/tasks"]);
  assert.deepEqual(completions("/tasks", routes), ["/old/tasks"]);
  assert.deepEqual(completions("", routes), routes);
});

test("whatever is typed leads into the app and nowhere else", () => {
  assert.deepEqual(
    ["tasks", "/tasks?open=1", "//evil.example/x", "https://evil.example/x", " ", "javascript:alert(1)"].map(pathFrom),
    ["/tasks", "/tasks?open=1", "/evil.example/x", "/x", "/", "/javascript:alert(1)"],
  );
});

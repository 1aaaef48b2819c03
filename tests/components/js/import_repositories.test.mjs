import assert from "node:assert/strict";
import test from "node:test";

import { branchesInOrder, matching } from "../../../overskill/components/editor/settings/repositories.js";

const repositories = [{ name: "ada/habits" }, { name: "Acme/habit-shop" }, { name: "ada/notes" }];

test("a repository is found by words of its name in any order and case", () => {
  assert.deepEqual(matching(repositories, " SHOP acme "), [{ name: "Acme/habit-shop" }]);
  assert.deepEqual(matching(repositories, "").length, 3);
  assert.deepEqual(matching(repositories, "shop ada"), []);
});

test("the default branch comes first, also where it was not listed", () => {
  assert.deepEqual(branchesInOrder(["next", "main", "a"], "main"), ["main", "a", "next"]);
  assert.deepEqual(branchesInOrder([], "main"), ["main"]);
});

/** Whatever the network and the others do: no typed character is lost, and none comes twice. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Document } from "../../../overskill/components/editor/code/document.js";
import { Drafts, reopened } from "../../../overskill/components/editor/code/drafts.js";
import { chance } from "./chance.mjs";
import { FakeBuffer, FakeFiles, FakeStorage, pass, savedAs } from "./fake_files.mjs";

const PATH = "src/App.tsx";
const START = "# head\nkeep 1\nkeep 2\nada:\nkeep 3\nkeep 4\nbob:\nkeep 5\nkeep 6\n# foot\n";
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 }));
afterEach(() => mock.timers.reset());

/** Somebody who types words that nobody else types, and takes some back. */
class Typist {
  words = new Set();
  removed = new Set();
  #count = 0;

  constructor(name, { files, network, random }) {
    this.name = name;
    this.files = files;
    this.random = random;
    this.server = files.through(network);
    this.drafts = new Drafts({ storage: new FakeStorage(), slug: "habits", tab: name });
    this.open();
  }

  open() {
    const start = reopened(savedAs(this.files.text(PATH)), this.drafts.take(PATH));
    this.buffer = new FakeBuffer(start.text);
    const { buffer, server, drafts } = this;
    this.document = new Document({ path: PATH, ...start, isDirty: start.isRestored, buffer, server, drafts });
  }

  /** Their browser is gone without a word, and comes back. */
  async crash() {
    await this.document.flush({ isLeaving: true });
    this.document.close();
    this.open();
  }

  type() {
    const { text } = this.buffer;
    const at = text.indexOf(`${this.name}:`) + this.name.length + 1;
    const word = `<${this.name}${(this.#count += 1)}>`;
    this.buffer.text = text.slice(0, at) + word + text.slice(at);
    this.words.add(word);
    this.document.typed();
  }

  takeBack() {
    const mine = [...this.words].filter((word) => !this.removed.has(word));
    if (!mine.length) return;
    const word = this.random.of(mine);
    this.buffer.text = this.buffer.text.replace(word, "");
    this.removed.add(word);
    this.document.typed();
  }

  assertWhole(text) {
    for (const word of this.words) {
      const count = text.split(word).length - 1;
      assert.equal(count, this.removed.has(word) ? 0 : 1, `${word} is there ${count} times`);
    }
  }
}

for (const seed of SEEDS) {
  test(`two people and a model in one file, over a bad network (${seed})`, async () => {
    const random = chance(seed);
    const files = new FakeFiles({ [PATH]: START });
    let isBad = true;
    const network = { delay: () => random.below(isBad ? 900 : 40), fails: () => isBad && random.below(6) === 0 };
    const people = ["ada", "bob"].map((name) => new Typist(name, { files, network, random }));
    let heads = 0;
    for (let step = 0; step < 60; step += 1) {
      const person = random.of(people);
      if (random.below(4) === 0) person.takeBack();
      else person.type();
      if (random.below(12) === 0) files.put(PATH, files.text(PATH).replace(/^# head.*$/m, `# head ${(heads += 1)}`));
      if (random.below(5) === 0) random.of(people).document.changedElsewhere();
      await pass(mock.timers, random.below(700));
    }
    isBad = false;
    await pass(mock.timers, 20_000, 250);
    for (const { document } of people) document.changedElsewhere();
    await pass(mock.timers, 2000);

    const text = files.text(PATH);
    for (const person of people) {
      assert.equal(person.document.status, "saved");
      assert.equal(person.buffer.text, text);
      person.assertWhole(text);
    }
    if (heads) assert.match(text, new RegExp(`^# head ${heads}$`, "m"));
    assert.equal(text.replace(/<\w+>| \d+$/gm, ""), START.replace(/ \d+$/gm, ""));
  });
}

for (const seed of SEEDS.slice(0, 20)) {
  test(`a browser that crashes and comes back has everything that was typed (${seed})`, async () => {
    const random = chance(seed + 1000);
    const files = new FakeFiles({ [PATH]: START });
    let isBad = true;
    const network = { delay: () => random.below(isBad ? 500 : 40), fails: () => isBad && random.below(4) === 0 };
    const person = new Typist("ada", { files, network, random });
    for (let step = 0; step < 40; step += 1) {
      if (random.below(4) === 0) person.takeBack();
      else person.type();
      await pass(mock.timers, random.below(900));
      if (random.below(10) === 0) {
        const back = person.crash();
        await pass(mock.timers, 3000);
        await back;
      }
    }
    isBad = false;
    await pass(mock.timers, 20_000, 250);
    assert.equal(person.document.status, "saved");
    person.assertWhole(files.text(PATH));
    assert.equal(person.buffer.text, files.text(PATH));
  });
}

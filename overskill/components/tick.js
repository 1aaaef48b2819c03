const PATIENCE_MS = 4000; // the server has said by then what it makes of a click

/** What a checkbox or a radio button shows: a click at once, and what the server says of it when it says something. */
export class ShownChoice {
  #input;
  #later;
  #stop = () => {};

  /**
   * @param {HTMLInputElement} input
   * @param {(action: () => void, wait: number) => () => void} later does something later on, unless it is stopped
   */
  constructor(input, later) {
    this.#input = input;
    this.#later = later;
  }

  says(isChecked) {
    this.#stop();
    this.#input.dataset.said = String(isChecked);
    this.#input.checked = isChecked;
  }

  /** Where the server keeps what it said before, that is shown again. */
  clicked() {
    this.#stop();
    this.#stop = this.#later(() => {
      for (const each of groupOf(this.#input)) each.checked = each.dataset.said === "true";
    }, PATIENCE_MS);
  }

  close() {
    this.#stop();
  }
}

const groupOf = (input) => (input.type === "radio" ? [...input.ownerDocument.getElementsByName(input.name)] : [input]);

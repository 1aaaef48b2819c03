/** Asked so that the answer can be used as a block: props that can be edited, nothing that has to be wired up. */
export function request(name, purpose) {
  const called = name.trim().replace(/[.\s]+$/, "");
  return (
    `Write a new component called "${called}", in a file of its own in src/components: ${purpose.trim()} ` +
    "Give it typed props that are texts, numbers, yes or no, or a choice of a few words, with a short comment on each, " +
    "and sensible defaults, so that it works without any. Do not put it on a page yet."
  );
}

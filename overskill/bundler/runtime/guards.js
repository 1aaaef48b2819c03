/**
 * While an update is tried, a component that throws suspends instead: React then keeps what it shows, with its state,
 * and there is time to put the earlier code back. At any other time a guarded component is just itself.
 */

const SUSPENSE = "Suspense Exception"; // how the messages begin of what React itself throws to wait

export class Guards {
  #failure = null; // {error} of the update that is tried
  #isTrying = false;

  /**
   * Do `refresh`, which renders at once.
   * @returns {{error: unknown} | null}  the first that a guarded component threw
   */
  try(refresh) {
    this.#failure = null;
    this.#isTrying = true;
    try {
      refresh();
    } finally {
      this.#isTrying = false;
    }
    return this.#failure;
  }

  /** The component, watched; null where it is none that can be: a class, memo(), forwardRef(). */
  guard(type) {
    if (typeof type !== "function" || type.prototype?.isReactComponent) return null;
    const guarded = (...values) => {
      if (!this.#isTrying) return type(...values);
      try {
        return type(...values);
      } catch (error) {
        if (isWaiting(error)) throw error;
        this.#failure ??= { error };
        throw new Promise(() => {});
      }
    };
    Object.defineProperty(guarded, "name", { value: type.displayName || type.name });
    return guarded;
  }
}

function isWaiting(error) {
  return typeof error?.then === "function" || (error instanceof Error && error.message.startsWith(SUSPENSE));
}

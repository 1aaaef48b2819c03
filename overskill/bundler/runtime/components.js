/** The app's components as Fast Refresh knows them: registered when their module has run, and again to put them back. */
import { Guards } from "./guards.js";

export class Components {
  #signatures = new WeakMap(); // component -> what Fast Refresh was told of its hooks
  #guards = new Guards();

  /** @param {import("./vendors.js").Vendors} vendors */
  constructor(vendors) {
    this.vendors = vendors;
  }

  /** What a module calls for each component in it, to tell which hooks that uses. */
  signer() {
    const sign = this.vendors.refresh.createSignatureFunctionForTransform();
    return (type, ...signature) => {
      if (typeof type === "function" && signature.length > 0) this.#signatures.set(type, signature);
      return sign(type, ...signature);
    };
  }

  register({ type, name }) {
    this.vendors.refresh.register(type, name);
  }

  /** As the next version of what is shown under this name. Also for one that was shown before. */
  show({ type, name }) {
    const { refresh } = this.vendors;
    refresh.register(type, name);
    const guarded = this.#guards.guard(type);
    if (guarded === null) return;
    const signature = this.#signatures.get(type);
    if (signature) refresh.setSignature(guarded, ...signature);
    refresh.register(guarded, name);
  }

  /** Draw what was registered. @returns {{error: unknown} | null}  what a component threw */
  refresh() {
    return this.#guards.try(() => this.vendors.refresh.performReactRefresh());
  }

  /** Draw, come what may. */
  refreshAnyway() {
    this.vendors.refresh.performReactRefresh();
  }
}

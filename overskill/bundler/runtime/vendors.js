/** Packages as the app sees them: the shared modules, with React's own adjusted for quick updates. */
import { rememberSource } from "./source-locations.js";

const ADJUST = { react: adjustedReact, "react/jsx-dev-runtime": adjustedJsx };

export class Vendors {
  #loaded = new Map();
  #addresses = new Map(); // of packages that were added to this app

  /** Bare names lead to the shared files by the page's import map; packages of the app's own have addresses. */
  async load(specifiers, addresses = {}) {
    const missing = specifiers.filter((specifier) => !this.#loaded.has(specifier));
    for (const [specifier, address] of Object.entries(addresses)) this.#addresses.set(specifier, address);
    await Promise.all(
      missing.map(async (specifier) => {
        const address = this.#addresses.get(specifier);
        const module = await import(address ? new URL(address, import.meta.url).href : specifier);
        this.#loaded.set(specifier, ADJUST[specifier]?.(module) ?? namesOf(module));
      }),
    );
  }

  /** Whether one of these is loaded from elsewhere. */
  isOutdated(addresses = {}) {
    return Object.entries(addresses).some(
      ([specifier, address]) => this.#loaded.has(specifier) && this.#addresses.get(specifier) !== address,
    );
  }

  get(specifier) {
    const module = this.#loaded.get(specifier);
    if (!module) throw new Error(`The package ${specifier} is not loaded.`);
    return module;
  }

  get refresh() {
    const module = this.get("react-refresh/runtime");
    return module.default ?? module;
  }
}

/** Which names a CommonJS package exports shows only when it has run. */
function namesOf(module) {
  if (!module.isCommonJs) return module;
  const { default: whole } = module;
  return whole?.__esModule ? whole : { ...whole, default: whole };
}

/** StrictMode renders everything twice: in a preview that is time without a use. */
function adjustedReact(react) {
  skipOwnerStacks(react);
  const changes = { StrictMode: react.Fragment };
  return { ...react, ...changes, default: { ...react.default, ...changes } };
}

/** React makes an Error for every element, for stacks nobody reads here. It stops when it believes it made many. */
function skipOwnerStacks(react) {
  const internals = react.__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE;
  if (typeof internals?.recentlyCreatedOwnerStacks !== "number") return;
  Object.defineProperty(internals, "recentlyCreatedOwnerStacks", { configurable: true, get: () => 1e9, set() {} });
}

function adjustedJsx(runtime) {
  return {
    ...runtime,
    jsxDEV(type, props, key, isStatic, source, self) {
      const element = runtime.jsxDEV(type, props, key, isStatic, source, self);
      if (source) rememberSource(element.props, source);
      return element;
    },
  };
}

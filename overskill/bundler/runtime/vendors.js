/** Packages as the app sees them: the shared modules, with React's own adjusted for quick updates. */
import { rememberSource } from "./source-locations.js";

const ADJUST = { react: adjustedReact, "react/jsx-dev-runtime": adjustedJsx };

export class Vendors {
  #loaded = new Map();

  /** Bare names lead to the shared files by the page's import map. */
  async load(specifiers) {
    const missing = specifiers.filter((specifier) => !this.#loaded.has(specifier));
    await Promise.all(
      missing.map(async (specifier) => {
        const module = await import(specifier);
        this.#loaded.set(specifier, ADJUST[specifier]?.(module) ?? module);
      }),
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

/**
 * Browsers may deny storage to a page that another site frames. Apps then get storage in memory, kept in window.name:
 * it outlives reloads, and goes with the tab. Each change of it is an event of the window, `app:stored`.
 */
const MARK = "overskill-storage:";

export function provideStorage(scope = window) {
  const missing = ["localStorage", "sessionStorage"].filter((name) => !works(scope, name));
  if (missing.length === 0) return;
  const saved = read(scope.name);
  const save = () => {
    scope.name = MARK + JSON.stringify(saved);
    scope.dispatchEvent(new Event("app:stored"));
  };
  for (const name of missing) {
    saved[name] ??= {};
    const storage = memoryStorage(saved[name], save);
    Object.defineProperty(scope, name, { configurable: true, get: () => storage });
  }
}

function works(scope, name) {
  try {
    const key = `${MARK}probe`;
    scope[name].setItem(key, "1");
    scope[name].removeItem(key);
    return true;
  } catch {
    return false; // denied, or full
  }
}

function read(name) {
  try {
    return name.startsWith(MARK) ? JSON.parse(name.slice(MARK.length)) : {};
  } catch {
    return {};
  }
}

/** A Storage over a plain object, with its properties (`localStorage.theme`) too. */
function memoryStorage(values, save) {
  const has = (key) => Object.hasOwn(values, key);
  const methods = {
    getItem: (key) => (has(String(key)) ? values[key] : null),
    setItem(key, value) {
      values[String(key)] = String(value);
      save();
    },
    removeItem(key) {
      delete values[String(key)];
      save();
    },
    clear() {
      for (const key of Object.keys(values)) delete values[key];
      save();
    },
    key: (index) => Object.keys(values)[index] ?? null,
  };
  return new Proxy(methods, {
    get(target, name) {
      if (name === "length") return Object.keys(values).length;
      return name in target || typeof name === "symbol" ? target[name] : values[name];
    },
    set(_target, name, value) {
      methods.setItem(name, value);
      return true;
    },
    deleteProperty(_target, name) {
      methods.removeItem(name);
      return true;
    },
    has: (target, name) => name in target || has(name),
    ownKeys: () => Object.keys(values),
    getOwnPropertyDescriptor: (_target, name) =>
      has(name) ? { value: values[name], writable: true, enumerable: true, configurable: true } : undefined,
  });
}

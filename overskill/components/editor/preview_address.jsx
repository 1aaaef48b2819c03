import { useEffect, useId, useRef, useState } from "react";
import { ArrowLeft, ArrowRight, RotateCw } from "lucide-react";
import { IconButton } from "./buttons.jsx";
import { completions, MOST_VISITED, pathFrom, routesIn } from "./preview_routes.js";

/** The page of the app that is shown: Enter goes to another one, the app's own pages are offered. */
export function AddressBar({ slug, version, route, onSay, onReload }) {
  const [typed, setTyped] = useState(null); // null: nobody types
  const [chosen, setChosen] = useState(-1);
  const routes = useRoutes({ slug, version, route, isAsked: typed !== null });
  const field = useRef(null);
  const id = useId();
  const offered = typed === null ? [] : completions(typed === route ? "" : typed, routes);

  const go = (path) => {
    onSay({ type: "navigate", path: pathFrom(path) });
    setTyped(null);
    field.current?.blur();
  };
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offered.length > 0) {
      event.preventDefault();
      setChosen((before) => Math.max(-1, Math.min(before + step, offered.length - 1)));
    } else if (event.key === "Enter") go(offered[chosen] ?? typed ?? route);
    else if (event.key === "Escape") {
      setTyped(null);
      field.current?.blur();
    }
  };
  return (
    <div className="flex h-7.5 min-w-0 flex-1 items-center rounded-lg bg-sunken px-0.5 focus-within:ring-2 focus-within:ring-ring sm:mx-auto sm:max-w-md">
      <IconButton label="Back" Icon={ArrowLeft} side="bottom" onClick={() => onSay({ type: "back" })} className="max-sm:hidden" />
      <IconButton label="Forward" Icon={ArrowRight} side="bottom" onClick={() => onSay({ type: "forward" })} className="max-sm:hidden" />
      <IconButton label="Reload the preview" Icon={RotateCw} size={13} side="bottom" onClick={onReload} />
      <div className="relative min-w-0 flex-1">
        <input
          ref={field}
          role="combobox"
          aria-label="Page shown"
          aria-expanded={offered.length > 0}
          aria-controls={id}
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          value={typed ?? route}
          onFocus={(event) => {
            setTyped(route);
            event.target.select();
          }}
          onBlur={() => {
            setTyped(null);
            setChosen(-1);
          }}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(-1);
          }}
          onKeyDown={onKeyDown}
          className="h-7 w-full min-w-0 bg-transparent px-1.5 font-mono text-xs text-soft outline-none focus:text-ink"
        />
        {offered.length > 0 ? (
          <ul id={id} role="listbox" aria-label="Pages of the app" className="absolute inset-x-0 top-full z-40 mt-1.5 max-h-64 overflow-y-auto rounded-xl border border-line bg-surface p-1 shadow-overlay">
            {offered.map((path, index) => (
              <li
                key={path}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                onPointerDown={(event) => {
                  event.preventDefault(); // the field would lose its focus first
                  go(path);
                }}
                className="cursor-pointer truncate rounded-lg px-2.5 py-1.5 font-mono text-xs text-soft hover:bg-hover aria-selected:bg-hover aria-selected:text-ink"
              >
                {path}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}

/** The pages that were visited, and those that the app's code names once somebody asks. */
function useRoutes({ slug, version, route, isAsked }) {
  const [visited, setVisited] = useState([]);
  const [declared, setDeclared] = useState([]);
  useEffect(() => setVisited([]), [slug]);
  useEffect(() => {
    setVisited((before) => [route, ...before.filter((other) => other !== route)].slice(0, MOST_VISITED));
  }, [route]);
  useEffect(() => {
    if (!isAsked || !version) return undefined;
    const stop = new AbortController();
    declaredRoutes(slug, stop.signal).then(setDeclared, () => {}); // without them there is what was visited
    return () => stop.abort();
  }, [slug, version, isAsked]);
  return [...new Set([...declared, ...visited])];
}

async function declaredRoutes(slug, signal) {
  const answer = await fetch(`/api/studio/${encodeURIComponent(slug)}/files/src/App.tsx`, { signal });
  return answer.ok ? routesIn((await answer.json()).text) : [];
}

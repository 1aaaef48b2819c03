import { ChevronRight } from "lucide-react";
import { Disclosure } from "$/public/external/overskill/components/editor/browser/disclosure.jsx";
import { likeliestPlace } from "./messages.js";

const LAST = 3; // so many of what is around it are shown
const MOST = 12;
const FEWEST_PLACES = 2;

/** Where the selected element is: around it, beside it, in it; and which place in the code a change is made in. */
export function Path({ select }) {
  const { selection } = select;
  return (
    <div className="flex flex-col gap-2.5 border-b border-line px-3.5 py-3">
      <Ancestors select={select} />
      {selection.places.length > 1 ? <Places select={select} /> : <WrittenIn place={selection.places[0]} />}
      <Neighbours title="Beside it" list="siblings" all={selection.siblings.length > 1 ? selection.siblings : []} onChoose={select.choose} />
      <Neighbours title="In it" list="children" all={selection.children} onChoose={select.choose} />
    </div>
  );
}

function Ancestors({ select }) {
  const { selection, choose } = select;
  const { ancestors, places } = selection;
  const from = Math.max(0, ancestors.length - LAST);
  return (
    <nav aria-label="Around it">
      <ol className="flex min-w-0 flex-wrap items-center gap-x-0.5 gap-y-1 text-xs">
        {ancestors.map((each, index) =>
          index < from - 1 ? null : (
            <li key={index} className="flex min-w-0 items-center gap-0.5">
              <button
                type="button"
                onClick={() => choose("ancestors", index)}
                aria-label={index < from ? `${each.name}, further out` : undefined}
                className="max-w-32 truncate rounded px-1 py-0.5 text-soft transition-colors duration-150 hover:bg-hover hover:text-ink"
              >
                {index < from ? "…" : each.name}
              </button>
              <ChevronRight size={11} className="shrink-0 text-faint" aria-hidden="true" />
            </li>
          ),
        )}
        <li aria-current="true" className="truncate rounded bg-accent-soft px-1.5 py-0.5 font-medium text-accent-ink">
          {places[0].name}
        </li>
      </ol>
    </nav>
  );
}

const short = (file) => file.replace(/^src\//, "");

function WrittenIn({ place: { file, line } }) {
  return <p className="truncate font-mono text-[11px] text-faint">{`${short(file)}:${line}`}</p>;
}

/** A part of a component is written once and used in many places: either can be meant. */
function Places({ select }) {
  const { selection, placeIndex, edit } = select;
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-[11px] font-medium text-faint">Change it</legend>
      {selection.places.slice(0, Math.max(FEWEST_PLACES, likeliestPlace(selection) + 1)).map(({ name, component, file, line }, index) => (
        <label
          key={`${file}:${line}:${index}`}
          className="flex cursor-pointer items-start gap-2 rounded-lg border border-line px-2.5 py-1.5 transition-colors duration-150 hover:bg-hover has-checked:border-accent/50 has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input type="radio" name="place" checked={index === placeIndex} onChange={() => edit(index)} className="mt-0.5 size-3.5 accent-accent" />
          <span className="min-w-0">
            <span className="block text-xs text-ink">{index === 0 ? `${name}, wherever ${component || "it"} is used` : `${name}, only here`}</span>
            <span className="block truncate font-mono text-[11px] text-faint">{`${short(file)}:${line}`}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Neighbours({ title, list, all, onChoose }) {
  if (all.length === 0) return null;
  return (
    <Disclosure className="group/list" lineClass="rounded text-[11px] font-medium text-faint hover:text-ink">
      <span className="flex items-center gap-1">
        <ChevronRight size={11} className="transition-transform duration-150 group-data-open/list:rotate-90" aria-hidden="true" />
        {`${title} (${all.length})`}
      </span>
      <ul className="mt-1 flex flex-col">
        {all.slice(0, MOST).map(({ name, words, isThis }, index) => (
          <li key={index}>
            <button
              type="button"
              aria-current={isThis || undefined}
              onClick={() => onChoose(list, index)}
              className="flex h-7 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left text-xs text-ink transition-colors duration-150 hover:bg-hover aria-[current=true]:bg-accent-soft aria-[current=true]:text-accent-ink"
            >
              <span className="shrink-0 font-medium">{name}</span>
              <span className="min-w-0 truncate text-faint">{words}</span>
            </button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

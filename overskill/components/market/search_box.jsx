import { useEffect, useId, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { ArrowUpRight, Search, X } from "lucide-react";
import { addressOf, cleaned, fits, nextPlace, settled } from "./search_box.js";

const FIELDS = "input, textarea, select, [contenteditable='true']";

/**
 * Words to look for, with listings suggested while they are typed. Enter looks for the words, or opens the suggestion
 * that the arrow keys lead to; "/" comes here from anywhere on the page.
 *
 * @param {{ words: string, query: string, typed: string, limit: number, onType: (text: string) => void,
 *   suggestions: { slug: string, title: string, tagline: string }[] }} props
 *   `query` is what the address asks for besides words; `suggestions` were made for `typed`.
 */
export function SearchBox({ words, query, typed, suggestions, limit, onType }) {
  const [text, setText] = useState(words);
  const [isOpen, setIsOpen] = useState(false);
  const [place, setPlace] = useState(-1);
  const box = useRef(null);
  const asked = useRef(null);
  const listId = useId();
  const navigate = useNavigate();
  const shown = isOpen && fits(typed, text) ? suggestions : [];

  useEffect(() => {
    // What was typed before the page came alive stands in the box already, and was not heard.
    if (box.current.value && box.current === document.activeElement) setText(box.current.value);
  }, []);
  useEffect(() => {
    setText(settled(words, text, asked.current));
    if (words === cleaned(asked.current)) asked.current = null; // what comes later was not asked for here
  }, [words]);
  useEffect(() => {
    const onKey = (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest?.(FIELDS)) return;
      event.preventDefault();
      box.current.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const close = () => {
    setIsOpen(false);
    setPlace(-1);
  };
  const look = (wanted) => {
    close();
    asked.current = wanted;
    navigate(addressOf(query, wanted));
  };
  const change = (wanted) => {
    setText(wanted);
    setIsOpen(true);
    setPlace(-1);
    if (wanted.trim().length >= 2) onType(wanted);
  };
  const clear = () => {
    setText("");
    box.current.focus();
    if (words) look("");
  };
  const onKeyDown = (event) => {
    if (event.key === "Escape") {
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && shown.length > 0) {
      event.preventDefault();
      setPlace(nextPlace(event.key, place, shown.length));
    }
  };
  const submit = (event) => {
    event.preventDefault();
    if (shown[place]) navigate(`/apps/${shown[place].slug}`);
    else look(text);
  };

  return (
    <form role="search" onSubmit={submit} className="relative">
      <Search size={19} aria-hidden="true" className="pointer-events-none absolute left-4 top-4 text-faint" />
      <input
        ref={box}
        value={text}
        maxLength={limit}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={close}
        role="combobox"
        aria-label="Search apps"
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-activedescendant={place >= 0 ? `${listId}-${place}` : undefined}
        placeholder="Search apps: habit tracker, invoices, recipes…"
        autoComplete="off"
        enterKeyHint="search"
        className="block h-13 w-full rounded-2xl border border-strong bg-surface pl-12 pr-12 text-base text-ink shadow-raised outline-none transition-[border-color,box-shadow] duration-200 ease-calm focus:border-ring focus:ring-4 focus:ring-ring/20"
      />
      {text ? (
        <button
          type="button"
          aria-label="Clear the search"
          onMouseDown={(event) => event.preventDefault()}
          onClick={clear}
          className="absolute right-2.5 top-2.5 grid size-8 place-items-center rounded-lg text-faint hover:bg-hover hover:text-ink"
        >
          <X size={17} aria-hidden="true" />
        </button>
      ) : (
        <kbd className="pointer-events-none absolute right-4 top-4 hidden rounded-md bg-hover px-1.5 py-0.5 font-mono text-[11px] text-faint sm:block">
          /
        </kbd>
      )}
      <ul
        id={listId}
        role="listbox"
        aria-label="Suggestions"
        hidden={shown.length === 0}
        className="absolute inset-x-0 top-full z-30 mt-2 animate-pop overflow-hidden rounded-2xl border border-line bg-surface p-1.5 text-left shadow-overlay"
      >
        {shown.map((one, at) => (
          <li
            key={one.slug}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === place}
            onMouseDown={(event) => event.preventDefault()}
            onMouseEnter={() => setPlace(at)}
            onClick={() => navigate(`/apps/${one.slug}`)}
            className="flex cursor-pointer items-center gap-3 rounded-xl px-3 py-2 aria-selected:bg-hover"
          >
            <Search size={15} aria-hidden="true" className="shrink-0 text-faint" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium text-ink">{one.title}</span>
              <span className="block truncate text-[13px] text-faint">{one.tagline}</span>
            </span>
            <ArrowUpRight size={15} aria-hidden="true" className="shrink-0 text-faint" />
          </li>
        ))}
      </ul>
    </form>
  );
}

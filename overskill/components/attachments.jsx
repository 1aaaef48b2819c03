import { useCallback, useEffect, useId, useRef, useState } from "react";
import { ChevronRight, FileArchive, FileText, Image, Link, LoaderCircle, Paperclip, Plus, Table, TriangleAlert, X } from "lucide-react";
import * as rules from "./attachment_list.js";

const ACCEPT = "image/png,image/jpeg,image/webp,image/gif,.svg,.txt,.md,.csv,.tsv,.json,.zip,.html,.css,.js,.jsx,.ts,.tsx,.sql,.xml,.yaml,.yml";

/**
 * What is attached to the message that is being written. It outlives a reload of the page.
 *
 * @param {string} place  where it is remembered
 * @param {boolean} canAttach  whether somebody is signed in
 */
export function useAttachments(place, canAttach = true) {
  const [list, setList] = useState([]);
  const [offered, offer] = useState(""); // an address that was pasted, and could be read
  const [refusal, refuse] = useState("");
  const stops = useRef(new Map());
  const next = useRef(1);

  useEffect(() => setList(rules.kept(sessionStorage, place).map((one) => ({ ...one, key: next.current++ }))), [place]);
  const set = (change) =>
    setList((before) => {
      const after = change(before);
      rules.keep(sessionStorage, place, after);
      return after;
    });

  const start = (name, kind, work) => {
    const key = next.current++;
    set((before) => [...before, rules.waiting(key, name, kind)]);
    const { done, stop } = work((progress) => set((before) => rules.changed(before, key, { progress })));
    stops.current.set(key, stop);
    done
      .then((view) => set((before) => rules.changed(before, key, rules.answered(view))))
      .catch((error) => set((before) => rules.changed(before, key, rules.failed(error.message))));
  };

  const mayAttach = () => {
    refuse(canAttach ? "" : "signed out");
    return canAttach;
  };

  const add = (files) => {
    if (!files.length || !mayAttach()) return;
    [...files].forEach((file, place) => {
      const problem = rules.problemOf(file, list.length + place);
      if (problem) refuse(`${file.name}: ${problem}`);
      else start(file.name, file.type.startsWith("image/") ? "image" : "", (tell) => rules.upload(file, tell));
    });
  };

  const addLink = (url) => {
    offer("");
    if (mayAttach()) start(rules.linkWords(url), "link", () => ({ done: rules.readLink(url), stop: () => {} }));
  };

  const remove = ({ key, id }) => {
    stops.current.get(key)?.();
    stops.current.delete(key);
    if (id) rules.takeBack(id);
    refuse("");
    set((before) => before.filter((one) => one.key !== key));
  };

  const clear = useCallback(() => {
    sessionStorage.removeItem(place);
    setList([]);
    offer("");
    refuse("");
  }, [place]);

  const onPaste = (event) => {
    const { files } = event.clipboardData;
    const text = event.clipboardData.getData("text/plain");
    if (files.length) {
      event.preventDefault();
      add(files);
    } else if (text.length > rules.LONG_PASTE && canAttach) {
      event.preventDefault();
      add([new File([text], "pasted-text.txt", { type: "text/plain" })]);
    } else {
      offer(rules.linkIn(text));
    }
  };

  return {
    list,
    offered,
    refusal,
    ids: list.filter(({ state }) => state === "ready").map(({ id }) => id),
    isBusy: list.some(({ state }) => state === "uploading"),
    hasFailed: list.some(({ state }) => state === "failed"),
    add,
    addLink,
    remove,
    clear,
    onPaste,
    dismiss: () => offer(""),
  };
}

/** Handlers for the element that files may be dropped on, and whether some hover over it. */
export function useDrop(add) {
  const [isOver, setOver] = useState(false);
  const holdsFiles = (event) => event.dataTransfer.types.includes("Files");
  return {
    isOver,
    onDragOver: (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setOver(false);
    },
    onDrop: (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      add(event.dataTransfer.files);
    },
  };
}

export function AttachButton({ add }) {
  const input = useRef(null);
  return (
    <>
      <button
        type="button"
        aria-label="Attach files"
        title="Attach pictures, text, CSV, JSON or a zipped project. You can also drop or paste them."
        onClick={() => input.current.click()}
        className="grid size-8.5 shrink-0 place-items-center rounded-lg text-soft transition-colors duration-150 hover:bg-hover hover:text-ink"
      >
        <Paperclip size={17} aria-hidden="true" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPT}
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
        onChange={() => {
          add(input.current.files);
          input.current.value = ""; // so that the same file can be chosen again
        }}
      />
    </>
  );
}

const MODES = [
  { value: "build", words: "Build", title: "Write it and show it (Alt + P switches)" },
  { value: "plan", words: "Plan", title: "Say what would be done, and change nothing (Alt + P switches)" },
];

/** Whether the message is to be built, or only planned. */
export function ModeSwitch({ mode, onChange }) {
  return (
    <fieldset className="flex shrink-0 items-center rounded-lg bg-hover p-0.5" aria-keyshortcuts="Alt+P">
      <legend className="sr-only">What to do with the message</legend>
      {MODES.map(({ value, words, title }) => (
        <label
          key={value}
          title={title}
          className="cursor-pointer rounded-md px-2.5 py-1 text-[13px] font-medium text-soft transition-colors duration-150 has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input
            type="radio"
            name="mode"
            value={value}
            checked={mode === value}
            onChange={() => onChange(value)}
            className="sr-only"
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}

/** Alt + P, also where a keyboard writes another letter with it. */
export const isModeKey = (event) => event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyP";

/** What is attached, a chip each; what can't be, in a sentence. */
export function AttachmentChips({ attached, className = "" }) {
  const { list, offered, refusal } = attached;
  if (!list.length && !offered && !refusal) return null;
  return (
    <div className={`flex flex-col gap-2 px-3 pb-1 pt-1.5 ${className}`}>
      {list.length || offered ? (
        <ul aria-label="Attached" className="flex flex-wrap gap-2">
          {list.map((one) => (
            <Chip key={one.key} one={one} onRemove={() => attached.remove(one)} />
          ))}
          {offered ? <Offer url={offered} onTake={() => attached.addLink(offered)} onDismiss={attached.dismiss} /> : null}
        </ul>
      ) : null}
      {refusal ? <Refusal words={refusal} /> : null}
    </div>
  );
}

const SIGNS = { image: Image, text: FileText, data: Table, link: Link, code: FileArchive };
const CHIP = "relative flex max-w-full items-start gap-2.5 rounded-xl border bg-surface py-1.5 pl-1.5 pr-8 text-[13px] sm:max-w-72";

function Chip({ one, onRemove }) {
  const isFailed = one.state === "failed";
  return (
    <li data-state={one.state} className={`${CHIP} ${isFailed ? "border-danger/50" : "border-line"}`}>
      <Sign one={one} />
      <div className="min-w-0 flex-1 leading-snug">
        <p className="truncate font-medium text-ink" title={one.name}>
          {one.name}
        </p>
        <p role={isFailed ? "alert" : undefined} className={`text-xs ${isFailed ? "text-danger" : "line-clamp-2 text-faint"}`}>
          {one.state === "uploading" ? (one.kind === "link" ? "Reading the page…" : `Uploading… ${Math.round(one.progress * 100)} %`) : one.note}
        </p>
        {one.details.length ? <Details lines={one.details} /> : null}
      </div>
      <button
        type="button"
        aria-label={`Remove ${one.name}`}
        onClick={onRemove}
        className="absolute right-1 top-1 grid size-6 place-items-center rounded-md text-faint transition-colors duration-150 hover:bg-hover hover:text-ink"
      >
        <X size={13} aria-hidden="true" />
      </button>
    </li>
  );
}

function Sign({ one }) {
  if (one.thumbnail) {
    return <img src={one.thumbnail} alt="" className="size-9 shrink-0 rounded-lg border border-line object-cover" />;
  }
  const Icon = one.state === "uploading" ? LoaderCircle : one.state === "failed" ? TriangleAlert : (SIGNS[one.kind] ?? FileText);
  return (
    <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-hover text-soft">
      <Icon size={16} aria-hidden="true" className={one.state === "uploading" ? "animate-spin" : ""} />
    </span>
  );
}

/** No `<details>`: it lies beside the code, too (docs/decisions/0037). */
function Details({ lines }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="mt-1 text-xs text-soft">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="flex items-center gap-1 rounded font-medium hover:text-ink"
      >
        <ChevronRight size={12} className={`transition-transform duration-150 ${isOpen ? "rotate-90" : ""}`} aria-hidden="true" />
        What was skipped
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? (
          <ul tabIndex={0} className="mt-1 max-h-32 space-y-0.5 overflow-y-auto break-words">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}

/** A pasted address stays in the text as it is; its page can go along too. */
function Offer({ url, onTake, onDismiss }) {
  return (
    <li className="flex max-w-full items-center rounded-xl border border-dashed border-strong text-[13px]">
      <button
        type="button"
        onClick={onTake}
        className="flex min-w-0 items-center gap-1.5 rounded-xl py-1.5 pl-2.5 pr-1.5 font-medium text-soft hover:text-ink"
      >
        <Plus size={14} className="shrink-0" aria-hidden="true" />
        <span className="truncate">Attach what {rules.linkWords(url)} says</span>
      </button>
      <button type="button" aria-label="Don't attach the page" onClick={onDismiss} className="mr-1 grid size-6 shrink-0 place-items-center rounded-md text-faint hover:bg-hover">
        <X size={13} aria-hidden="true" />
      </button>
    </li>
  );
}

function Refusal({ words }) {
  return (
    <p role="alert" className="text-xs text-danger">
      {words === "signed out" ? (
        <>
          Attaching needs an account.{" "}
          <a href="/sign-in?next=/" className="font-medium underline">
            Sign in
          </a>{" "}
          or{" "}
          <a href="/sign-up?next=/" className="font-medium underline">
            create one
          </a>
          ; what you wrote stays here.
        </>
      ) : (
        words
      )}
    </p>
  );
}

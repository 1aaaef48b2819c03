import { useMemo, useState } from "react";
import { Drawer } from "@puckeditor/core";
import { Ban, Search, Sparkles } from "lucide-react";
import { paletteOf } from "./kinds.js";

/** What can be dragged onto the page, and a way to ask for what is missing. */
export function BlockPalette({ blocks, onAsk }) {
  const [looked, setLooked] = useState("");
  const groups = useMemo(() => paletteOf(blocks, looked), [blocks, looked]);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <label className="relative m-2.5 mb-1 block">
        <span className="sr-only">Find a block</span>
        <Search size={14} aria-hidden="true" className="pointer-events-none absolute left-2.5 top-2.5 text-faint" />
        <input
          type="search"
          value={looked}
          placeholder="Find a block"
          onChange={({ target }) => setLooked(target.value)}
          className="h-8.5 w-full rounded-lg border border-line bg-surface pl-8 pr-2 text-[13px] text-ink placeholder:text-faint"
        />
      </label>
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-4">
        {groups.map(({ group, title, kinds }) => (
          <section key={group} aria-label={title}>
            <h2 className="pb-1.5 pt-3.5 text-[11px] font-semibold uppercase tracking-wide text-faint">{title}</h2>
            <Drawer>
              {kinds.map((kind) => (
                <Drawer.Item key={kind.type} name={kind.type} label={kind.label} isDragDisabled={Boolean(kind.needs)}>
                  {() => <Item kind={kind} />}
                </Drawer.Item>
              ))}
            </Drawer>
          </section>
        ))}
        {groups.length === 0 ? <p className="py-6 text-center text-[13px] text-faint">No block is called that.</p> : null}
      </div>
      <div className="border-t border-line p-2.5">
        <button
          type="button"
          onClick={() => onAsk(looked)}
          className="inline-flex h-8.5 w-full items-center justify-center gap-2 rounded-lg border border-line bg-surface text-[13px] font-medium text-ink shadow-card transition-colors duration-150 hover:bg-hover"
        >
          <Sparkles size={14} className="text-accent-ink" aria-hidden="true" />
          Ask for a new component
        </button>
      </div>
    </div>
  );
}

function Item({ kind }) {
  return (
    <div
      title={kind.needs || kind.hint || kind.file}
      className={`flex h-8 items-center gap-2 rounded-lg border px-2.5 text-[13px] ${
        kind.needs ? "border-dashed border-line text-faint" : "cursor-grab border-line bg-surface text-ink hover:border-strong"
      }`}
    >
      <span className="min-w-0 flex-1 truncate">{kind.label}</span>
      {kind.needs ? <Ban size={12} aria-label={kind.needs} /> : null}
    </div>
  );
}

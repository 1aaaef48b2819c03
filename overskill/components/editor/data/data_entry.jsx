import { useState } from "react";
import { Download, Plus, RotateCcw, Search } from "lucide-react";
import { Button } from "$/public/external/overskill/components/editor/browser/buttons.jsx";
import { previewData } from "$/public/external/overskill/components/editor/browser/preview_data.js";
import { DataTable } from "./data_table.jsx";
import { DataText } from "./data_text.jsx";
import { countWords, csvOf, nameOf, parsed, rowsWith, tableOf, withCell, withoutRow, withRow } from "./kept_values.js";

/** One thing that the app keeps, with what can be done to it. */
export function DataEntry({ entry, undo }) {
  const [sought, setSought] = useState("");
  const [isAdding, setAdding] = useState(false); // the row that was added last is to be written
  const name = nameOf(entry.key);
  if (entry.text === null) {
    return (
      <section aria-label={name} className="min-h-0 flex-1 p-4 text-sm text-soft">
        {name} has {entry.size.toLocaleString()} characters: too much to show here.
      </section>
    );
  }
  const { value, isJson } = parsed(entry.text);
  const table = tableOf(value);
  const keep = (next) => previewData.change(entry.key, JSON.stringify(next));
  const isList = Array.isArray(value);
  const shown = rowsWith(table, sought);
  return (
    <section aria-label={name} className="flex min-h-0 flex-1 flex-col">
      <header className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-2 border-b border-line px-4 py-2.5">
        <h2 className="mr-1 max-w-60 truncate text-sm font-semibold text-ink">{name}</h2>
        <span className="text-[13px] tabular-nums text-faint">{sought ? `${shown.length.toLocaleString()} of ${countWords(table)}` : countWords(table)}</span>
        {entry.isStored ? null : (
          <span className="rounded-full bg-hover px-2 py-0.5 text-xs text-soft" title="Nothing was changed yet: the app begins with this.">
            As it begins
          </span>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-1.5">
          {undo}
          {entry.isStored ? (
            <Button Icon={RotateCcw} look="ghost" title="What the app begins with, instead of what it keeps" onClick={() => previewData.change(entry.key, null)}>
              Begin anew
            </Button>
          ) : null}
          {table.kind === "text" ? null : (
            <Button Icon={Download} look="ghost" onClick={() => download(`${name}.csv`, csvOf(table), "text/csv")}>
              CSV
            </Button>
          )}
          <Button Icon={Download} look="ghost" onClick={() => download(isJson ? `${name}.json` : `${name}.txt`, entry.text, "application/json")}>
            {isJson ? "JSON" : "Text"}
          </Button>
          {isList && value.length > 0 ? (
            <Button
              Icon={Plus}
              onClick={() => {
                setSought("");
                setAdding(true);
                keep(withRow(value, table));
              }}
            >
              Add row
            </Button>
          ) : null}
        </div>
        {table.rows.length > 0 ? <Sought sought={sought} onSeek={setSought} /> : null}
      </header>
      {table.kind === "text" ? (
        <DataText text={entry.text} onKeep={(text) => previewData.change(entry.key, text)} />
      ) : (
        <DataTable
          table={table}
          rows={shown}
          sought={sought}
          isAdding={isAdding}
          onAdded={() => setAdding(false)}
          onCell={(id, column, cell) => keep(withCell(value, table, id, column, cell))}
          onDelete={(id) => keep(withoutRow(value, table, id))}
        />
      )}
    </section>
  );
}

function Sought({ sought, onSeek }) {
  return (
    <label className="flex h-8 basis-full items-center gap-2 rounded-lg border border-line bg-surface px-2.5 text-faint focus-within:border-ring @2xl:basis-auto">
      <Search size={14} aria-hidden="true" />
      <input
        type="search"
        value={sought}
        onChange={({ target }) => onSeek(target.value)}
        placeholder="Find rows"
        aria-label="Find rows"
        className="min-w-0 flex-1 bg-transparent text-[13px] text-ink outline-none placeholder:text-faint"
      />
    </label>
  );
}

function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name.replaceAll(/[^\w.-]+/g, "-") });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address));
}

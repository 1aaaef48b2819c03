import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Database, Undo2 } from "lucide-react";
import { Button } from "$/public/external/overskill/components/editor/browser/buttons.jsx";
import { previewData } from "$/public/external/overskill/components/editor/browser/preview_data.js";
import { DataEntry } from "./data_entry.jsx";
import { countWords, inOrder, nameOf, parsed, tableOf } from "./kept_values.js";

/**
 * What the app keeps: a list of all of it, and one as a table. What is changed here the app in the preview shows at once.
 *
 * @param {{ slug: string, isShown: boolean }} props
 */
export function DataTab({ slug, isShown }) {
  const now = useSyncExternalStore(previewData.subscribe, previewData.now, previewData.now);
  const [chosen, setChosen] = useState("");
  const entries = useMemo(() => inOrder(now.entries), [now.entries]);
  useEffect(() => {
    previewData.watch(isShown);
    return () => previewData.watch(false);
  }, [isShown, slug]);
  useEffect(() => setChosen(""), [slug]);

  if (!now.isThere && entries.length === 0) return <Empty title="The preview is not running">What the app keeps is shown here once its preview is there.</Empty>;
  if (entries.length === 0) return <Empty title="Nothing is kept yet">Use the app in the preview: what it keeps is shown here, as tables that you can change.</Empty>;
  const opened = entries.find(({ key }) => key === chosen) ?? entries[0];
  return (
    <div className="@container flex min-h-0 flex-1 bg-canvas">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col @2xl:flex-row">
        <Entries entries={entries} more={now.more} opened={opened.key} onChoose={setChosen} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {now.problem ? (
            <p role="alert" className="border-b border-line bg-danger-soft px-4 py-2 text-[13px] text-danger">
              Not kept: {now.problem}
            </p>
          ) : null}
          <DataEntry key={opened.key} entry={opened} undo={<Undo canUndo={now.canUndo} />} />
          <p className="shrink-0 border-t border-line px-4 py-2 text-xs text-faint">
            This is what the preview keeps in this browser. Every visitor of the published app has their own.
          </p>
        </div>
      </div>
    </div>
  );
}

function Entries({ entries, more, opened, onChoose }) {
  return (
    <nav
      aria-label="What the app keeps"
      className="flex shrink-0 gap-1 overflow-x-auto border-b border-line p-2 @2xl:w-52 @2xl:flex-col @2xl:overflow-y-auto @2xl:border-b-0 @2xl:border-r"
    >
      {entries.map((entry) => (
        <button
          key={entry.key}
          type="button"
          title={entry.key}
          aria-current={entry.key === opened}
          onClick={() => onChoose(entry.key)}
          className="flex h-8 shrink-0 items-center justify-between gap-3 rounded-lg px-2.5 text-left text-[13px] text-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent-ink"
        >
          <span className="max-w-40 truncate">{nameOf(entry.key)}</span>{" "}
          <span className="text-xs tabular-nums opacity-80">{lengthOf(entry)}</span>
        </button>
      ))}
      {more ? <p className="px-2.5 py-1.5 text-xs text-faint">And {more.toLocaleString()} more.</p> : null}
    </nav>
  );
}

function lengthOf({ text }) {
  if (text === null) return "";
  const table = tableOf(parsed(text).value);
  return countWords(table) ? table.rows.length.toLocaleString() : "";
}

function Undo({ canUndo }) {
  return (
    <Button Icon={Undo2} look="ghost" disabled={!canUndo} onClick={() => previewData.undo()}>
      Undo
    </Button>
  );
}

function Empty({ title, children }) {
  return (
    <div role="status" className="grid flex-1 place-items-center bg-canvas p-8">
      <div className="flex max-w-xs flex-col items-center gap-2 text-center text-sm text-soft">
        <Database size={28} strokeWidth={1.4} aria-hidden="true" className="text-faint" />
        <p className="font-medium text-ink">{title}</p>
        <p>{children}</p>
      </div>
    </div>
  );
}

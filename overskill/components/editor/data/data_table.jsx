import { useEffect, useRef, useState } from "react";
import { Trash2 } from "lucide-react";
import { IconButton } from "$/public/external/overskill/components/editor/browser/buttons.jsx";
import { typedCell, words } from "./kept_values.js";

const STEP = 200; // rows that are drawn, and how many more are at a time

/** Rows whose cells are written in place: Enter keeps, Escape leaves it as it was. */
export function DataTable({ table, rows, sought, isAdding, onAdded, onCell, onDelete }) {
  const [most, setMost] = useState(STEP);
  const [open, setOpen] = useState(null); // [row, column] that is being written
  const end = useRef(null);
  const isEmpty = rows.length === 0;
  useEffect(() => {
    if (!isAdding || isEmpty) return;
    onAdded();
    setMost((before) => Math.max(before, rows.length));
    setOpen([rows.at(-1).id, table.columns.find((column) => column !== "id") ?? table.columns[0]]);
    end.current?.scrollIntoView({ block: "nearest" });
  }, [isAdding, rows.length]);

  if (isEmpty) return <p role="status" className="flex-1 p-4 text-sm text-soft">{sought ? `No row has “${sought}”.` : "There is nothing in it."}</p>;
  const isNamed = table.kind === "fields";
  return (
    <div className="min-h-0 flex-1 overflow-auto" tabIndex={0} role="region" aria-label="Rows">
      <table className="w-full border-collapse text-left text-[13px]">
        <thead className="sticky top-0 z-10 bg-surface text-xs text-soft">
          <tr>
            <th scope="col" className="border-b border-line px-3 py-2 font-medium">
              {isNamed ? "Name" : "#"}
            </th>
            {table.columns.map((column) => (
              <th key={column} scope="col" className="whitespace-nowrap border-b border-line px-3 py-2 font-medium">
                {column}
              </th>
            ))}
            <th scope="col" className="sticky right-0 w-9 border-b border-line bg-surface">
              <span className="sr-only">Delete</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map(({ id, cells }) => (
            <tr key={id} className="group border-b border-line align-top hover:bg-hover">
              <th scope="row" className="px-3 py-2 font-normal tabular-nums text-faint">
                {isNamed ? id : id + 1}
              </th>
              {cells.map((cell, place) => {
                const column = table.columns[place];
                return (
                  <td key={column} className="max-w-72 p-0.5">
                    <Cell
                      label={isNamed ? id : `${column}, row ${id + 1}`}
                      cell={cell}
                      isOpen={open?.[0] === id && open[1] === column}
                      onOpen={() => setOpen([id, column])}
                      onClose={() => setOpen(null)}
                      onCell={(next) => onCell(id, column, next)}
                    />
                  </td>
                );
              })}
              <td className="sticky right-0 w-9 bg-canvas p-0.5 group-hover:bg-hover">
                <IconButton label={isNamed ? `Delete ${id}` : `Delete row ${id + 1}`} side="left" Icon={Trash2} onClick={() => onDelete(id)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most ? (
        <button type="button" onClick={() => setMost(most + STEP)} className="m-3 h-8 rounded-lg border border-strong px-3 text-[13px] font-medium text-ink hover:bg-hover">
          Show {Math.min(STEP, rows.length - most)} more
        </button>
      ) : null}
      <div ref={end} />
    </div>
  );
}

function Cell({ label, cell, isOpen, onOpen, onClose, onCell }) {
  const button = useRef(null);
  if (typeof cell === "boolean") {
    return (
      <label className="flex h-8 items-center px-2.5">
        <input type="checkbox" checked={cell} aria-label={label} onChange={() => onCell(!cell)} className="size-4 accent-accent" />
      </label>
    );
  }
  if (isOpen) {
    const close = () => {
      onClose();
      setTimeout(() => button.current?.focus());
    };
    return <CellField label={label} cell={cell} onClose={close} onLeave={onClose} onCell={onCell} />;
  }
  const said = words(cell);
  return (
    <button
      ref={button}
      type="button"
      aria-label={`${label}: ${said || "empty"}`}
      onClick={onOpen}
      className={`block min-h-8 w-full min-w-16 truncate rounded-md px-2.5 text-left hover:bg-surface focus-visible:outline-offset-[-2px] ${typeof cell === "number" ? "tabular-nums" : ""} ${typeof cell === "object" ? "font-mono text-xs text-soft" : "text-ink"}`}
    >
      {said || <span className="text-faint">–</span>}
    </button>
  );
}

function CellField({ label, cell, onClose, onLeave, onCell }) {
  const [text, setText] = useState(words(cell));
  const [problem, setProblem] = useState("");
  const isOver = useRef(false);
  const isLong = text.length > 60 || (typeof cell === "object" && cell !== null);
  const Field = isLong ? "textarea" : "input";
  const keep = (then) => {
    if (isOver.current) return;
    const typed = text === words(cell) ? { problem: "" } : typedCell(text, cell);
    setProblem(typed.problem);
    if (typed.problem) return;
    isOver.current = true;
    if ("cell" in typed) onCell(typed.cell);
    then();
  };
  const onKeyDown = (event) => {
    if (event.key === "Enter" && !(isLong && event.shiftKey)) {
      event.preventDefault();
      keep(onClose);
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      isOver.current = true;
      onClose();
    }
  };
  return (
    <div className="min-w-40">
      <Field
        autoFocus
        value={text}
        aria-label={label}
        aria-invalid={Boolean(problem)}
        rows={isLong ? 4 : undefined}
        onChange={({ target }) => setText(target.value)}
        onFocus={({ target }) => target.select()}
        onKeyDown={onKeyDown}
        onBlur={() => keep(onLeave)}
        className={`w-full rounded-md border border-ring bg-surface px-2 py-1 text-[13px] text-ink outline-none aria-invalid:border-danger ${typeof cell === "object" ? "font-mono text-xs" : ""}`}
      />
      {problem ? (
        <p role="alert" className="px-1 pb-1 text-xs text-danger">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

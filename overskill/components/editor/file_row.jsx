import { Check, FilePen, FileX2, LoaderCircle } from "lucide-react";

const STATES = {
  writing: { Icon: LoaderCircle, style: "animate-spin text-accent-ink", words: (lines) => `${lines} lines` },
  written: { Icon: Check, style: "text-positive", words: (lines) => (lines ? `${lines} lines` : "written") },
  edited: { Icon: FilePen, style: "text-accent-ink", words: () => "changed" },
  deleted: { Icon: FileX2, style: "text-danger", words: () => "removed" },
};

/** A file of a turn and what became of it. */
export function FileRow({ file, isActive = false }) {
  const { Icon, style, words } = STATES[file.state];
  return (
    <div className={`flex h-7 items-center gap-2 px-3.5 text-[13px] ${isActive ? "text-ink" : "text-soft"}`}>
      <Icon size={13} className={`shrink-0 ${style}`} aria-hidden="true" />
      <span className={`min-w-0 flex-1 truncate font-mono text-xs ${file.state === "deleted" ? "line-through" : ""}`}>
        {file.path}
      </span>
      <span className="shrink-0 text-xs tabular-nums text-faint">{words(file.lines)}</span>
    </div>
  );
}

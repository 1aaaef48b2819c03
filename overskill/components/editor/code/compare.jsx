import { useEffect, useRef } from "react";
import * as Dialog from "@radix-ui/react-dialog";
import { MergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { X } from "lucide-react";
import { grammarOf } from "./grammars.js";
import { theme } from "./theme.js";
import { ToolButton } from "./tool_button.jsx";

const BUTTON = "h-8 rounded-lg border border-strong bg-surface px-3 text-[13px] font-medium text-ink hover:bg-hover";

/** Two texts of a file side by side: what is here, and what somebody else saved. */
export default function Compare({ path, mine, theirs, onChoose, onClose }) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade bg-backdrop backdrop-blur-[2px]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-3 z-50 mx-auto flex max-w-6xl animate-fade flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-overlay focus:outline-none sm:inset-8"
        >
          <header className="flex items-center gap-3 border-b border-line py-2.5 pl-4 pr-2.5">
            <Dialog.Title className="min-w-0 flex-1 truncate text-sm font-semibold text-ink">
              Compare <span className="font-mono text-[13px] font-normal text-soft">{path}</span>
            </Dialog.Title>
            <ToolButton label="Close" Icon={X} onClick={onClose} />
          </header>
          <div className="grid grid-cols-2 border-b border-line bg-canvas text-xs font-medium text-soft">
            <div className="flex items-center justify-between gap-2 px-4 py-2">
              Theirs
              <button type="button" onClick={() => onChoose("theirs")} className={BUTTON}>
                Take theirs
              </button>
            </div>
            <div className="flex items-center justify-between gap-2 border-l border-line px-4 py-2">
              Mine
              <button type="button" onClick={() => onChoose("mine")} className={BUTTON}>
                Keep mine
              </button>
            </div>
          </div>
          <Sides path={path} mine={mine} theirs={theirs} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Sides({ path, mine, theirs }) {
  const host = useRef(null);
  useEffect(() => {
    const side = (doc, label) => ({
      doc,
      extensions: [
        lineNumbers(),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.lineWrapping,
        grammarOf(path),
        theme,
      ],
    });
    const view = new MergeView({
      a: side(theirs, `${path}, theirs`),
      b: side(mine, `${path}, mine`),
      parent: host.current,
      gutter: true,
      collapseUnchanged: { margin: 4, minSize: 6 },
    });
    return () => view.destroy();
  }, [path, mine, theirs]);
  return <div ref={host} className="min-h-0 flex-1 overflow-auto" />;
}

import { useEffect, useRef, useState } from "react";
import { roomOf } from "./around.js";
import { ConflictBar } from "./conflict_bar.jsx";
import { EditorPane } from "./editor_pane.jsx";
import { EditorTabs } from "./editor_tabs.jsx";
import { formatted } from "./features.js";
import { changesBetween } from "./merge.js";
import { Problems } from "./problems.jsx";
import { QuickOpen } from "./quick_open.jsx";
import { Sidebar } from "./sidebar.jsx";
import { StatusBar } from "./status_bar.jsx";
import { beside } from "./tabs.js";
import { useCommands } from "./use_commands.js";
import { useRemembered } from "./use_remembered.js";
import { useWorkspace } from "./use_workspace.js";

/**
 * The files of an app to read and to change.
 *
 * @param {{ slug: string, version: number, asked: { path: string, line?: number, column?: number } | null,
 *   isOpen: boolean, onWatch: (() => void) | null }} props `asked` is where another part of the page leads; `onWatch`
 *   shows the turn that is being written; null when none is.
 */
export function Ide({ slug, version, asked, isOpen, onWatch }) {
  const [workspace, now] = useWorkspace(slug, version);
  const [sidebar, setSidebar] = useState({ view: "files", isDrawerOpen: false, asked: 0 });
  const [isFinding, setFinding] = useState(false);
  const [isListing, setListing] = useState(false); // what is wrong
  const [isFormatting, setFormatting] = useRemembered("overskill:format-on-save", true);
  const pane = useRef(null);
  const { active } = now.tabs;

  const save = async () => {
    const { document, buffer } = workspace.opened(active) ?? {};
    if (!document) return;
    if (isFormatting) await format(workspace, active, buffer, document);
    await document.flush();
  };
  const commands = {
    save,
    find: () => setFinding(true),
    search: () => setSidebar(({ asked }) => ({ view: "search", isDrawerOpen: true, asked: asked + 1 })),
    files: () => setSidebar(({ asked }) => ({ view: "files", isDrawerOpen: true, asked: asked + 1 })),
    close: () => active && workspace.close(active),
    next: () => workspace.setTabs(beside(now.tabs, 1)),
    previous: () => workspace.setTabs(beside(now.tabs, -1)),
    problems: () => setListing((is) => !is),
  };
  useCommands(commands, isOpen);
  useEffect(() => {
    roomOf(slug).goTo({ path: isOpen ? active : "" }); // the others see who is in which file
  }, [slug, active, isOpen]);

  const open = (path, place) => {
    workspace.show(path, place);
    setSidebar((before) => ({ ...before, isDrawerOpen: false }));
    if (place) pane.current?.focus();
  };
  useEffect(() => {
    if (asked && now.isLoaded) open(asked.path, asked.line ? { line: asked.line, column: asked.column || 1 } : undefined);
  }, [asked, now.isLoaded]);
  return (
    <div className="@container flex min-h-0 flex-1 flex-col bg-surface">
      <div className="relative flex min-h-0 flex-1">
        <Sidebar workspace={workspace} now={now} sidebar={sidebar} onSidebar={setSidebar} onOpen={open} />
        <section aria-label="Editor" className="flex min-w-0 flex-1 flex-col">
          <EditorTabs workspace={workspace} now={now} onFiles={commands.files} onFind={commands.find} />
          <ConflictBar workspace={workspace} now={now} />
          <EditorPane ref={pane} workspace={workspace} now={now} isOpen={isOpen} />
          {isListing ? <Problems diagnostics={now.diagnostics} onOpen={open} onClose={() => setListing(false)} /> : null}
        </section>
      </div>
      <StatusBar
        workspace={workspace}
        now={now}
        isListing={isListing}
        onProblems={commands.problems}
        isFormatting={isFormatting}
        onFormatting={setFormatting}
        onWatch={onWatch}
      />
      {isFinding ? (
        <QuickOpen
          paths={workspace.paths}
          recent={now.tabs.open}
          onOpen={open}
          onLine={(line) => workspace.show(active, { line, column: 1 })}
          onClose={() => {
            setFinding(false);
            pane.current?.focus();
          }}
        />
      ) : null}
    </div>
  );
}

/** Unless it was typed in meanwhile: then the next save formats it. */
async function format(workspace, path, buffer, document) {
  const text = buffer.read();
  const result = await formatted(workspace, path, text).catch(() => text);
  if (result === text || buffer.read() !== text) return;
  buffer.apply(changesBetween(text, result), { isUndoable: true });
  document.typed();
}

import { useEffect, useState, useSyncExternalStore } from "react";
import { toast } from "sonner";
import { filesApi } from "./api.js";
import { CodeBuffer } from "./buffer.js";
import { Drafts } from "./drafts.js";
import { follow } from "./follow.js";
import { featuresFor } from "./features.js";
import { setupFor } from "./setup.js";
import { Workspace } from "./workspace.js";

const TAB_KEY = "overskill:tab";

/** The files of an app, for as long as its page is open. `version` changes when others, or a turn, may have saved. */
export function useWorkspace(slug, version) {
  const [workspace] = useState(() => openWorkspace(slug));
  useEffect(() => {
    workspace.load();
    const stop = follow(workspace);
    return () => {
      stop();
      workspace.leave();
    };
  }, [workspace]);
  useEffect(() => {
    if (workspace.read().isLoaded) workspace.refresh();
  }, [workspace, version]);
  return [workspace, useSyncExternalStore(workspace.subscribe, workspace.read)];
}

function openWorkspace(slug) {
  const workspace = new Workspace({
    slug,
    api: filesApi(slug),
    storage: localStorage,
    tell: (sentence) => toast.success(sentence),
    drafts: new Drafts({ storage: localStorage, slug, tab: tabName() }),
    openBuffer: (path, text, onTyped) =>
      new CodeBuffer(text, { path, onTyped, setupFor: (now) => setupFor(now, featuresFor(workspace, now)) }),
  });
  return workspace;
}

/** The same after a reload of this browser tab, and no other tab's. */
function tabName() {
  const name = sessionStorage.getItem(TAB_KEY) ?? crypto.randomUUID();
  sessionStorage.setItem(TAB_KEY, name);
  return name;
}

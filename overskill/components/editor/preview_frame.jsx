import { useEffect, useState } from "react";
import { LoaderCircle } from "lucide-react";
import { register } from "./commands.js";
import { ErrorStrip } from "./error_strip.jsx";
import { Cover, coverWords, Notice } from "./preview_cover.jsx";
import { USUAL_VIEW, viewFrom } from "./preview_devices.js";
import { keyOf, reportOfAll } from "./preview_messages.js";
import { PreviewPanel } from "./preview_panel.jsx";
import { PreviewStage } from "./preview_stage.jsx";
import { PreviewToolbar } from "./preview_toolbar.jsx";
import { SelectDock } from "$/public/external/overskill/components/editor/select/select_dock.jsx";
import { useSelect } from "$/public/external/overskill/components/editor/select/use_select.js";
import { useKept } from "./use_kept.js";
import { usePreview } from "./use_preview.js";

const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads";

/**
 * The app itself, on its own origin, with what it takes to look at it: its address, the size of a device, what it says.
 *
 * @param {{ address: string, opened: number, slug: string, version: number, isRunning: boolean, problem: string,
 *   onFix: (report: string) => void, onLost: () => void }} props
 *   `onLost` asks the server to open the preview again: it answers by one more `opened`, or by a `problem`.
 */
export function PreviewFrame({ address, opened, slug, version, isRunning, problem, onFix, onLost }) {
  const [view, setView] = useKept(`overskill:preview-size:${slug}`, (kept) => (kept ? viewFrom(kept) : USUAL_VIEW));
  const [panel, setPanel] = useKept("overskill:preview-panel", panelFrom);
  const shown = usePreview({ address, opened, slug, version, isRunning, problem, onLost, keepsLog: panel.isKept });
  const { frame, preview, log, visit, say, isAway, reload, forgetError } = shown;
  const select = useSelect({ frame, address, slug });
  // Rendered only now: a frame in the first HTML would speak before anybody listens.
  const [isMounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  useCommands({ panel, setPanel, reload });

  // Once a version later the same error may be sent again: what was tried did not help.
  const [sent, setSent] = useState([]);
  const markOf = (error) => `${version} ${keyOf(error)}`;
  const fix = (errors) => {
    setSent((before) => [...before.slice(-50), ...errors.map(markOf)]);
    onFix(reportOfAll(errors, preview.route, log.reported));
  };
  const isSent = (error) => sent.includes(markOf(error));

  const isListed = panel.isOpen && panel.tab === "errors"; // the same, in full

  // Until there is something to see, the cover says so: the preview's own words would show through it.
  const isVisible = preview.isReady && (preview.hasRendered || version > 0);
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <PreviewToolbar
        address={address}
        slug={slug}
        version={version}
        route={preview.route}
        view={view}
        onView={setView}
        onSay={say}
        onReload={reload}
        log={log}
        panel={panel}
        onPanel={setPanel}
        select={select}
      />
      <div className="relative flex min-h-0 flex-1 flex-col @2xl:flex-row">
        <div className="relative min-h-0 min-w-0 flex-1 overflow-hidden bg-sunken">
          <PreviewStage view={view} onView={setView}>
            {isMounted && address ? (
              <iframe
                key={visit}
                ref={frame}
                src={address}
                title="Live preview of the app"
                sandbox={SANDBOX}
                allow="clipboard-write; fullscreen"
                className="size-full border-0 bg-surface"
              />
            ) : null}
          </PreviewStage>
          <Cover isVisible={!isVisible} words={coverWords({ isRunning, isAway, problem, version })} isFailure={Boolean(problem)} />
          {preview.isGone && isVisible ? (
            <Notice>
              <LoaderCircle size={14} className="animate-spin" aria-hidden="true" />
              The preview was closed. Opening it again…
            </Notice>
          ) : null}
        </div>
        <SelectDock select={select} />
      </div>
      {preview.error && !isRunning && !isListed ? (
        <ErrorStrip error={preview.error} isSent={isSent(preview.error)} onFix={() => fix([preview.error])} onClose={forgetError} />
      ) : null}
      {panel.isOpen ? <PreviewPanel log={log} panel={panel} onPanel={setPanel} isSent={isSent} onFix={fix} /> : null}
    </div>
  );
}

const TABS = ["console", "network", "errors"];

function panelFrom(kept) {
  return {
    isOpen: kept?.isOpen === true,
    tab: TABS.includes(kept?.tab) ? kept.tab : "console",
    height: Number.isFinite(kept?.height) ? kept.height : 260,
    isKept: kept?.isKept === true, // what was said stays when the app is loaded anew
  };
}

function useCommands({ panel, setPanel, reload }) {
  useEffect(
    () =>
      register([
        { id: "reload-preview", title: "Reload the preview", group: "Preview", words: "refresh restart", run: reload },
        {
          id: "preview-panel",
          title: "Show or hide the console",
          group: "Preview",
          words: "network errors log developer",
          keys: "mod+j",
          whileTyping: true,
          run: () => setPanel({ ...panel, isOpen: !panel.isOpen }),
        },
      ]),
    [panel],
  );
}

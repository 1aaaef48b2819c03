import { useSyncExternalStore } from "react";
import { ExternalLink, PanelBottom } from "lucide-react";
import { IconButton } from "./buttons.jsx";
import { AddressBar } from "./preview_address.jsx";
import { ShareLinks } from "./preview_share.jsx";
import { SelectToggle } from "$/public/external/overskill/components/editor/select/select_dock.jsx";
import { SizeMenu } from "./preview_size_menu.jsx";

export function PreviewToolbar({ address, slug, version, route, view, onView, onSay, onReload, log, panel, onPanel, select }) {
  return (
    <div className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line bg-surface px-2">
      <SizeMenu view={view} onView={onView} />
      <AddressBar slug={slug} version={version} route={route} onSay={onSay} onReload={onReload} />
      {/* What is done with the app as it is shown stands here; the outermost lead away from it. */}
      {version > 0 ? <SelectToggle select={select} /> : null}
      <PanelToggle log={log} panel={panel} onPanel={onPanel} />
      {version > 0 ? <ShareLinks slug={slug} /> : null}
      {address ? (
        <a
          href={`${address}${route}`}
          target="_blank"
          rel="noreferrer"
          aria-label="Open the preview in a new tab"
          data-tip="Open in a new tab"
          className="tip grid size-7 shrink-0 place-items-center rounded-md text-faint transition-colors duration-150 hover:bg-hover hover:text-ink [&.tip]:after:left-auto [&.tip]:after:right-0 [&.tip]:after:translate-x-0"
        >
          <ExternalLink size={15} aria-hidden="true" />
        </a>
      ) : null}
    </div>
  );
}

/** Opens what the app says; a number tells of errors that are there now. */
function PanelToggle({ log, panel, onPanel }) {
  useSyncExternalStore(log.subscribe, log.version, log.version);
  const errors = log.failures.filter(({ isPast }) => !isPast).length;
  return (
    <div className="relative">
      <IconButton
        label={panel.isOpen ? "Hide the console" : "Console, network and errors"}
        Icon={PanelBottom}
        size={15}
        side="bottom"
        aria-pressed={panel.isOpen}
        onClick={() => onPanel({ ...panel, isOpen: !panel.isOpen, tab: !panel.isOpen && errors > 0 ? "errors" : panel.tab })}
        className="aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
      />
      {errors > 0 ? (
        <span className="pointer-events-none absolute -right-0.5 -top-0.5 grid h-3.5 min-w-3.5 place-items-center rounded-full bg-danger px-1 text-[10px] font-semibold leading-none text-surface">
          {errors}
          <span className="sr-only"> errors</span>
        </span>
      ) : null}
    </div>
  );
}

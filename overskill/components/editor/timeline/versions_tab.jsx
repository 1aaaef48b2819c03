import { useEffect, useMemo, useState } from "react";
import { History } from "lucide-react";
import { Button } from "$/public/external/overskill/components/editor/browser/buttons.jsx";
import { useVersions } from "./use_versions.js";
import { VersionDetail } from "./version_detail.jsx";
import { byDay, FILTERS } from "./version_list.js";
import { VersionRow } from "./version_row.jsx";

/**
 * The timeline of an app, and beside it what a version changed. On a narrow pane the one takes the place of the other.
 *
 * @param {{ slug: string, version: number, liveVersion: number, isShown: boolean, isBusy: boolean,
 *   onRestore: (number: number) => void, onBranch: (number: number) => void }} props
 */
export function VersionsTab({ slug, version, liveVersion, isShown, isBusy, onRestore, onBranch }) {
  const [only, setOnly] = useState("");
  const [selected, setSelected] = useState(0);
  const timeline = useVersions(slug, { only, stamp: `${version} ${liveVersion} ${isBusy}`, isShown });
  const { versions } = timeline;
  const days = useMemo(() => byDay(versions), [versions]);
  const chosen = versions.find(({ number }) => number === selected);
  const opened = chosen ?? versions[0]; // where there is room for both, something is always shown
  useEffect(() => setSelected(0), [slug]);

  return (
    <div className="@container flex min-h-0 flex-1 bg-canvas">
      <div className={`min-h-0 min-w-0 flex-1 flex-col @4xl:flex @4xl:max-w-96 @4xl:border-r @4xl:border-line ${chosen ? "hidden" : "flex"}`}>
        <Filters only={only} onChoose={setOnly} />
        <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
          <List timeline={timeline} days={days} only={only} selected={opened?.number} liveVersion={liveVersion} onSelect={setSelected} />
        </div>
      </div>
      {opened ? (
        <div className={`min-h-0 min-w-0 flex-1 @4xl:flex ${chosen ? "flex" : "hidden"}`}>
          <VersionDetail
            key={opened.number}
            version={opened}
            versions={versions}
            api={timeline.api}
            isBusy={isBusy}
            onClose={() => setSelected(0)}
            onRestore={() => onRestore(opened.number)}
            onRestored={setSelected}
            onBranch={() => onBranch(opened.number)}
            onChange={(part) => timeline.change(opened.number, part)}
          />
        </div>
      ) : null}
    </div>
  );
}

function Filters({ only, onChoose }) {
  return (
    <div role="group" aria-label="Which versions" className="flex shrink-0 gap-1 overflow-x-auto px-4 py-3">
      {FILTERS.map(([value, words]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === only}
          onClick={() => onChoose(value)}
          className="h-7 shrink-0 rounded-full px-3 text-[13px] text-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-ink"
        >
          {words}
        </button>
      ))}
    </div>
  );
}

function List({ timeline, days, only, selected, liveVersion, onSelect }) {
  const { isLoaded, problem, hasMore, readMore, refresh } = timeline;
  if (problem && !isLoaded) return <Empty title="The versions could not be read" text={problem} action={<Button onClick={refresh}>Try again</Button>} />;
  if (!isLoaded) return <Waiting />;
  if (!days.length) {
    return only ? (
      <Empty title="None of that kind" text="No version fits this filter yet." />
    ) : (
      <Empty title="No versions yet" text="The first turn makes the first version. You can return to any of them." />
    );
  }
  return (
    <>
      {days.map(({ title, versions }) => (
        <section key={title} aria-label={title}>
          <h2 className="sticky top-0 z-10 bg-canvas px-2.5 py-1.5 text-xs font-medium text-faint">{title}</h2>
          <ol className="flex flex-col gap-0.5 pb-2">
            {versions.map((version) => (
              <VersionRow key={version.number} version={version} isSelected={version.number === selected} isLive={version.number === liveVersion} onSelect={onSelect} />
            ))}
          </ol>
        </section>
      ))}
      {problem ? <p role="alert" className="px-2.5 py-2 text-[13px] text-soft">{problem}</p> : null}
      {hasMore ? <Button look="ghost" className="mx-auto flex!" onClick={readMore}>Show earlier</Button> : null}
    </>
  );
}

function Waiting() {
  return (
    <div role="status" className="flex flex-col gap-2 px-2.5 pt-2">
      <span className="sr-only">Reading the versions</span>
      {[0, 1, 2].map((each) => <div key={each} className="shimmer h-18 animate-shimmer rounded-xl" />)}
    </div>
  );
}

function Empty({ title, text, action = null }) {
  return (
    <div className="mx-auto flex max-w-xs flex-col items-center gap-2 px-6 py-16 text-center">
      <span className="grid size-11 place-items-center rounded-xl bg-accent-soft text-accent-ink"><History size={19} aria-hidden="true" /></span>
      <p className="mt-1 text-[15px] font-semibold text-ink">{title}</p>
      <p className="text-sm text-soft">{text}</p>
      {action}
    </div>
  );
}

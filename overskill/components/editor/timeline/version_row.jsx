import { Bookmark, Copy, GitBranch, GitCompare, History, Import, PackageCheck, PencilLine, Pin, Sparkles } from "lucide-react";
import { TimeAgo } from "$/public/external/overskill/components/editor/browser/time_ago.jsx";
import { factsOf, titleOf } from "./version_list.js";

const ICONS = {
  generation: Sparkles,
  edit: PencilLine,
  restore: History,
  duplicate: Copy,
  import: Import,
  push: GitBranch,
  update: PackageCheck,
};
const BADGE = "inline-flex h-5.5 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 text-[11px] font-medium";

/** One version in the timeline; the whole row opens it. */
export function VersionRow({ version, isSelected, isLive, onSelect }) {
  const Icon = ICONS[version.cause] ?? GitCompare;
  return (
    <li>
      <button
        type="button"
        aria-current={isSelected}
        aria-label={`Version ${version.number}: ${titleOf(version)}${version.is_current ? ", now" : ""}`}
        onClick={() => onSelect(version.number)}
        className="flex w-full items-start gap-3 rounded-xl p-2.5 text-left transition-colors duration-150 hover:bg-hover focus-visible:outline-offset-[-2px] aria-[current=true]:bg-accent-soft"
      >
        <Picture version={version} Icon={Icon} />
        <span className="min-w-0 flex-1 py-0.5">
          <span className="flex items-start gap-2">
            <span className="line-clamp-2 min-w-0 flex-1 break-words text-sm font-medium leading-snug text-ink">{titleOf(version)}</span>
            <span className="shrink-0 font-mono text-xs tabular-nums leading-5 text-faint">{version.number}</span>
          </span>
          <span className="mt-0.5 block text-[13px] leading-snug text-faint">
            {factsOf(version)} · <TimeAgo at={version.at} />
          </span>
          <Marks version={version} isLive={isLive} />
        </span>
      </button>
    </li>
  );
}

/** What the app looked like, or what kind of change it was. */
function Picture({ version, Icon }) {
  if (version.screenshot) {
    return (
      <img
        src={`/thumbnails/${version.screenshot}.webp`}
        alt=""
        loading="lazy"
        className="h-14 w-20 shrink-0 rounded-md border border-line bg-sunken object-cover object-top"
      />
    );
  }
  return (
    <span className="grid h-14 w-20 shrink-0 place-items-center rounded-md border border-line bg-sunken text-faint">
      <Icon size={17} aria-hidden="true" />
    </span>
  );
}

function Marks({ version, isLive }) {
  const marks = [
    version.is_current && <Now key="now" />,
    isLive && <Mark key="live" tone="bg-positive-soft text-positive">Live</Mark>,
    !isLive && version.published.length > 0 && <Mark key="published" tone="bg-hover text-soft">Published <TimeAgo at={version.published[0].at} /></Mark>,
    version.is_pinned && <Mark key="pinned" tone="bg-hover text-soft"><Pin size={11} aria-hidden="true" />Pinned</Mark>,
    version.name && <Mark key="named" tone="bg-hover text-soft"><Bookmark size={11} aria-hidden="true" />Named</Mark>,
    !version.builds && <Mark key="broken" tone="bg-warning-soft text-warning">Does not compile</Mark>,
  ].filter(Boolean);
  return marks.length ? <span className="mt-1.5 flex flex-wrap gap-1">{marks}</span> : null;
}

/** What the app is now. */
export const Now = () => <Mark tone="bg-accent-soft text-accent-ink">Now</Mark>;

const Mark = ({ tone, children }) => <span className={`${BADGE} ${tone}`}>{children}</span>;

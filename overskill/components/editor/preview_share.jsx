import { useEffect, useState } from "react";
import { Check, Copy, LoaderCircle, Share2, Trash2 } from "lucide-react";
import { Button, IconButton } from "./buttons.jsx";
import { Popover } from "./popover.jsx";
import { createLink, readLinks, revokeLink } from "./share_links.js";
import { TimeAgo } from "./time_ago.jsx";

const LIFETIMES = [
  ["hour", "1 hour"],
  ["day", "1 day"],
  ["week", "7 days"],
];

/** Links that show the live preview to whoever has one, for a while. */
export function ShareLinks({ slug }) {
  return (
    <Popover
      label="Share the preview"
      className="p-4 sm:w-88"
      trigger={(props) => <IconButton label="Share" Icon={Share2} size={15} side="bottom" {...props} />}
    >
      {() => <Links slug={slug} />}
    </Popover>
  );
}

function Links({ slug }) {
  const [links, setLinks] = useState(null); // null: they are being read
  const [lifetime, setLifetime] = useState("day");
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);

  const attempt = async (work) => {
    setBusy(true);
    setProblem("");
    try {
      await work();
    } catch (failure) {
      setProblem(failure.message);
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    attempt(async () => setLinks(await readLinks(slug)));
  }, [slug]);
  const create = () =>
    attempt(async () => {
      const link = await createLink(slug, lifetime);
      setLinks((before) => [link, ...(before ?? [])]);
    });
  const revoke = (link) =>
    attempt(async () => {
      await revokeLink(slug, link.id);
      setLinks((before) => before.filter(({ id }) => id !== link.id));
    });

  return (
    <div className="flex flex-col gap-3 text-[13px]">
      <div>
        <p className="text-sm font-semibold text-ink">Share the preview</p>
        <p className="mt-0.5 leading-relaxed text-soft">Whoever has the link sees the app as it is now, and every change. No account is needed.</p>
      </div>
      <div className="flex items-center gap-2">
        <label className="sr-only" htmlFor="share-lifetime">
          The link works for
        </label>
        <select
          id="share-lifetime"
          value={lifetime}
          onChange={(event) => setLifetime(event.target.value)}
          className="h-8 min-w-0 flex-1 rounded-lg border border-strong bg-surface px-2 text-[13px] text-ink"
        >
          {LIFETIMES.map(([value, words]) => (
            <option key={value} value={value}>
              Works for {words}
            </option>
          ))}
        </select>
        <Button look="primary" disabled={isBusy} onClick={create}>
          Create link
        </Button>
      </div>
      {problem ? (
        <p role="alert" className="rounded-lg bg-danger-soft px-3 py-2 text-danger">
          {problem}
        </p>
      ) : null}
      <LinkList links={links} isBusy={isBusy} onRevoke={revoke} />
    </div>
  );
}

function LinkList({ links, isBusy, onRevoke }) {
  if (links === null)
    return isBusy ? (
      <p role="status" className="flex items-center gap-2 text-faint">
        <LoaderCircle size={14} className="animate-spin" aria-hidden="true" />
        Reading the links…
      </p>
    ) : null;
  if (links.length === 0) return <p className="text-faint">No link works at the moment.</p>;
  return (
    <ul aria-label="Links that work" className="-mx-1 flex max-h-64 flex-col overflow-y-auto border-t border-line pt-1.5">
      {links.map((link) => (
        <li key={link.id} className="flex items-center gap-1 rounded-lg px-1 py-1.5">
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium text-ink">{link.made_by}</p>
            <p className="truncate text-xs text-faint">
              Made <TimeAgo at={link.created_at} />, ends <TimeAgo at={link.expires_at} />
            </p>
          </div>
          {link.url ? <CopyLink url={link.url} /> : null}
          <IconButton label="Revoke this link" Icon={Trash2} disabled={isBusy} onClick={() => onRevoke(link)} />
        </li>
      ))}
    </ul>
  );
}

function CopyLink({ url }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <Button Icon={isCopied ? Check : Copy} title={url} onClick={copy} className="h-7! px-2!">
      {isCopied ? "Copied" : "Copy"}
    </Button>
  );
}

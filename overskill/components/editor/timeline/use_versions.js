import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { versionsApi } from "./api.js";
import { merged, refreshed } from "./version_list.js";

/**
 * The versions of an app, as far as they were read; read anew whenever `stamp` changes while the tab is shown.
 *
 * @param {string} slug
 * @param {{ only: string, stamp: string, isShown: boolean }} wish
 */
export function useVersions(slug, { only, stamp, isShown }) {
  const api = useMemo(() => versionsApi(slug), [slug]);
  const [state, setState] = useState({ versions: [], hasMore: false, isLoaded: false, problem: "" });
  const [reads, setReads] = useState(0);
  const seen = useRef("");

  useEffect(() => {
    if (!isShown) return undefined;
    const giveUp = new AbortController();
    const isOther = seen.current !== `${slug} ${only}`;
    api.list({ only }, giveUp.signal).then(
      ({ versions, has_more: more }) => {
        seen.current = `${slug} ${only}`;
        setState((before) => {
          const known = isOther ? [] : before.versions;
          const all = only || isOther ? versions : refreshed(known, versions, more);
          return { versions: all, hasMore: all.length > versions.length ? before.hasMore : more, isLoaded: true, problem: "" };
        });
      },
      (failure) => giveUp.signal.aborted || setState((before) => ({ ...before, problem: failure.message })),
    );
    return () => giveUp.abort();
  }, [api, slug, only, stamp, isShown, reads]);

  const readMore = useCallback(async () => {
    const before = state.versions.at(-1)?.number;
    try {
      const page = await api.list({ only, before });
      setState((known) => ({ ...known, versions: merged(known.versions, page.versions), hasMore: page.has_more, problem: "" }));
    } catch (failure) {
      setState((known) => ({ ...known, problem: failure.message }));
    }
  }, [api, only, state.versions]);

  const change = useCallback((number, part) => {
    setState((known) => ({
      ...known,
      versions: known.versions.map((version) => (version.number === number ? { ...version, ...part } : version)),
    }));
  }, []);

  return { ...state, api, readMore, change, refresh: () => setReads((count) => count + 1) };
}

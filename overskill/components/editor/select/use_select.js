import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { describeElement, patchElement, saveFiles } from "./api.js";
import { SelectSession } from "./session.js";

/**
 * Select mode of one preview. Nothing is believed that does not come from its frame and its origin.
 *
 * @param {{ frame: { current: HTMLIFrameElement | null }, address: string, slug: string }} props
 */
export function useSelect({ frame, address, slug }) {
  const origin = address ? new URL(address).origin : "";
  const say = useRef(null);
  say.current = (message) => origin && frame.current?.contentWindow?.postMessage(message, origin);
  const session = useMemo(() => new SelectSession((message) => say.current(message), apiOf(slug)), [slug]);
  const state = useSyncExternalStore(session.subscribe, session.read, session.read);
  useEffect(() => {
    const onMessage = ({ source, origin: from, data }) => {
      const isOurs = source === frame.current?.contentWindow && from === origin;
      if (isOurs && data?.source === "overskill-preview") session.hear(data);
    };
    window.addEventListener("message", onMessage);
    return () => window.removeEventListener("message", onMessage);
  }, [origin, session]);
  useEffect(() => {
    if (!state.isOn) return undefined;
    const onOver = ({ target }) => target !== frame.current && session.say({ type: "select-unhover" });
    window.addEventListener("pointerover", onOver);
    return () => window.removeEventListener("pointerover", onOver);
  }, [state.isOn, session]);
  return useMemo(() => ({ ...state, ...partsOf(state), ...actionsOf(session, state.target) }), [state, session]);
}

const apiOf = (slug) => ({
  describe: (place, signal) => describeElement(slug, place, signal),
  patch: (place, operation) => patchElement(slug, place, operation),
  save: (changes) => saveFiles(slug, changes),
});

const partsOf = ({ selection, placeIndex, saving, history }) => ({
  place: selection?.places[placeIndex] ?? null,
  isSaving: saving > 0,
  canUndo: history.done.length > 0,
  canRedo: history.undone.length > 0,
});

/** What is done to an element is done to the one that the controls were drawn for, also when another is selected. */
const actionsOf = (session, target) => ({
  toggle: () => session.turn(!session.read().isOn),
  leave: () => session.turn(false),
  edit: (index) => session.edit(index),
  tryOut: (change) => session.try(change, target),
  change: (operation, trial) => void session.change(operation, trial, target),
  undo: () => void session.travel(false),
  redo: () => void session.travel(true),
  step: (to) => session.say({ type: "select-step", to }),
  choose: (list, index) => session.say({ type: "select-listed", list, index }),
});

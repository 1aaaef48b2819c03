import { useEffect, useRef, useState } from "react";
import { describeElement, patchElement, saveFiles } from "./api.js";
import { based, lastDone, lastUndone, moved, nothingDone, saveFor, withStep } from "./history.js";
import { coloursOf, isSamePlace, likeliestPlace, selectionOf } from "./messages.js";

const STALE = 409;

/**
 * Select mode, from the editor's side: what is selected in the preview, what it is in the code, and changes of it. Every
 * change is shown at once, saved one after the other, and can be taken back.
 *
 * @param {{ frame: { current: HTMLIFrameElement | null }, address: string, slug: string }} props
 */
export function useSelect({ frame, address, slug }) {
  const origin = address ? new URL(address).origin : "";
  const [isOn, setOn] = useState(false);
  const [selection, setSelection] = useState(null);
  const [placeIndex, setPlaceIndex] = useState(0);
  const [element, setElement] = useState(null);
  const [colours, setColours] = useState({});
  const [problem, setProblem] = useState("");
  const [savesLeft, setSavesLeft] = useState(0);
  const history = useRef(nothingDone);
  const [, setSteps] = useState(nothingDone); // only so that buttons know of it
  const place = useRef(null); // the one that is edited, as the latest answer knows it
  const work = useRef(Promise.resolve());
  const asked = useRef(null);
  const latest = useRef({});

  const say = (message) => origin && frame.current?.contentWindow?.postMessage(message, origin);

  const remember = (next) => {
    history.current = next;
    setSteps(next);
  };

  const turn = (on) => {
    setOn(on);
    say({ type: "select-mode", on });
    if (!on) forget();
  };
  const forget = () => {
    asked.current?.abort();
    place.current = null;
    setSelection(null);
    setElement(null);
    setProblem("");
  };

  const describe = async (wanted) => {
    asked.current?.abort();
    const asking = new AbortController();
    asked.current = asking;
    place.current = wanted;
    try {
      const answer = await describeElement(slug, wanted, asking.signal);
      if (asked.current !== asking) return;
      setElement(answer.element);
      setProblem("");
      say({ type: "select-colours", colours: answer.colours });
    } catch (error) {
      if (error.name === "AbortError" || asked.current !== asking) return;
      // The preview draws the changed code in a moment, and says again where the element is.
      setProblem(error.message);
      if (error.status !== STALE) setElement(null);
    }
  };

  const take = (message) => {
    const next = selectionOf(message);
    if (next === null) {
      forget();
      return;
    }
    setSelection(next);
    const isAgain = next.how === "again" || next.how === "sought";
    const known = isAgain && place.current ? next.places.findIndex((each) => isSamePlace(each, place.current)) : -1;
    if (known >= 0) {
      setPlaceIndex(known);
      if (problem) void describe(next.places[known]);
      return;
    }
    const index = isAgain ? Math.min(placeIndex, next.places.length - 1) : likeliestPlace(next);
    setPlaceIndex(index);
    if (!isAgain) setElement(null);
    void describe(next.places[index]);
  };

  const edit = (index) => {
    setPlaceIndex(index);
    setElement(null);
    void describe(selection.places[index]);
  };

  const inTurn = (task) => {
    setSavesLeft((left) => left + 1);
    work.current = work.current.then(task).finally(() => setSavesLeft((left) => left - 1));
    return work.current;
  };

  /**
   * @param {object | null} operation  as bundler/core/elements/patch.mjs knows them; null: it is only tried
   * @param {object} [trial]  how it will look, shown at once
   */
  const change = (operation, words, trial) => {
    if (!place.current) return Promise.resolve();
    if (trial) say({ type: "select-try", place: place.current, change: trial });
    if (operation === null) return Promise.resolve();
    return inTurn(async () => {
      const from = place.current;
      if (!from) return;
      try {
        const answer = await patchElement(slug, from, operation);
        const { line, column } = answer.element;
        const to = { ...from, line, column, checksum: answer.checksum, name: answer.element.name };
        asked.current?.abort();
        place.current = to;
        setElement(answer.element);
        setProblem("");
        say({ type: "select-tried", isKept: true });
        say({ type: "select-place", place: { ...to, checksum: to.checksum.slice(0, 16) }, index: selection?.index ?? 0 });
        if (answer.before !== answer.text)
          remember(withStep(based(history.current, from.file, answer.checksum), stepOf(from.file, answer, words)));
      } catch (error) {
        say({ type: "select-tried", isKept: false });
        setProblem(error.message);
      }
    });
  };

  const travel = (isRedo) =>
    inTurn(async () => {
      const step = (isRedo ? lastUndone : lastDone)(history.current);
      if (!step) return;
      try {
        const answer = await saveFiles(slug, saveFor(step, isRedo));
        const { checksum } = answer.files.find(({ path }) => path === step.path) ?? step;
        remember(moved(history.current, isRedo, checksum));
        setProblem("");
      } catch (error) {
        setProblem(error.message);
      }
    });

  latest.current = { take, turn, forget, isOn, travel, element, change };
  useEffect(() => {
    const onMessage = ({ source, origin: from, data }) => {
      if (source !== frame.current?.contentWindow || from !== origin || data?.source !== "overskill-preview") return;
      const now = latest.current;
      if (data.type === "selected" && now.isOn) now.take(data);
      else if (data.type === "colours") setColours((before) => ({ ...before, ...coloursOf(data) }));
      else if (data.type === "select-asked") now.turn(!now.isOn);
      else if (data.type === "select-left") now.turn(false);
      else if (data.type === "select-undo") void now.travel(data.isRedo === true);
      else if (data.type === "select-delete" && now.element && !now.element.refusals.remove)
        void now.change({ kind: "remove" }, "Deleted");
      else if (data.type === "ready" && now.isOn) {
        now.forget(); // the page was loaded anew
        now.turn(true);
      }
    };
    window.addEventListener("message", onMessage);
    return () => window.removeEventListener("message", onMessage);
  }, [origin]);

  return {
    isOn,
    isSaving: savesLeft > 0,
    selection,
    placeIndex,
    place: selection?.places[placeIndex] ?? null,
    element,
    colours,
    problem,
    canUndo: history.current.done.length > 0,
    canRedo: history.current.undone.length > 0,
    toggle: () => turn(!isOn),
    leave: () => turn(false),
    edit,
    change,
    undo: () => travel(false),
    redo: () => travel(true),
    step: (to) => say({ type: "select-step", to }),
    choose: (list, index) => say({ type: "select-listed", list, index }),
  };
}

const stepOf = (path, { before, text, checksum }, words) => ({ path, before, after: text, checksum, words });

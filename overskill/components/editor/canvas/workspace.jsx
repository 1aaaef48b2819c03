import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Puck, createUsePuck, useGetPuck } from "@puckeditor/core";
import { ArrowDown, ArrowUp } from "lucide-react";
import { BlockPalette } from "./block_palette.jsx";
import { TEXT } from "./kinds.js";
import { Toolbar, useHistoryKeys, WIDTHS } from "./toolbar.jsx";

const usePuck = createUsePuck();

/** The page between what can be added to it and what is selected on it. */
export function Workspace({ picker, view, address, redraw, kinds, blocks, onAsk }) {
  const [width, setWidth] = useState(WIDTHS[0]);
  const [isBeside, setBeside] = useState(false);
  const box = useRef(null);
  useHistoryKeys(box);
  useRedraw(redraw);
  return (
    <div ref={box} className="flex min-h-0 flex-1 flex-col">
      <Toolbar {...{ picker, view, width, isBeside }} onWidth={setWidth} onBeside={() => setBeside(!isBeside)} />
      <div className="flex min-h-0 flex-1">
        <Side blocks={blocks} onAsk={onAsk} isAside={isBeside} />
        <div className="relative min-w-0 flex-1 overflow-auto bg-sunken p-3">
          <div className="mx-auto h-full overflow-hidden rounded-xl border border-line bg-white shadow-card" style={width.width ? { width: width.width } : undefined}>
            <Canvas />
          </div>
        </div>
        {isBeside && address ? (
          <iframe
            src={address}
            title="The app beside the canvas"
            sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-modals"
            className="min-w-0 flex-1 border-0 border-l border-line bg-surface"
          />
        ) : null}
        <Selected kinds={kinds} />
      </div>
    </div>
  );
}

/** Puck leaves its frame unnamed. */
function Canvas() {
  const box = useRef(null);
  useLayoutEffect(() => {
    box.current.querySelector("iframe").title = "The page you edit";
  }, []);
  return (
    <div ref={box} className="contents">
      <Puck.Preview />
    </div>
  );
}

/** Beside the app there is only room for it on a large screen. */
function Side({ blocks, onAsk, isAside }) {
  const [tab, setTab] = useState("blocks");
  return (
    <aside aria-label="Blocks" className={`flex w-52 shrink-0 flex-col border-r border-line bg-surface ${isAside ? "max-[1680px]:hidden" : ""}`}>
      <div role="group" aria-label="Show" className="grid h-9 shrink-0 grid-cols-2 border-b border-line text-xs font-medium">
        <SideTab words="Blocks" isOn={tab === "blocks"} onClick={() => setTab("blocks")} />
        <SideTab words="Outline" isOn={tab === "outline"} onClick={() => setTab("outline")} />
      </div>
      {tab === "blocks" ? <BlockPalette blocks={blocks} onAsk={onAsk} /> : <div className="min-h-0 flex-1 overflow-y-auto p-2"><Puck.Outline /></div>}
    </aside>
  );
}

const SideTab = ({ words, isOn, onClick }) => (
  <button type="button" aria-pressed={isOn} onClick={onClick} className={isOn ? "text-ink shadow-[inset_0_-2px_0_var(--accent)]" : "text-faint hover:text-ink"}>
    {words}
  </button>
);

function Selected({ kinds }) {
  const selected = usePuck(({ selectedItem }) => selectedItem);
  const kind = selected ? kinds.get(selected.type) : null;
  return (
    <aside aria-label="Fields" className="flex w-64 shrink-0 flex-col border-l border-line bg-surface">
      <div className="flex h-14 shrink-0 items-center gap-1 border-b border-line pl-4 pr-2">
        <div className="min-w-0 flex-1">
          <p className="truncate text-[13px] font-semibold text-ink">{selected ? (kind?.label ?? selected.type) : "The whole page"}</p>
          <p title={kind?.hint} className="truncate text-xs text-faint">{aside(selected, kind)}</p>
        </div>
        {selected && !selected.props.reason ? <Order id={selected.props.id} /> : null}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Puck.Fields />
      </div>
    </aside>
  );
}

function aside(selected, kind) {
  if (!selected) return "Select a block to edit it.";
  if (selected.type === TEXT) return "Words between other blocks";
  return selected.props.reason || kind?.file || (selected.type.startsWith("#") ? "" : `<${selected.type}>`);
}

/** The order by keyboard, too: what is dragged can also be moved by one place. */
function Order({ id }) {
  const getPuck = useGetPuck();
  const move = (by) => {
    const { dispatch, getSelectorForId } = getPuck();
    const { index, zone } = getSelectorForId(id);
    if (index + by < 0) return;
    dispatch({ type: "reorder", sourceIndex: index, destinationIndex: index + by, destinationZone: zone });
    const place = getPuck().getSelectorForId(id);
    dispatch({ type: "setUi", ui: { itemSelector: place } });
  };
  return (
    <>
      <OrderButton label="Move up" onClick={() => move(-1)} Icon={ArrowUp} />
      <OrderButton label="Move down" onClick={() => move(1)} Icon={ArrowDown} />
    </>
  );
}

const OrderButton = ({ label, onClick, Icon }) => (
  <button type="button" aria-label={label} title={label} onClick={onClick} className="grid size-7 shrink-0 place-items-center rounded-md text-soft hover:bg-hover hover:text-ink">
    <Icon size={14} aria-hidden="true" />
  </button>
);

/** The page changed elsewhere: draw it, with what is selected still selected. What was done before can't be undone now. */
function useRedraw(redraw) {
  const getPuck = useGetPuck();
  useEffect(() => {
    redraw.current = (data, { isEdit = false } = {}) => {
      const { dispatch, selectedItem, history, appState } = getPuck();
      const select = (itemSelector) => dispatch({ type: "setUi", ui: { itemSelector } });
      dispatch({ type: "setData", data, ...(isEdit && { recordHistory: true }) });
      if (isEdit) {
        select(null);
        return;
      }
      const id = selectedItem?.props.id;
      const place = (id && getPuck().getSelectorForId(id)) || null;
      const isSame = place && JSON.stringify(getPuck().getItemById(id)) === JSON.stringify(selectedItem);
      select(isSame ? place : null);
      if (place && !isSame) setTimeout(() => select(place)); // a field that has the focus keeps what it shows
      history.setHistories([{ state: { ...appState, ...getPuck().appState } }]);
    };
  }, [getPuck]);
}

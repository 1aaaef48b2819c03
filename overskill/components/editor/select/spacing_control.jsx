import { useState } from "react";
import { Maximize, MoveHorizontal, Square } from "lucide-react";
import { setSides, sideOf, stepped, STEPS, typedValue } from "./classes.js";
import { Choice, Stepper } from "./controls.jsx";

const MODES = [
  { value: "all", words: "All sides as one", Icon: Square },
  { value: "axes", words: "Across and down", Icon: MoveHorizontal },
  { value: "sides", words: "Each side", Icon: Maximize },
];
const FIELDS = {
  all: [["", "t", "on all sides"]],
  axes: [
    ["x", "l", "left and right"],
    ["y", "t", "top and bottom"],
  ],
  sides: [
    ["t", "t", "top"],
    ["r", "r", "right"],
    ["b", "b", "bottom"],
    ["l", "l", "left"],
  ],
};
const SHORT = { "": "", x: "↔", y: "↕", t: "Top", r: "Right", b: "Bottom", l: "Left" };

/** Padding or margin: of all sides, of both axes, or of each side. */
export function SpacingControl({ title, box, tokens, variant, onChange }) {
  const side = (each) => sideOf(tokens, box, each, variant);
  const [top, right, bottom, left] = ["t", "r", "b", "l"].map(side);
  const needed = top !== bottom || left !== right ? "sides" : top !== left ? "axes" : "all";
  const [chosen, setChosen] = useState("");
  const mode = chosen || needed;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <span className="flex-1 text-xs text-soft">{title}</span>
        <div className="w-24">
          <Choice label={`Sides of the ${title.toLowerCase()}`} value={mode} options={MODES} canClear={false} onChange={setChosen} />
        </div>
      </div>
      <div className={`grid gap-1.5 ${mode === "all" ? "grid-cols-1" : "grid-cols-2"}`}>
        {FIELDS[mode].map(([sides, from, words]) => {
          const value = side(from);
          const set = (next) => onChange(setSides(tokens, box, sides, next, variant));
          return (
            <div key={sides} className="flex items-center gap-1.5">
              {SHORT[sides] ? <span className={`shrink-0 text-[11px] text-faint ${mode === "sides" ? "w-10" : "w-4 text-center"}`}>{SHORT[sides]}</span> : null}
              <Stepper
                label={`${title} ${words}`}
                value={value}
                onStep={(by) => set(stepped(value, by, STEPS))}
                onType={(text) => (text.trim() === "" ? set("") : typedValue(text) && set(typedValue(text)))}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

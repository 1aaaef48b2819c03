import { useState } from "react";
import { ChevronDown } from "lucide-react";
import { colourOf, setColour } from "./classes.js";
import { PALETTE, paletteColour, SHADES } from "./palette.js";

const CHEQUERED = "bg-[conic-gradient(#ccc_25%,#fff_0_50%,#ccc_0_75%,#fff_0)] bg-[length:8px_8px]";

/** A colour by name: the app's own first, then Tailwind's. */
export function ColourControl({ label, property, tokens, variant, colours, onChange }) {
  const [isOpen, setOpen] = useState(false);
  const isColour = (name) => Object.hasOwn(colours, name) || paletteColour(name) !== "";
  const value = colourOf(tokens, property, isColour, variant);
  const [name] = value.split("/");
  const css = colours[name] ?? paletteColour(name);
  const choose = (chosen) => {
    setOpen(false);
    onChange(setColour(tokens, property, chosen === value ? "" : chosen, isColour, variant));
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-[4.75rem_minmax(0,1fr)] items-center gap-2">
        <span className="truncate text-xs text-soft">{label}</span>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`${label}: ${value || "none"}`}
          onClick={() => setOpen(!isOpen)}
          className="flex h-7.5 min-w-0 items-center gap-2 rounded-md border border-line bg-sunken px-1.5 text-[13px] text-ink transition-colors duration-150 hover:border-strong"
        >
          <Swatch css={css} className="size-4.5 shrink-0" />
          <span className={`min-w-0 flex-1 truncate text-left ${value ? "" : "text-faint"}`}>{value || "None"}</span>
          <ChevronDown size={13} className={`shrink-0 text-faint transition-transform duration-150 ${isOpen ? "rotate-180" : ""}`} aria-hidden="true" />
        </button>
      </div>
      {isOpen ? <Palette label={label} value={value} colours={colours} onChoose={choose} /> : null}
    </div>
  );
}

function Palette({ label, value, colours, onChoose }) {
  const own = Object.entries(colours);
  return (
    <div className="flex max-h-64 flex-col gap-2.5 overflow-y-auto rounded-lg border border-line bg-surface p-2.5 animate-fade">
      {own.length ? (
        <Group title="The app's colours">
          <div className="grid grid-cols-[repeat(auto-fill,minmax(1.5rem,1fr))] gap-1.5">
            {own.map(([name, css]) => (
              <SwatchButton key={name} label={label} name={name} css={css} isChosen={value === name} onChoose={onChoose} className="size-6 rounded-md" />
            ))}
          </div>
        </Group>
      ) : null}
      <Group title="Tailwind">
        <div className="mb-1.5 flex gap-1.5">
          {["white", "black", "transparent"].map((name) => (
            <SwatchButton key={name} label={label} name={name} css={paletteColour(name)} isChosen={value === name} onChoose={onChoose} className="size-6 rounded-md" />
          ))}
        </div>
        {PALETTE.map((family) => (
          <div key={family.name} className="grid grid-cols-11">
            {SHADES.map((shade, at) => {
              const name = `${family.name}-${shade}`;
              return <SwatchButton key={name} label={label} name={name} css={family.colours[at]} isChosen={value === name} onChoose={onChoose} className="h-5 w-full" />;
            })}
          </div>
        ))}
      </Group>
    </div>
  );
}

function Group({ title, children }) {
  return (
    <div>
      <p className="mb-1.5 text-[11px] font-medium text-faint">{title}</p>
      {children}
    </div>
  );
}

function SwatchButton({ label, name, css, isChosen, onChoose, className }) {
  return (
    <button
      type="button"
      aria-label={`${label}: ${name}`}
      aria-pressed={isChosen}
      title={name}
      onClick={() => onChoose(name)}
      className={`relative overflow-hidden transition-transform duration-100 hover:z-10 hover:scale-125 focus-visible:z-10 aria-pressed:z-10 aria-pressed:outline-2 aria-pressed:outline-ring ${className}`}
    >
      <Swatch css={css} className="absolute inset-0" />
    </button>
  );
}

function Swatch({ css, className }) {
  return (
    <span aria-hidden="true" className={`overflow-hidden rounded border border-ink/10 ${css === "transparent" ? CHEQUERED : "bg-surface"} ${className}`}>
      {css ? <span className="block size-full" style={{ background: css }} /> : <span className="block size-full bg-[linear-gradient(to_top_right,transparent_46%,var(--danger)_46%_54%,transparent_54%)]" />}
    </span>
  );
}

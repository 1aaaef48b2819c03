/** How the selected element looks: everything that its classes say, as controls. */
import {
  AlignCenter,
  AlignCenterHorizontal,
  AlignEndHorizontal,
  AlignHorizontalJustifyCenter,
  AlignHorizontalJustifyEnd,
  AlignHorizontalJustifyStart,
  AlignHorizontalSpaceBetween,
  AlignJustify,
  AlignLeft,
  AlignRight,
  AlignStartHorizontal,
  ArrowDown,
  ArrowRight,
  StretchVertical,
} from "lucide-react";
import { LEADINGS, RADII, setValue, SHADOWS, stepped, STEPS, TEXT_SIZES, typedValue, valueOf, WEIGHTS, widerValues } from "./classes.js";
import { ColourControl } from "./colour_control.jsx";
import { Choice, Pick, Row, Section, Stepper } from "./controls.jsx";
import { SpacingControl } from "./spacing_control.jsx";

const DISPLAYS = ["block", "flex", "grid", "inline-block", "inline-flex", "inline", "contents"];
const DIRECTIONS = [
  { value: "row", words: "In a row", Icon: ArrowRight },
  { value: "col", words: "In a column", Icon: ArrowDown },
];
const JUSTIFY = [
  { value: "start", words: "At the start", Icon: AlignHorizontalJustifyStart },
  { value: "center", words: "In the middle", Icon: AlignHorizontalJustifyCenter },
  { value: "end", words: "At the end", Icon: AlignHorizontalJustifyEnd },
  { value: "between", words: "Space between", Icon: AlignHorizontalSpaceBetween },
];
const ITEMS = [
  { value: "start", words: "At the start", Icon: AlignStartHorizontal },
  { value: "center", words: "In the middle", Icon: AlignCenterHorizontal },
  { value: "end", words: "At the end", Icon: AlignEndHorizontal },
  { value: "stretch", words: "Stretched", Icon: StretchVertical },
];
const ALIGN = [
  { value: "left", words: "Left", Icon: AlignLeft },
  { value: "center", words: "Centre", Icon: AlignCenter },
  { value: "right", words: "Right", Icon: AlignRight },
  { value: "justify", words: "Justified", Icon: AlignJustify },
];
const WIDTHS = ["auto", "full", "fit", "min", "max", "screen", "1/2", "1/3", "2/3", "1/4", "3/4"];
const MOST_WIDE = ["none", "xs", "sm", "md", "lg", "xl", "2xl", "3xl", "4xl", "5xl", "6xl", "7xl", "full", "prose"];
const BORDERS = [
  { value: "0", words: "None" },
  { value: "1", words: "1 px" },
  { value: "2", words: "2 px" },
  { value: "4", words: "4 px" },
  { value: "8", words: "8 px" },
];

/**
 * @param {{ tokens: string[], variant: string, onVariant: (variant: string) => void, colours: object, measures: object,
 *   onChange: (change: object) => void }} props
 */
export function Looks(props) {
  return (
    <>
      <Layout {...props} />
      <Section title="Spacing">
        <SpacingControl title="Padding" box="p" {...props} />
        <SpacingControl title="Margin" box="m" {...props} />
      </Section>
      <Size {...props} />
      <Type {...props} />
      <Section title="Colour">
        <ColourControl label="Text" property="text" {...props} />
        <ColourControl label="Background" property="bg" {...props} />
      </Section>
      <Edges {...props} />
    </>
  );
}

const use = ({ tokens, variant, onChange }, control) => [
  valueOf(tokens, control, variant),
  (value) => onChange(setValue(tokens, control, value, variant)),
];

/** A control with its name; below it, what wider screens have instead: there a change here is not seen. */
function Control({ name, control, tokens, variant, onVariant, children }) {
  const wider = widerValues(tokens, control, variant);
  return (
    <div>
      <Row label={name}>{children}</Row>
      {wider.length > 0 ? (
        <p className="mt-1 flex flex-wrap items-center gap-1 pl-[5.25rem] text-[11px] text-faint">
          Wider screens:
          {wider.map(([screen, value]) => (
            <button key={screen} type="button" onClick={() => onVariant(screen)} className="rounded bg-accent-soft px-1 font-mono text-accent-ink hover:underline">
              {screen + value}
            </button>
          ))}
        </p>
      ) : null}
    </div>
  );
}

function Chosen({ name, control, options, ...props }) {
  const [value, set] = use(props, control);
  return (
    <Control name={name} control={control} {...props}>
      <Choice label={name} value={value} options={options} onChange={set} />
    </Control>
  );
}

function Picked({ name, control, options, placeholder, ...props }) {
  const [value, set] = use(props, control);
  return (
    <Control name={name} control={control} {...props}>
      <Pick label={name} value={value} options={options} placeholder={placeholder} onChange={set} />
    </Control>
  );
}

function Stepped({ name, control, scale = STEPS, placeholder, ...props }) {
  const [value, set] = use(props, control);
  const type = (text) => (text.trim() === "" ? set("") : typedValue(text) && set(typedValue(text)));
  return (
    <Control name={name} control={control} {...props}>
      <Stepper label={name} value={value} placeholder={placeholder} onStep={(by) => set(stepped(value, by, scale))} onType={type} />
    </Control>
  );
}

function Layout(props) {
  const display = valueOf(props.tokens, "display", props.variant) || props.measures.display || "";
  const isFlex = /flex/.test(display);
  const isGrid = /grid/.test(display);
  return (
    <Section title="Layout">
      <Picked name="Display" control="display" options={DISPLAYS} placeholder={props.measures.display || "–"} {...props} />
      {isFlex ? <Chosen name="Direction" control="direction" options={DIRECTIONS} {...props} /> : null}
      {isGrid ? <Picked name="Columns" control="columns" options={["1", "2", "3", "4", "5", "6", "12"]} {...props} /> : null}
      {isFlex || isGrid ? (
        <>
          <Chosen name="Along" control="justify" options={JUSTIFY} {...props} />
          <Chosen name="Across" control="items" options={ITEMS} {...props} />
          <Stepped name="Gap" control="gap" {...props} />
        </>
      ) : null}
    </Section>
  );
}

function Size(props) {
  return (
    <Section title="Size" isOpen={false}>
      <Picked name="Width" control="width" options={[...WIDTHS, ...STEPS]} placeholder={props.measures.width} {...props} />
      <Picked name="Height" control="height" options={["auto", "full", "screen", "fit", ...STEPS]} placeholder={props.measures.height} {...props} />
      <Picked name="At most" control="maxWidth" options={MOST_WIDE} {...props} />
      <Picked name="At least" control="minHeight" options={["full", "screen", "dvh", ...STEPS]} {...props} />
    </Section>
  );
}

function Type(props) {
  return (
    <Section title="Type">
      <Stepped name="Size" control="textSize" scale={TEXT_SIZES} placeholder={props.measures["font-size"]} {...props} />
      <Picked name="Weight" control="weight" options={WEIGHTS} placeholder={props.measures["font-weight"]} {...props} />
      <Picked name="Line height" control="leading" options={LEADINGS} placeholder={props.measures["line-height"]} {...props} />
      <Chosen name="Align" control="align" options={ALIGN} {...props} />
    </Section>
  );
}

function Edges(props) {
  return (
    <Section title="Border and shadow" isOpen={false}>
      <Picked name="Border" control="borderWidth" options={BORDERS} {...props} />
      <ColourControl label="Colour" property="border" {...props} />
      <Picked name="Corners" control="radius" options={RADII} {...props} />
      <Picked name="Shadow" control="shadow" options={SHADOWS} {...props} />
    </Section>
  );
}

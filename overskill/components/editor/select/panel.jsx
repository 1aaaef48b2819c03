import { useEffect, useState } from "react";
import { Code, LoaderCircle, MessageSquarePlus, MousePointerClick, Redo2, Undo2, X } from "lucide-react";
import { IconButton } from "$/public/external/overskill/components/editor/browser/buttons.jsx";
import { openFile } from "$/public/external/overskill/components/editor/browser/source_link.jsx";
import { say } from "$/public/external/overskill/components/editor/browser/use_window_events.js";
import { changed, otherVariants, tokensOf } from "./classes.js";
import { Choice, Reason } from "./controls.jsx";
import { Looks } from "./looks.jsx";
import { AttributesPart, ClassesPart, OrderPart, TextPart, VisibilityPart } from "./parts.jsx";
import { Path } from "./path.jsx";

const VARIANTS = [
  { value: "", words: "Always" },
  { value: "md:", words: "Tablet", title: "On tablets and wider" },
  { value: "lg:", words: "Desktop", title: "On desktops" },
  { value: "hover:", words: "Hover", title: "Under the pointer" },
  { value: "dark:", words: "Dark", title: "In dark colours" },
];

const MOST_OTHERS = 2;

/** Everything about the selected element, and what can be done with it. */
export default function SelectPanel({ select }) {
  const { selection, place, element, problem } = select;
  return (
    <aside aria-label="Selected element" className="flex min-h-0 flex-1 flex-col bg-surface">
      <Head select={select} />
      {problem ? (
        <p role="alert" className="border-b border-line bg-warning-soft px-3.5 py-2 text-xs leading-relaxed text-warning">
          {problem}
        </p>
      ) : null}
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {selection && place ? (
          <>
            <Path select={select} />
            {element ? <Parts key={`${place.file}:${element.name}`} select={select} /> : problem ? null : <Loading />}
          </>
        ) : (
          <Empty />
        )}
      </div>
    </aside>
  );
}

function Head({ select }) {
  const { place, element, isSaving, canUndo, canRedo } = select;
  return (
    <header className="flex h-11 shrink-0 items-center gap-0.5 border-b border-line pl-3.5 pr-1.5">
      <h2 className="min-w-0 flex-1 truncate text-[13px] font-semibold text-ink">
        {place ? (element?.name ?? place.name) : "Select"}
        {isSaving ? <LoaderCircle size={12} className="ml-2 inline animate-spin text-faint" aria-label="Saving" /> : null}
      </h2>
      {place ? (
        <>
          <IconButton label="Ask about this element" side="bottom" Icon={MessageSquarePlus} onClick={() => askAbout(place, element)} />
          <IconButton label="Open in code" side="bottom" Icon={Code} onClick={() => openFile({ file: place.file, line: element?.line ?? place.line })} />
        </>
      ) : null}
      <IconButton label="Undo" side="bottom" Icon={Undo2} disabled={!canUndo} onClick={select.undo} />
      <IconButton label="Redo" side="bottom" Icon={Redo2} disabled={!canRedo} onClick={select.redo} />
      <IconButton label="Leave select mode" side="bottom" Icon={X} onClick={select.leave} />
    </header>
  );
}

function askAbout({ file, line, component, name }, element) {
  const where = `${file}:${element?.line ?? line}`;
  const markup = element ? `\n\`\`\`tsx\n${element.markup}\n\`\`\`` : "";
  const text = `The element <${name}>${component ? ` of ${component}` : ""} at ${where}:${markup}`;
  say("overskill:ask-about", { label: `${name} · ${where}`, text });
  say("overskill:show-chat");
}

function Parts({ select }) {
  const { element, selection, colours, change: onChange, tryOut, isSaving } = select;
  const [variant, setVariant] = useState("");
  const { classes } = element;
  // While changes are on their way, controls go on from what was chosen last.
  const [ahead, setAhead] = useState(null);
  useEffect(() => {
    if (!isSaving) setAhead(null);
  }, [element, isSaving]);
  const tokens = ahead ?? (classes.reason ? [] : tokensOf(classes.value));
  const onClasses = (operation) => {
    setAhead(changed(tokens, operation));
    onChange(operation, { add: operation.add, remove: operation.remove });
  };
  return (
    <>
      <Circumstances element={element} count={selection.count} />
      <TextPart element={element} onChange={onChange} onTry={tryOut} />
      <AttributesPart element={element} onChange={onChange} />
      {classes.reason ? (
        <div className="border-b border-line p-3.5">
          <Reason>{classes.reason}</Reason>
        </div>
      ) : (
        <>
          <div className="border-b border-line px-3.5 py-2.5">
            <Choice label="For" value={variant} options={variantsOf(tokens)} canClear={false} onChange={setVariant} />
          </div>
          <Looks tokens={tokens} variant={variant} onVariant={setVariant} colours={colours} measures={selection.measures} onChange={onClasses} />
          <VisibilityPart element={element} tokens={tokens} onChange={onChange} onClasses={onClasses} />
          <ClassesPart tokens={tokens} also={classes.also} colours={colours} onClasses={onClasses} />
        </>
      )}
      <OrderPart element={element} onChange={onChange} />
    </>
  );
}

function variantsOf(tokens) {
  const others = otherVariants(tokens, VARIANTS.map(({ value }) => value));
  return [...VARIANTS, ...others.slice(0, MOST_OTHERS).map((value) => ({ value, words: value.slice(0, -1) }))];
}

/** What a change here means besides. */
function Circumstances({ element, count }) {
  const { list, conditions } = element;
  const notes = [
    list ? `It is drawn for each of \`${list}\`${count > 1 ? `, ${count} times here` : ""}. A change is one of all.` : "",
    conditions.length > 0 ? `It is shown only when ${conditions.map((each) => `\`${each}\``).join(" and ")}.` : "",
  ].filter(Boolean);
  if (notes.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 border-b border-line p-3.5">
      {notes.map((note) => (
        <Reason key={note}>{note}</Reason>
      ))}
    </div>
  );
}

function Loading() {
  return (
    <p role="status" className="p-3.5 text-xs text-faint animate-fade [animation-delay:300ms]">
      Reading its code…
    </p>
  );
}

function Empty() {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-14 text-center">
      <MousePointerClick size={24} className="text-faint" aria-hidden="true" />
      <p className="text-sm font-medium text-ink">Click something in the preview</p>
      <p className="text-[13px] leading-relaxed text-soft">
        Change its text, look and place here, without a message. The arrow keys go on to what is around and beside it; Esc leaves.
      </p>
    </div>
  );
}

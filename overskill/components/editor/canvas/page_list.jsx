import { useState } from "react";
import { ArrowDown, ArrowUp, ChevronLeft, Copy, Lock, Trash2 } from "lucide-react";
import { LOCKED, TEXT, wordsOf } from "./kinds.js";
import { childrenOf } from "./matching.js";
import { changeNode, duplicateNode, findNode, moveNode, removeNode } from "./list_edits.js";

/**
 * The blocks of a page as a list, where there is no room for the page itself: to move, to edit and to delete.
 *
 * @param {{ document: object, kinds: Map<string, object>, onEdit: (document: object) => void }} props
 */
export function PageList({ document, kinds, onEdit }) {
  const [selected, setSelected] = useState("");
  const node = findNode(document, selected);
  if (node) {
    return <Fields node={node} kinds={kinds} onBack={() => setSelected("")} onEdit={(props) => onEdit(changeNode(document, selected, props))} />;
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-3">
      <p className="mb-3 rounded-xl bg-accent-soft px-3.5 py-2.5 text-[13px] leading-relaxed text-accent-ink">
        On a wider screen you drag blocks on the page itself. Here you can edit, move and delete them.
      </p>
      {document.content.length === 0 ? <p className="py-8 text-center text-sm text-faint">There is nothing on this page yet.</p> : null}
      <Blocks nodes={document.content} kinds={kinds} onSelect={setSelected} act={(change, id) => onEdit(change(document, id))} />
    </div>
  );
}

function Blocks({ nodes, kinds, onSelect, act }) {
  return (
    <ul className="flex flex-col gap-1 [&_ul]:mt-1 [&_ul]:border-l [&_ul]:border-line [&_ul]:pl-3">
      {nodes.map((node, at) => (
        <li key={node.props.id}>
          <Row node={node} words={wordsOf(node, kinds)} isFirst={at === 0} isLast={at === nodes.length - 1} onSelect={onSelect} act={act} />
          {childrenOf(node).length > 0 ? <Blocks nodes={childrenOf(node)} kinds={kinds} onSelect={onSelect} act={act} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Row({ node, words, isFirst, isLast, onSelect, act }) {
  const { id, reason } = node.props;
  return (
    <div className="flex h-10 items-center gap-0.5 rounded-lg border border-line bg-surface pr-1">
      <button type="button" onClick={() => onSelect(id)} className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-lg px-3 text-left text-[13px] text-ink">
        {node.type === LOCKED ? <Lock size={12} className="shrink-0 text-faint" aria-label="Code" /> : null}
        <span className="truncate">{words}</span>
      </button>
      {reason ? null : (
        <>
          <Act label={`Move up: ${words}`} isOff={isFirst} onClick={() => act((document) => moveNode(document, id, -1), id)} Icon={ArrowUp} />
          <Act label={`Move down: ${words}`} isOff={isLast} onClick={() => act((document) => moveNode(document, id, 1), id)} Icon={ArrowDown} />
          <Act label={`Duplicate: ${words}`} onClick={() => act(duplicateNode, id)} Icon={Copy} />
        </>
      )}
      <Act label={`Delete: ${words}`} onClick={() => act(removeNode, id)} Icon={Trash2} />
    </div>
  );
}

const Act = ({ label, onClick, Icon, isOff = false }) => (
  <button type="button" aria-label={label} disabled={isOff} onClick={onClick} className="grid size-8 shrink-0 place-items-center rounded-md text-soft hover:bg-hover disabled:opacity-30">
    <Icon size={14} aria-hidden="true" />
  </button>
);

const FIELD = "w-full rounded-lg border border-line bg-surface px-3 py-2 text-sm text-ink";

function Fields({ node, kinds, onBack, onEdit }) {
  const kind = kinds.get(node.type);
  const given = new Set((node.props.locked ?? []).map(({ name }) => name));
  const hasText = node.type === TEXT || (kind?.takesChildren && childrenOf(node).length === 0);
  const fields = (kind?.fields ?? []).filter(({ name, type }) => !given.has(name) && ["text", "textarea", "number", "boolean", "select"].includes(type));
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">
      <button type="button" onClick={onBack} className="inline-flex h-9 items-center gap-1 self-start rounded-lg pr-3 text-sm font-medium text-soft hover:bg-hover">
        <ChevronLeft size={16} aria-hidden="true" />
        All blocks
      </button>
      <h2 className="text-base font-semibold">{kind?.label ?? node.type}</h2>
      {hasText ? <Field field={{ label: "Text", type: "textarea" }} value={node.props.text} onChange={(text) => onEdit({ text })} /> : null}
      {fields.map((field) => (
        <Field key={field.name} field={field} value={node.props[`@${field.name}`]} onChange={(value) => onEdit({ [`@${field.name}`]: value })} />
      ))}
      {node.type === LOCKED ? <pre tabIndex={0} className="overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs text-soft">{node.props.code}</pre> : null}
    </div>
  );
}

function Field({ field: { label, type, options = [], optional }, value, onChange }) {
  const choices = type === "boolean" ? [true, false] : options;
  return (
    <label className="flex flex-col gap-1.5 text-[13px] font-medium text-soft">
      {label}
      {choices.length > 0 ? (
        <select aria-label={label} className={FIELD} value={JSON.stringify(value) ?? ""} onChange={({ target }) => onChange(target.value === "" ? undefined : JSON.parse(target.value))}>
          {optional || value === undefined ? <option value="">Not set</option> : null}
          {choices.map((choice) => (
            <option key={String(choice)} value={JSON.stringify(choice)}>
              {type === "boolean" ? (choice ? "Yes" : "No") : String(choice)}
            </option>
          ))}
        </select>
      ) : type === "textarea" ? (
        <textarea rows={3} aria-label={label} className={FIELD} value={value ?? ""} onChange={({ target }) => onChange(target.value)} />
      ) : (
        <input
          type={type}
          aria-label={label}
          className={FIELD}
          value={value ?? ""}
          onChange={({ target }) => onChange(type === "number" ? (target.value === "" ? undefined : target.valueAsNumber) : target.value)}
        />
      )}
    </label>
  );
}

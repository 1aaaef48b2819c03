/** Fields that Puck has no kind for: several short texts, and code that is shown as it is. */
import { FieldLabel } from "@puckeditor/core";
import { Lock } from "lucide-react";

export function ListField({ field, value, onChange, readOnly, id }) {
  return (
    <FieldLabel label={field.label} readOnly={readOnly}>
      <textarea
        id={id}
        rows={4}
        value={(value ?? []).join("\n")}
        onChange={({ target }) => onChange(target.value === "" ? [] : target.value.split("\n"))}
        className="w-full rounded-lg border border-line bg-surface px-3 py-2 text-[13px] text-ink"
      />
      <span className="mt-1 block text-xs text-faint">One on each line.</span>
    </FieldLabel>
  );
}

export function LockedFields({ value }) {
  return (
    <div className="flex flex-col gap-2">
      <LockedTitle words="Given by code" />
      {(value ?? []).map(({ name, code }) => (
        <Code key={name + code} text={code} />
      ))}
    </div>
  );
}

export function LockedCode({ value }) {
  return (
    <div className="flex flex-col gap-2">
      <LockedTitle words="Code" />
      <p className="text-xs leading-relaxed text-soft">It is kept as it is. You can move or delete it as a whole, and change it in the code tab.</p>
      <Code text={value ?? ""} />
    </div>
  );
}

const LockedTitle = ({ words }) => (
  <p className="flex items-center gap-1.5 text-[13px] font-medium text-soft">
    <Lock size={12} aria-hidden="true" />
    {words}
  </p>
);

const Code = ({ text }) => (
  <pre tabIndex={0} aria-label="Code" className="max-h-56 overflow-auto rounded-lg border border-line bg-sunken px-2.5 py-2 font-mono text-[11.5px] leading-relaxed text-soft">
    {text}
  </pre>
);

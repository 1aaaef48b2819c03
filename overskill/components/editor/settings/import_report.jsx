import { Check, ChevronRight, CircleMinus, Wrench } from "lucide-react";
import { Disclosure } from "$/public/external/overskill/components/editor/browser/disclosure.jsx";
import { groups } from "./report.js";

const LOOKS = {
  taken: { title: "Taken as they are", Icon: Check, colour: "text-positive" },
  adapted: { title: "Adapted", Icon: Wrench, colour: "text-accent-ink" },
  left_out: { title: "Left out", Icon: CircleMinus, colour: "text-faint" },
};

/** What becomes of each file of an import. @param {{report: import("./api.js").Report}} props */
export function Report({ report }) {
  return (
    <div className="flex flex-col gap-5">
      {report.missing.length > 0 ? <Missing packages={report.missing} /> : null}
      {groups(report.lines).map(([verdict, lines]) => (
        <Group key={verdict} {...LOOKS[verdict]} lines={lines} isOpen={verdict !== "taken"} />
      ))}
    </div>
  );
}

function Missing({ packages }) {
  return (
    <section className="rounded-xl bg-warning-soft px-3.5 py-3 text-sm text-warning">
      <h3 className="font-medium">Packages that apps can't import here</h3>
      <ul className="mt-1 flex flex-col gap-0.5">
        {packages.map(({ name, alternative, files }) => (
          <li key={name} title={files.join("\n")}>
            <code className="font-mono text-[13px]">{name}</code>
            {alternative ? `: use ${alternative} instead` : ""}
          </li>
        ))}
      </ul>
      <p className="mt-1.5">The app won't start until they are replaced. Ask for it in the chat after the import.</p>
    </section>
  );
}

function Group({ title, Icon, colour, lines, isOpen }) {
  return (
    <Disclosure isAsked={isOpen} className="group" lineClass="rounded-md text-sm font-medium text-ink">
      <span className="flex items-center gap-1.5">
        <ChevronRight size={13} className="text-faint transition-transform duration-150 group-data-open:rotate-90" aria-hidden="true" />
        {title} <span className="font-normal text-faint">{lines.length}</span>
      </span>
      <ul className="mt-2 flex flex-col gap-1.5">
        {lines.map(({ path, words }) => (
          <li key={path} className="flex gap-2.5 text-[13px]">
            <Icon size={14} className={`mt-0.5 shrink-0 ${colour}`} aria-hidden="true" />
            <span className="min-w-0">
              <code className="break-all font-mono text-ink">{path}</code>
              {words ? <span className="text-faint"> {words}</span> : null}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

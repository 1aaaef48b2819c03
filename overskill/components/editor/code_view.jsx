import { useEffect, useMemo, useRef, useState } from "react";
import { Check, Copy } from "lucide-react";
import hljs from "highlight.js/lib/core";
import css from "highlight.js/lib/languages/css";
import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";

for (const [name, grammar] of Object.entries({ css, json, markdown, typescript, xml })) {
  hljs.registerLanguage(name, grammar);
}

const LANGUAGES = {
  ts: "typescript",
  tsx: "typescript",
  js: "typescript",
  jsx: "typescript",
  mjs: "typescript",
  css: "css",
  json: "json",
  html: "xml",
  svg: "xml",
  md: "markdown",
};
// Characters: a longer file is shown plain. One that grows is coloured anew with each piece.
const LONGEST_COLOURED = 200_000;
const LONGEST_GROWING = 10_000;

const COLOURS = [
  "[&_.hljs-comment]:text-faint [&_.hljs-comment]:italic [&_.hljs-quote]:text-faint",
  "[&_.hljs-keyword]:text-accent-ink [&_.hljs-tag_.hljs-name]:text-accent-ink [&_.hljs-selector-tag]:text-accent-ink",
  "[&_.hljs-string]:text-positive [&_.hljs-regexp]:text-positive [&_.hljs-selector-class]:text-positive",
  "[&_.hljs-number]:text-warning [&_.hljs-literal]:text-warning [&_.hljs-attr]:text-warning [&_.hljs-attribute]:text-warning",
  "[&_.hljs-title]:text-ink [&_.hljs-title]:font-medium [&_.hljs-section]:text-ink [&_.hljs-section]:font-medium",
].join(" ");

/** One file to read, with its line numbers. `isGrowing`: it is being written, so the view follows its end. */
export function CodeView({ path, code, isGrowing = false }) {
  const box = useRef(null);
  const html = useMemo(() => coloured(path, code, isGrowing), [path, code, isGrowing]);
  const lines = code.split("\n").length;
  useEffect(() => {
    box.current.scrollTop = 0;
  }, [path]);
  useEffect(() => {
    if (isGrowing) box.current.scrollTop = box.current.scrollHeight;
  }, [code, isGrowing]);
  return (
    <section aria-label={path} className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <header className="flex h-10 shrink-0 items-center gap-3 border-b border-line pl-4 pr-2">
        <h2 className="min-w-0 flex-1 truncate font-mono text-xs font-normal text-soft">{path}</h2>
        <span className="hidden text-xs tabular-nums text-faint sm:inline">{lines} lines</span>
        <CopyButton text={code} />
      </header>
      <div ref={box} tabIndex={0} className="min-h-0 flex-1 overflow-auto focus-visible:outline-offset-[-2px]">
        <div className="flex min-w-max py-3 font-mono text-[12.5px] leading-[1.35rem]">
          <pre aria-hidden="true" className="sticky left-0 select-none bg-surface px-4 text-right text-faint">
            {Array.from({ length: lines }, (_, index) => index + 1).join("\n")}
          </pre>
          <pre className={`pr-8 text-soft ${COLOURS}`}>
            {html === null ? <code>{code}</code> : <code dangerouslySetInnerHTML={{ __html: html }} />}
          </pre>
        </div>
      </div>
    </section>
  );
}

/** HTML made by the highlighter, which escapes every character of the file; null where plain text must do. */
function coloured(path, code, isGrowing) {
  const language = LANGUAGES[path.split(".").pop()];
  if (!language || code.length > (isGrowing ? LONGEST_GROWING : LONGEST_COLOURED)) return null;
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}

function CopyButton({ text }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
      className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-xs font-medium text-soft transition-colors duration-150 hover:bg-hover hover:text-ink"
    >
      <Icon size={13} aria-hidden="true" />
      {isCopied ? "Copied" : "Copy"}
    </button>
  );
}

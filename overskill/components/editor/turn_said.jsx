import { memo, useEffect, useRef } from "react";

// How what an author says looks: it comes as plain HTML, without classes.
const LOOK =
  "text-[15px] leading-relaxed text-soft break-words [&>*+*]:mt-2.5 [&_strong]:font-semibold [&_strong]:text-ink " +
  "[&_ul]:list-disc [&_ol]:list-decimal [&_:is(ul,ol)]:pl-5 [&_:is(ul,ol)]:space-y-1 [&_li]:marker:text-faint " +
  "[&_:is(h1,h2,h3,h4)]:mt-4! [&_:is(h1,h2,h3,h4)]:font-semibold [&_a]:text-accent-ink [&_a]:underline " +
  "[&_code]:rounded-md [&_code]:bg-hover [&_code]:px-1.5 [&_code]:py-0.5 [&_code]:font-mono [&_code]:text-[13px] " +
  "[&_pre]:overflow-x-auto [&_pre]:rounded-lg [&_pre]:bg-sunken [&_pre]:p-3 [&_pre_code]:bg-transparent " +
  "[&_pre_code]:p-0 [&_blockquote]:border-l-2 [&_blockquote]:border-strong [&_blockquote]:pl-3 " +
  "[&_table]:block [&_table]:overflow-x-auto [&_:is(th,td)]:border-b [&_:is(th,td)]:border-line [&_:is(th,td)]:py-1 " +
  "[&_:is(th,td)]:pr-3 [&_th]:text-left " +
  "[&_.hljs-comment]:text-faint [&_.hljs-comment]:italic [&_.hljs-keyword]:text-accent-ink [&_.hljs-name]:text-accent-ink " +
  "[&_.hljs-string]:text-positive [&_.hljs-number]:text-warning [&_.hljs-literal]:text-warning [&_.hljs-attr]:text-warning";

const COPY_LOOK =
  "absolute right-1.5 top-1.5 rounded-md border border-line bg-surface px-2 py-0.5 font-sans text-xs font-medium text-soft " +
  "opacity-0 transition-opacity duration-150 hover:text-ink focus-visible:opacity-100 group-hover/code:opacity-100 [@media(hover:none)]:opacity-100";

/** An answer, drawn once: safe HTML from the server. Its code gets colours and a button that copies it, once it is near. */
export const TurnSaid = memo(function TurnSaid({ html }) {
  const box = useRef(null);
  useEffect(() => {
    for (const wide of box.current.querySelectorAll("pre, table")) wide.tabIndex = 0; // it scrolls
    const blocks = [...box.current.querySelectorAll("pre > code")];
    if (!blocks.length) return undefined;
    const near = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        near.disconnect();
        for (const code of blocks) dress(code);
      },
      { rootMargin: "400px 0px" },
    );
    near.observe(box.current);
    return () => near.disconnect();
  }, [html]);
  return <div ref={box} className={LOOK} dangerouslySetInnerHTML={{ __html: html }} />;
});

async function dress(code) {
  const pre = code.parentElement;
  const frame = document.createElement("div");
  frame.className = "group/code relative";
  pre.replaceWith(frame);
  frame.append(pre, copyButton(code.textContent));
  const language = /language-(\w+)/.exec(code.className)?.[1];
  if (!language) return;
  const { highlighted } = await import("./highlight.js"); // read only where there is code
  code.innerHTML = highlighted(code.textContent, language);
}

function copyButton(text) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy", className: COPY_LOOK });
  button.addEventListener("click", () =>
    navigator.clipboard.writeText(text).then(() => {
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1600);
    }),
  );
  return button;
}

import { createElement, useEffect, useRef, useState, useSyncExternalStore } from "react";

const COUNT_FROM = 0.8; // the count shows once this share of the limit is used

/**
 * A text area for a prompt: it grows with its text, Ctrl or Cmd + Enter submits its form, and any element with
 * `data-prompt` on the page fills it. What is typed stays in the browser until the form is sent.
 *
 * @param {{ name: string, label: string, placeholder: string, limit: number, text: string, className: string }} props
 *   `text` fills the box when it arrives, unless something was typed already.
 */
export function PromptBox({ name, label, placeholder, limit, text, className }) {
  const area = useRef(null);
  const [length, setLength] = useState(0);

  const measure = () => {
    const box = area.current;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
    setLength(box.value.trim().length);
  };

  const fill = (prompt) => {
    const box = area.current;
    box.value = prompt;
    measure();
    box.focus();
    box.setSelectionRange(prompt.length, prompt.length);
  };

  useEffect(() => {
    measure(); // the browser may have restored what was typed before a reload
    const onClick = (event) => {
      const example = event.target.closest?.("[data-prompt]");
      if (!example) return;
      fill(example.dataset.prompt);
      area.current.scrollIntoView({ block: "center", behavior: "smooth" });
    };
    document.addEventListener("click", onClick);
    window.addEventListener("resize", measure);
    return () => {
      document.removeEventListener("click", onClick);
      window.removeEventListener("resize", measure);
    };
  }, []);

  useEffect(() => {
    if (text && !area.current.value) fill(text);
  }, [text]);

  const onKeyDown = (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      area.current.form?.requestSubmit();
    }
  };

  const left = limit - length;
  return createElement(
    "div",
    { className: "relative" },
    createElement("textarea", {
      ref: area,
      id: name,
      name,
      placeholder,
      className,
      rows: 3,
      required: true,
      minLength: 2,
      "aria-label": label,
      "aria-describedby": `${name}-count`,
      "aria-invalid": left < 0,
      onInput: measure,
      onKeyDown,
    }),
    createElement(
      "p",
      {
        id: `${name}-count`,
        "aria-live": "polite",
        className: `px-4 text-xs tabular-nums ${left < 0 ? "text-danger" : "text-faint"}`,
      },
      length >= limit * COUNT_FROM
        ? left < 0
          ? `${(-left).toLocaleString("en")} characters too many`
          : `${left.toLocaleString("en")} characters left`
        : "",
    ),
  );
}

const APPLE = /^(mac|iphone|ipad)/i;

/** The keys that submit the box, as the keyboard of this machine has them. */
export function SubmitKeys({ className }) {
  const isApple = useSyncExternalStore(
    () => () => {}, // keyboards don't change
    () => APPLE.test(navigator.userAgentData?.platform || navigator.platform),
    () => false,
  );
  return createElement("kbd", { className }, isApple ? "⌘ ↵" : "Ctrl ↵");
}

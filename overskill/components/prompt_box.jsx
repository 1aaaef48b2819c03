import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import {
  AttachButton,
  AttachmentChips,
  ModeSwitch,
  isModeKey,
  useAttachments,
  useDrop,
} from "$/public/external/overskill/components/attachments/attachments.jsx";

const COUNT_FROM = 0.8; // the count shows once this share of the limit is used
const KEPT_TEXT = "overskill:prompt";
const KEPT_ATTACHED = "overskill:attached:start";
const WAS_SENT = "overskill:prompt-sent";

/**
 * A text area for a prompt, with what is attached to it and whether it is to be built or planned. It grows with its
 * text, Ctrl or Cmd + Enter submits its form, and any element with `data-prompt` on the page fills it. What is written
 * stays in this tab until it is taken: signing in, a reload and a refusal lose nothing.
 *
 * @param {{ name: string, label: string, placeholder: string, limit: number, text: string, canAttach: boolean,
 *   className: string, children: React.ReactNode }} props
 *   `text` fills the box when it arrives, unless something was typed already. `children` end the row below the text.
 */
export function PromptBox({ name, label, placeholder, limit, text, canAttach, className, children }) {
  const area = useRef(null);
  const [length, setLength] = useState(0);
  const [mode, setMode] = useState("build");
  const attached = useAttachments(KEPT_ATTACHED, canAttach);
  const { isOver, ...drop } = useDrop(attached.add);

  const measure = () => {
    const box = area.current;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
    setLength(box.value.trim().length);
  };

  const changed = () => {
    measure();
    sessionStorage.setItem(KEPT_TEXT, area.current.value);
  };

  const fill = (prompt) => {
    const box = area.current;
    box.value = prompt;
    changed();
    box.focus();
    box.setSelectionRange(prompt.length, prompt.length);
  };

  useEffect(() => {
    const wasRefused = new URLSearchParams(location.search).has("note");
    if (sessionStorage.getItem(WAS_SENT) && !wasRefused) {
      sessionStorage.removeItem(KEPT_TEXT);
      attached.clear();
    }
    sessionStorage.removeItem(WAS_SENT);
    // The browser may have restored what was typed before a reload.
    area.current.value = area.current.value || (wasRefused ? "" : (sessionStorage.getItem(KEPT_TEXT) ?? ""));
    measure();
    const onClick = (event) => {
      const example = event.target.closest?.("[data-prompt]");
      if (!example) return;
      fill(example.dataset.prompt);
      area.current.scrollIntoView({ block: "center", behavior: "smooth" });
    };
    const onSubmit = () => sessionStorage.setItem(WAS_SENT, "yes");
    const { form } = area.current;
    document.addEventListener("click", onClick);
    window.addEventListener("resize", measure);
    form?.addEventListener("submit", onSubmit);
    return () => {
      document.removeEventListener("click", onClick);
      window.removeEventListener("resize", measure);
      form?.removeEventListener("submit", onSubmit);
    };
  }, []);

  useEffect(() => {
    if (text && !area.current.value) fill(text);
  }, [text]);

  useEffect(() => {
    const waits = attached.isBusy ? "What you attached is still on its way." : "";
    area.current.setCustomValidity(attached.hasFailed ? "Remove what could not be attached, then send." : waits);
  }, [attached.isBusy, attached.hasFailed]);

  const onKeyDown = (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      area.current.form?.requestSubmit();
    } else if (isModeKey(event)) {
      event.preventDefault();
      setMode(mode === "plan" ? "build" : "plan");
    }
  };

  return (
    <div className={`relative rounded-2xl ${isOver ? "ring-4 ring-ring/30" : ""}`} {...drop}>
      <textarea
        ref={area}
        id={name}
        name={name}
        placeholder={isOver ? "Drop it here" : placeholder}
        className={className}
        rows={3}
        required
        minLength={2}
        aria-label={label}
        aria-describedby={`${name}-count`}
        aria-invalid={length > limit}
        onInput={changed}
        onKeyDown={onKeyDown}
        onPaste={attached.onPaste}
      />
      <AttachmentChips attached={attached} />
      <input type="hidden" name="attachments" value={attached.ids.join(",")} />
      <p
        id={`${name}-count`}
        aria-live="polite"
        className={`px-4 text-xs tabular-nums ${length > limit ? "text-danger" : "text-faint"}`}
      >
        {countWords(limit - length, limit)}
      </p>
      <div className="flex items-center gap-1.5 p-2.5">
        <AttachButton add={attached.add} />
        <ModeSwitch mode={mode} onChange={setMode} />
        {children}
      </div>
    </div>
  );
}

function countWords(left, limit) {
  if (left < 0) return `${(-left).toLocaleString("en")} characters too many`;
  return left > limit * (1 - COUNT_FROM) ? "" : `${left.toLocaleString("en")} characters left`;
}

const APPLE = /^(mac|iphone|ipad)/i;

/** The keys that submit the box, as the keyboard of this machine has them. */
export function SubmitKeys({ className }) {
  const isApple = useSyncExternalStore(
    () => () => {}, // keyboards don't change
    () => APPLE.test(navigator.userAgentData?.platform || navigator.platform),
    () => false,
  );
  return <kbd className={className}>{isApple ? "⌘ ↵" : "Ctrl ↵"}</kbd>;
}

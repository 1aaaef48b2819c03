import { useRef, useState } from "react";
import { LoaderCircle, UserRound } from "lucide-react";
import { changeOwnPicture } from "./sell_api.js";

const BUTTON =
  "inline-flex h-8 items-center rounded-lg px-3 text-[13px] font-medium transition-colors duration-150 disabled:pointer-events-none disabled:opacity-55";

/** The picture of a creator, and another in its place. */
export function CreatorPicture({ checksum, onDone }) {
  const input = useRef(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const change = async (file) => {
    setBusy(true);
    setProblem("");
    try {
      await changeOwnPicture(file);
      onDone();
    } catch (failure) {
      setProblem(failure.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-4">
      <span className="grid size-16 shrink-0 place-items-center overflow-hidden rounded-full border border-line bg-sunken text-faint">
        {isBusy ? (
          <LoaderCircle size={18} className="animate-spin" aria-hidden="true" />
        ) : checksum ? (
          <img src={`/media/${checksum}.webp`} alt="" className="size-full object-cover" />
        ) : (
          <UserRound size={22} aria-hidden="true" />
        )}
      </span>
      <div className="min-w-0 flex-1 basis-40">
        <p className="text-sm font-medium text-ink">Picture</p>
        <p role={problem ? "alert" : undefined} className={`mt-0.5 text-[13px] ${problem ? "text-danger" : "text-faint"}`}>
          {problem || "PNG, JPEG or WebP, up to 8 MB. A square looks best."}
        </p>
      </div>
      <div className="flex gap-2">
        <input
          ref={input}
          type="file"
          accept="image/png,image/webp,image/jpeg"
          aria-label="Choose a picture of you"
          tabIndex={-1}
          className="sr-only"
          onChange={({ target }) => {
            const [file] = target.files;
            target.value = ""; // the same file can be chosen again
            if (file) change(file);
          }}
        />
        {checksum ? (
          <button type="button" disabled={isBusy} onClick={() => change(null)} className={`${BUTTON} text-soft hover:bg-hover hover:text-ink`}>
            Remove
          </button>
        ) : null}
        <button
          type="button"
          disabled={isBusy}
          onClick={() => input.current.click()}
          className={`${BUTTON} border border-strong bg-surface text-ink shadow-card hover:bg-hover`}
        >
          {checksum ? "Replace" : "Upload"}
        </button>
      </div>
    </div>
  );
}

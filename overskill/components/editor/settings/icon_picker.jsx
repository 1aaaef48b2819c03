import { useRef, useState } from "react";
import { ImagePlus, LoaderCircle } from "lucide-react";
import { changeIcon } from "./api.js";

const SIDE = 512;
const LARGEST = 20 * 1024 * 1024; // before it is made small here
const KINDS = "image/png,image/webp,image/jpeg,image/svg+xml";
const BUTTON =
  "inline-flex h-8 items-center rounded-lg px-3 text-[13px] font-medium transition-colors duration-150 disabled:pointer-events-none disabled:opacity-55";

/** What stands for the app, and another picture in its place. SVG is drawn here, where nothing in it can run. */
export function IconPicker({ slug, url, hasIcon, mayChange, onDone }) {
  const input = useRef(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  const attempt = async (work) => {
    setBusy(true);
    setProblem("");
    try {
      await work();
      onDone();
    } catch (failure) {
      setProblem(failure.message);
    } finally {
      setBusy(false);
    }
  };
  const choose = ({ target }) => {
    const [file] = target.files;
    target.value = ""; // the same file can be chosen again
    if (file) attempt(async () => changeIcon(slug, await small(file)));
  };

  return (
    <div className="flex flex-wrap items-center gap-4">
      <span className="grid size-14 shrink-0 place-items-center overflow-hidden rounded-xl border border-line bg-sunken">
        {isBusy ? (
          <LoaderCircle size={18} className="animate-spin text-faint" aria-hidden="true" />
        ) : url ? (
          <img src={url} alt="" className="size-full object-contain" />
        ) : (
          <ImagePlus size={18} className="text-faint" aria-hidden="true" />
        )}
      </span>
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-sm font-medium text-ink">Icon</p>
        {problem ? (
          <p role="alert" className="mt-0.5 text-[13px] text-danger">{problem}</p>
        ) : (
          <p className="mt-0.5 text-[13px] text-faint">PNG, WebP, JPEG or SVG. A square looks best.</p>
        )}
      </div>
      <div className="flex gap-2">
        <input ref={input} type="file" accept={KINDS} onChange={choose} aria-label="Choose an icon" className="sr-only" tabIndex={-1} />
        {hasIcon ? (
          <button type="button" disabled={isBusy || !mayChange} onClick={() => attempt(() => changeIcon(slug, null))} className={`${BUTTON} text-soft hover:bg-hover hover:text-ink`}>
            Remove
          </button>
        ) : null}
        <button
          type="button"
          disabled={isBusy || !mayChange}
          onClick={() => input.current.click()}
          className={`${BUTTON} border border-strong bg-surface text-ink shadow-card hover:bg-hover`}
        >
          {hasIcon ? "Replace" : "Upload"}
        </button>
      </div>
    </div>
  );
}

/** The picture as a PNG of at most 512 pixels. */
async function small(file) {
  const broken = new Error("That picture can't be read. Choose a PNG, WebP, JPEG or SVG.");
  if (file.size > LARGEST) throw new Error("That picture is larger than 20 MB. Choose a smaller one.");
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode().catch(() => {
      throw broken;
    });
    const width = image.naturalWidth || SIDE; // an SVG may have no size of its own
    const height = image.naturalHeight || SIDE;
    const scale = SIDE / Math.max(width, height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(16, Math.round(width * scale));
    canvas.height = Math.max(16, Math.round(height * scale));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!drawn) throw broken;
    return drawn;
  } finally {
    URL.revokeObjectURL(address);
  }
}

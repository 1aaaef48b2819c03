import { useEffect, useRef, useState } from "react";
import { ArrowLeft, ArrowRight, ImagePlus, LoaderCircle, Trash2 } from "lucide-react";
import { moved } from "./picture_order.js";
import { addPicture } from "./sell_api.js";

const KINDS = "image/png,image/webp,image/jpeg,image/gif";
const UNDO_MILLISECONDS = 8_000;
const PATIENCE_MILLISECONDS = 5_000;
const TICK_MILLISECONDS = 50;
const BUTTON =
  "grid size-7 place-items-center rounded-md text-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-disabled:pointer-events-none aria-disabled:opacity-40";

/**
 * A listing's pictures: uploaded, put in order by dragging or with the arrows, described, removed.
 * @param {{ pictures: { id: string, checksum: string, alt: string }[], own: string[] }} props `own`: the app's own.
 */
export function PictureList({ slug, pictures, own, most, onOrder, onRemove, onDescribe, onOwn, onDone }) {
  const [shown, setShown] = useState(pictures);
  const [dragged, setDragged] = useState(-1);
  const [busy, setBusy] = useState(0);
  const [problem, setProblem] = useState("");
  const [said, setSaid] = useState("");
  const [going, setGoing] = useState(""); // removed, and can come back for a moment
  const input = useRef(null);
  const held = useRef(pictures);
  held.current = pictures;
  const removal = useRemoval(onRemove, (id) => {
    setGoing("");
    setShown((before) => before.filter((one) => one.id !== id));
  });
  useEffect(() => setShown(pictures), [pictures]);
  const list = useRef(null);
  const back = useRef(""); // what "Undo" brings back, which is where the keyboard was
  useEffect(() => {
    if (!going) list.current.querySelector(`[data-removes="${back.current}"]`)?.focus();
    back.current = "";
  }, [going]);
  const seen = shown.filter((one) => one.id !== going);

  const put = (from, to) => {
    if (to < 0 || to >= seen.length) return;
    const ids = moved(seen.map((one) => one.id), from, to);
    if (ids.every((id, at) => id === seen[at].id)) return;
    setProblem("");
    removal.settle();
    setShown(ids.map((id) => shown.find((one) => one.id === id)));
    setSaid(`Picture ${from + 1} is now number ${to + 1}.`);
    onOrder(ids);
  };
  const upload = async (files) => {
    setProblem("");
    const removed = removal.settle();
    if (removed) await until(() => !held.current.some((one) => one.id === removed)); // it may be chosen again
    for (const file of [...files].slice(0, most - seen.length)) {
      setBusy((count) => count + 1);
      try {
        await addPicture(slug, file);
      } catch (failure) {
        setProblem(failure.message);
      }
      setBusy((count) => count - 1);
    }
    onDone();
  };
  const remove = (id) => {
    setProblem("");
    removal.begin(id); // which ends the removal before
    setGoing(id);
  };
  const addOwn = (checksum) => {
    setProblem("");
    onOwn(checksum);
  };
  const isFull = seen.length + busy >= most;

  return (
    <div
      onDragOver={(event) => event.dataTransfer.types.includes("Files") && event.preventDefault()}
      onDrop={(event) => {
        if (!event.dataTransfer.files.length) return;
        event.preventDefault();
        upload(event.dataTransfer.files);
      }}
    >
      <p role="status" className="sr-only">{said}</p>
      <ol ref={list} className="grid grid-cols-1 gap-4 min-[480px]:grid-cols-2 lg:grid-cols-3" aria-label="Pictures of the listing">
        {seen.map((picture, at) => (
          <li
            key={picture.id}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              setDragged(at);
            }}
            onDragEnd={() => setDragged(-1)}
            onDragOver={(event) => dragged >= 0 && event.preventDefault()}
            onDrop={(event) => {
              if (dragged < 0) return;
              event.preventDefault();
              put(dragged, at);
              setDragged(-1);
            }}
            className={`overflow-hidden rounded-xl border border-line bg-surface shadow-card ${dragged === at ? "opacity-50" : ""}`}
          >
            <div className="relative aspect-16/10 cursor-grab bg-sunken">
              <img src={`/media/${picture.checksum}.webp`} alt={picture.alt} draggable={false} className="size-full object-cover object-top" />
              {at === 0 ? (
                <span className="absolute left-2 top-2 rounded-md border border-line bg-surface/95 px-2 py-0.5 text-xs font-medium text-ink">Cover</span>
              ) : null}
            </div>
            <div className="flex items-center gap-1 border-t border-line p-2">
              <input
                defaultValue={picture.alt}
                maxLength={200}
                aria-label={`What picture ${at + 1} shows`}
                placeholder="What it shows"
                onBlur={({ target }) => target.value !== picture.alt && onDescribe(picture.id, target.value)}
                className="h-8 min-w-0 flex-1 rounded-md border border-transparent bg-transparent px-2 text-[13px] text-ink placeholder:text-faint hover:border-line focus:border-ring focus:outline-none"
              />
              <button type="button" aria-disabled={at === 0} onClick={() => put(at, at - 1)} aria-label={`Move picture ${at + 1} forward`} className={BUTTON}>
                <ArrowLeft size={15} aria-hidden="true" />
              </button>
              <button type="button" aria-disabled={at === seen.length - 1} onClick={() => put(at, at + 1)} aria-label={`Move picture ${at + 1} back`} className={BUTTON}>
                <ArrowRight size={15} aria-hidden="true" />
              </button>
              <button
                type="button"
                data-removes={picture.id}
                onClick={() => remove(picture.id)}
                aria-label={`Remove picture ${at + 1}`}
                className={BUTTON}
              >
                <Trash2 size={15} aria-hidden="true" />
              </button>
            </div>
          </li>
        ))}
        {isFull ? null : (
          <li>
            <button
              type="button"
              aria-disabled={busy > 0} // not disabled: that would take the focus from it, and the next Enter with it
              onClick={() => busy || input.current.click()}
              className="grid aspect-16/10 w-full place-items-center rounded-xl border border-dashed border-strong text-sm text-soft transition-colors duration-150 hover:border-ring hover:text-ink"
            >
              <span className="flex flex-col items-center gap-2 px-4 text-center">
                {busy ? <LoaderCircle size={20} className="animate-spin" aria-hidden="true" /> : <ImagePlus size={20} aria-hidden="true" />}
                {busy ? "Uploading" : "Upload a picture, or drop it here"}
              </span>
            </button>
            <input
              ref={input}
              type="file"
              multiple
              accept={KINDS}
              aria-label="Choose pictures"
              tabIndex={-1}
              className="sr-only"
              onChange={({ target }) => {
                upload(target.files).finally(() => {
                  target.value = ""; // the same file can be chosen again
                });
              }}
            />
          </li>
        )}
      </ol>
      {going ? (
        <p className="mt-3 flex items-center gap-3 text-sm text-soft">
          <span role="status">The picture is removed.</span>
          <button
            type="button"
            autoFocus
            onClick={() => {
              removal.stop();
              back.current = going;
              setGoing("");
            }}
            className="font-medium text-accent-ink hover:underline"
          >
            Undo
          </button>
        </p>
      ) : null}
      {problem ? <p role="alert" className="mt-3 text-[13px] text-danger">{problem}</p> : null}
      <p className="mt-3 text-[13px] text-faint">
        At most {most}. PNG, JPEG, WebP or GIF, up to 8 MB each. The first is the cover; 1,280 by 800 pixels look best.
      </p>
      {own.length && !isFull ? <Own checksums={own} onOwn={addOwn} /> : null}
    </div>
  );
}

/** A picture goes for good after a moment, with the next change, or with the page: until then it can come back. */
function useRemoval(onRemove, onGone) {
  const calls = useRef({});
  calls.current = { onRemove, onGone };
  const open = useRef(null);
  const removal = useRef({
    begin(id) {
      removal.settle();
      open.current = { id, timer: setTimeout(() => removal.settle(), UNDO_MILLISECONDS) };
    },
    stop() {
      clearTimeout(open.current?.timer);
      open.current = null;
    },
    settle() {
      if (!open.current) return "";
      const { id } = open.current;
      removal.stop();
      calls.current.onRemove(id);
      calls.current.onGone(id);
      return id;
    },
  }).current;
  useEffect(() => () => removal.settle(), [removal]);
  return removal;
}

/** For something that the server is about to tell; not for ever. */
async function until(isSo) {
  for (let waited = 0; !isSo() && waited < PATIENCE_MILLISECONDS; waited += TICK_MILLISECONDS) {
    await new Promise((done) => setTimeout(done, TICK_MILLISECONDS));
  }
}

function Own({ checksums, onOwn }) {
  return (
    <div className="mt-6">
      <h3 className="text-sm font-medium text-ink">From the app</h3>
      <p className="mt-0.5 text-[13px] text-faint">Taken when its versions were checked. One click adds a picture.</p>
      <ul className="mt-3 flex gap-3 overflow-x-auto pb-2">
        {checksums.map((checksum, at) => (
          <li key={checksum} className="shrink-0">
            <button
              type="button"
              onClick={() => onOwn(checksum)}
              aria-label={`Add picture ${at + 1} of the app`}
              className="block w-40 overflow-hidden rounded-lg border border-line transition-[border-color,box-shadow] duration-150 hover:border-ring hover:shadow-raised"
            >
              <img src={`/thumbnails/${checksum}.webp`} alt="" loading="lazy" className="aspect-16/10 w-full object-cover object-top" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

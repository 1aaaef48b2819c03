import { useEffect, useRef, useState } from "react";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { nearest, stepped } from "./gallery.js";

const ROUND =
  "grid size-10 place-items-center rounded-full border border-line bg-surface/90 text-ink shadow-raised transition-opacity duration-150 hover:bg-surface disabled:opacity-0";

/**
 * Pictures side by side: swiped on a phone, moved with the arrow keys, opened large by a click or Enter.
 *
 * @param {{ pictures: { src: string, alt: string, width: number, height: number }[], title: string }} props
 */
export function Gallery({ pictures, title }) {
  const track = useRef(null);
  const [at, setAt] = useState(0);
  const [isLarge, setLarge] = useState(false);
  const count = pictures.length;

  const show = (place) => {
    setAt(place);
    track.current?.scrollTo({ left: place * track.current.clientWidth });
  };
  const onKeyDown = (event) => {
    const place = stepped(at, event.key, count);
    if (place === at) return;
    event.preventDefault();
    show(place);
  };
  return (
    <section aria-roledescription="carousel" aria-label={`Pictures of ${title}`} onKeyDown={onKeyDown}>
      <div className="group relative">
        <div
          ref={track}
          onScroll={({ currentTarget: { scrollLeft, clientWidth } }) => setAt(nearest(scrollLeft, clientWidth, count))}
          className="flex snap-x snap-mandatory overflow-x-auto overscroll-x-contain rounded-2xl border border-line bg-sunken [scrollbar-width:none]"
        >
          {pictures.map((picture, place) => (
            <button
              key={picture.src}
              type="button"
              aria-label={`${picture.alt}: show it large`}
              tabIndex={place === at ? 0 : -1}
              onClick={() => setLarge(true)}
              className="aspect-16/10 w-full shrink-0 cursor-zoom-in snap-center focus-visible:outline-offset-[-4px]"
            >
              <Picture {...picture} isFirst={place === 0} className="size-full object-cover object-top" />
            </button>
          ))}
        </div>
        {count > 1 ? (
          <div className="pointer-events-none absolute inset-x-3 top-1/2 hidden -translate-y-1/2 justify-between opacity-0 transition-opacity duration-150 group-focus-within:opacity-100 group-hover:opacity-100 md:flex">
            <Turn label="Earlier picture" Icon={ChevronLeft} isOff={at === 0} onClick={() => show(at - 1)} />
            <Turn label="Next picture" Icon={ChevronRight} isOff={at === count - 1} onClick={() => show(at + 1)} />
          </div>
        ) : null}
      </div>
      {count > 1 ? <Strip pictures={pictures} at={at} onShow={show} /> : null}
      {isLarge ? <Lightbox pictures={pictures} at={at} onShow={show} onClose={() => setLarge(false)} /> : null}
    </section>
  );
}

function Picture({ src, alt, width, height, isFirst = true, className }) {
  return <img src={src} alt={alt} width={width} height={height} loading={isFirst ? "eager" : "lazy"} decoding="async" className={className} />;
}

function Turn({ label, Icon, isOff, onClick }) {
  return (
    <button type="button" aria-label={label} disabled={isOff} onClick={onClick} className={`pointer-events-auto ${ROUND}`}>
      <Icon size={20} aria-hidden="true" />
    </button>
  );
}

function Strip({ pictures, at, onShow }) {
  return (
    <div className="mt-3 flex gap-2 overflow-x-auto p-1 -m-1 [scrollbar-width:none]">
      {pictures.map((picture, place) => (
        <button
          key={picture.src}
          type="button"
          aria-label={`Picture ${place + 1} of ${pictures.length}`}
          aria-current={place === at}
          onClick={() => onShow(place)}
          className="aspect-16/10 w-20 shrink-0 overflow-hidden rounded-lg border border-line opacity-65 transition-opacity duration-150 hover:opacity-100 aria-[current=true]:border-ring aria-[current=true]:opacity-100 sm:w-24"
        >
          <img src={picture.src} alt="" loading="lazy" className="size-full object-cover object-top" />
        </button>
      ))}
    </div>
  );
}

/** The picture in front of everything else. The browser keeps the focus inside, and Escape closes it. */
function Lightbox({ pictures, at, onShow, onClose }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  const picture = pictures[at];
  return (
    <dialog
      ref={dialog}
      aria-label={picture.alt}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      className="m-auto max-h-none max-w-none bg-transparent p-0 backdrop:bg-black/85"
    >
      <Picture {...picture} className="max-h-[92dvh] w-auto max-w-[96vw] rounded-lg object-contain" />
      <div className="fixed inset-x-4 top-1/2 flex -translate-y-1/2 justify-between">
        <Turn label="Earlier picture" Icon={ChevronLeft} isOff={at === 0} onClick={() => onShow(at - 1)} />
        <Turn label="Next picture" Icon={ChevronRight} isOff={at === pictures.length - 1} onClick={() => onShow(at + 1)} />
      </div>
      <button type="button" aria-label="Close" onClick={() => dialog.current.close()} className={`fixed right-4 top-4 ${ROUND}`}>
        <X size={20} aria-hidden="true" />
      </button>
    </dialog>
  );
}

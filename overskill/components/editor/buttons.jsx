/** Buttons of the editor's own parts, as components/button.py draws those of pages. */

const LOOKS = {
  primary: "bg-accent text-on-accent shadow-card hover:bg-accent-hover",
  secondary: "border border-strong bg-surface text-ink shadow-card hover:bg-hover",
  ghost: "text-soft hover:bg-hover hover:text-ink",
};

/** A small button with words. */
export function Button({ look = "secondary", Icon, className = "", children, ...props }) {
  return (
    <button
      type="button"
      className={`inline-flex h-8 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-lg px-3 text-[13px] font-medium transition-colors duration-150 disabled:pointer-events-none disabled:opacity-55 ${LOOKS[look]} ${className}`}
      {...props}
    >
      {Icon ? <Icon size={14} aria-hidden="true" /> : null}
      {children}
    </button>
  );
}

/** Only an icon: `label` is what a screen reader says, and its tooltip. */
export function IconButton({ label, Icon, side = "top", size = 14, className = "", ...props }) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      data-side={side}
      className={`tip grid size-7 shrink-0 place-items-center rounded-md text-faint transition-colors duration-150 hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-40 ${className}`}
      {...props}
    >
      <Icon size={size} aria-hidden="true" />
    </button>
  );
}

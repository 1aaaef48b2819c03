/** A small button that is only an icon; `label` is its tooltip and what a screen reader says. */
export function ToolButton({ label, Icon, onClick, isOn, side = "bottom", size = 15, className = "", ...others }) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOn}
      data-tip={label}
      data-side={side}
      onClick={onClick}
      className={`tip grid size-7 shrink-0 place-items-center rounded-md text-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-ink disabled:opacity-45 ${className}`}
      {...others}
    >
      <Icon size={size} aria-hidden="true" />
    </button>
  );
}

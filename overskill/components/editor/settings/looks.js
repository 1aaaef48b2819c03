/** How the buttons of imports look: as components/button.py has them. */
const BUTTON =
  "inline-flex h-9.5 items-center justify-center gap-2 whitespace-nowrap rounded-lg px-3.5 text-sm font-medium transition-colors duration-150 disabled:pointer-events-none disabled:opacity-55";
export const SECONDARY = `${BUTTON} border border-strong bg-surface text-ink shadow-card hover:bg-hover`;
export const PRIMARY = `${BUTTON} bg-accent text-on-accent shadow-card hover:bg-accent-hover`;

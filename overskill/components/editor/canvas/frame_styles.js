/** How blocks look on the canvas where they have no look of the app's own. */

/** Nothing is fetched for the app's styles, and no script runs: what the app wrote is not trusted here. */
export const FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** Stands before the app's styles, in a layer that all of theirs go before. */
export const FRAME_BASE = "@layer os-base { [data-puck-dropzone] { position: relative; } }";

export const FRAME_STYLES = `
#frame-root [data-puck-dropzone] {
  height: revert-layer; width: revert-layer; min-height: revert-layer; min-width: 0;
}
#frame-root .os-blank {
  display: inline-block; width: 5.5em; height: 0.6em; border-radius: 999px; vertical-align: middle;
  background: color-mix(in srgb, currentColor 18%, transparent);
}
.os-blank[data-list] {
  display: block; width: 100%; height: 72px; border-radius: 10px; opacity: 0.5;
  background: repeating-linear-gradient(color-mix(in srgb, currentColor 14%, transparent) 0 18px, transparent 18px 27px);
}
[data-puck-dropzone]:empty { min-height: 40px; }
#frame-root > [data-puck-dropzone], #frame-root [data-puck-dropzone^="root:"] { min-height: 100vh; }
#frame-root { min-height: 100vh; isolation: isolate; }
.os-part, .os-code, .os-picture, .os-icon, .os-text {
  font: 500 12px/1.45 ui-sans-serif, system-ui, sans-serif; letter-spacing: 0; text-align: left; box-sizing: border-box;
}
.os-part {
  display: flex; flex-direction: column; gap: 8px; min-width: 0; padding: 10px 12px; border-radius: 10px;
  border: 1px solid color-mix(in srgb, currentColor 16%, transparent);
  background: color-mix(in srgb, currentColor 3%, transparent);
}
.os-part > header { display: flex; align-items: center; gap: 7px; opacity: 0.72; }
.os-part > header svg { width: 13px; height: 13px; flex: none; }
.os-part > p { margin: 0; font-weight: 400; overflow-wrap: anywhere; }
.os-part > p b { font-weight: 600; font-size: 15px; }
.os-part > p span { opacity: 0.6; }
.os-code {
  display: flex; align-items: flex-start; gap: 8px; min-width: 0; padding: 8px 10px; border-radius: 8px; opacity: 0.78;
  background: repeating-linear-gradient(-45deg, transparent 0 6px, color-mix(in srgb, currentColor 5%, transparent) 6px 12px);
  border: 1px dashed color-mix(in srgb, currentColor 28%, transparent);
}
.os-code svg { width: 13px; height: 13px; margin-top: 2px; flex: none; }
.os-code code {
  font: 400 11.5px/1.5 ui-monospace, monospace; overflow: hidden; display: -webkit-box; -webkit-line-clamp: 2;
  -webkit-box-orient: vertical; overflow-wrap: anywhere; background: none; padding: 0; color: inherit;
}
.os-text { font: inherit; white-space: pre-wrap; }
.os-text[data-space] { opacity: 0.35; }
.os-picture {
  display: grid; place-items: center; min-width: 48px; min-height: 48px; padding: 8px; overflow: hidden;
  border-radius: 8px; background: color-mix(in srgb, currentColor 7%, transparent);
}
.os-icon {
  display: inline-block; width: 1em; height: 1em; flex: none; border-radius: 4px;
  border: 1.5px solid color-mix(in srgb, currentColor 45%, transparent);
}
[data-puck-dropzone]:empty {
  outline: 1px dashed color-mix(in srgb, currentColor 22%, transparent); outline-offset: -1px; border-radius: 8px;
}
`;

/** Fields and overlays in our colours, light and dark. */
export const PUCK_TOKENS = `
.os-puck, .os-puck * { --puck-font-family: inherit; }
.os-puck > .Puck { display: flex; flex: 1; flex-direction: column; min-height: 0; }
.os-puck [class*="_Drawer_"] { gap: 4px; }
.os-puck, [data-rfd-portal], .Puck {
  --puck-color-surface: var(--surface);
  --puck-color-surface-muted: var(--sunken);
  --puck-color-surface-subtle: var(--canvas);
  --puck-color-border: var(--line);
  --puck-color-border-muted: var(--line);
  --puck-color-border-hover: var(--strong);
  --puck-color-text: var(--ink);
  --puck-color-text-secondary: var(--soft);
  --puck-color-text-muted: var(--faint);
  --puck-color-text-subtle: var(--faint);
  --puck-color-interactive: var(--accent-ink);
  --puck-color-interactive-hover: var(--accent-ink);
  --puck-color-interactive-active: var(--accent);
  --puck-color-interactive-subtle: var(--accent-soft);
  --puck-color-interactive-soft: var(--accent-soft);
  --puck-color-interactive-soft-hover: var(--hover);
  --puck-color-interactive-neutral-hover: var(--hover);
  --puck-color-focus-ring: var(--ring);
  --puck-color-azure-05: var(--accent);
  --puck-color-azure-06: var(--accent);
  --puck-field-color-bg: var(--surface);
  --puck-field-color-border: var(--line);
  --puck-field-color-text: var(--ink);
  --puck-font-size-xxs: 13px;
  --puck-font-size-xxxs: 12px;
  --puck-radius-m: 8px;
}
`;

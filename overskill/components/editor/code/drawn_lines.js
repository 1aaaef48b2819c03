/**
 * How many lines there are in the page beside those that are seen. CodeMirror keeps 500 pixels of them above and below,
 * so that scrolling finds them there. While nobody scrolls, each of them makes each key dearer: it is coloured, measured,
 * laid out and told to the system's input methods. So they are fewer at rest (docs/decisions/0040).
 *
 * CodeMirror has no setting for it. What is asked of its view state is its own, in the one version that is installed:
 * where that should lack it, the lines stay as many as ever.
 */

const MARGIN_PX = 500; // CodeMirror's own, on each side
const FAR_PX = 2000; // lines that are farther away are taken out of the page
const AT_REST_PX = 150; // on each side: more than the first step of a wheel
const MOST_AT_REST_PX = 300;
const REST_AFTER_MS = 400;

export class DrawnLines {
  #view;
  #timers;
  #timer = 0;
  #isScrolling = false;

  /**
   * @param {import("@codemirror/view").EditorView} view
   * @param {Pick<Window, "setTimeout" | "clearTimeout">} timers
   */
  constructor(view, timers = window) {
    this.#view = view;
    this.#timers = timers;
    const { viewState } = view;
    if (viewState?.getViewport && viewState.viewportIsAppropriate) this.#narrow(viewState);
  }

  scrolled() {
    this.#isScrolling = true;
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => {
      this.#isScrolling = false;
      this.#view.requestMeasure();
    }, REST_AFTER_MS);
  }

  destroy() {
    this.#timers.clearTimeout(this.#timer);
  }

  #narrow(viewState) {
    const { getViewport, viewportIsAppropriate } = viewState;
    viewState.getViewport = (bias, target) => {
      const isAtRest = !this.#isScrolling && !bias;
      return getViewport.call(isAtRest ? seenLess(viewState, MARGIN_PX - AT_REST_PX) : viewState, bias, target);
    };
    viewState.viewportIsAppropriate = (lines, bias) => {
      if (!viewportIsAppropriate.call(viewState, lines, bias)) return false;
      return this.#isScrolling || viewportIsAppropriate.call(seenLess(viewState, FAR_PX - MOST_AT_REST_PX), lines, 0);
    };
  }
}

/** The same state, in which as many pixels less are seen above and below: what is counted from there ends sooner. */
function seenLess(viewState, pixels) {
  return Object.create(viewState, {
    visibleTop: { value: viewState.visibleTop + pixels },
    visibleBottom: { value: viewState.visibleBottom - pixels },
  });
}

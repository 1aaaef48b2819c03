/** A small picture of the page, made in the page: its DOM and stylesheets inside an SVG, drawn on a canvas. */

const WIDTH = 640;
const HEIGHT = 400;
const LARGEST_MARKUP = 3_000_000;
const LARGEST_PICTURE = 300_000;
const LEFT_OUT = "script, noscript, iframe, object, embed, template, link, video, audio, overskill-screen, overskill-select";
const STILL = "*, *::before, *::after { animation: none !important; transition: none !important; }";

/** @returns {Promise<string>} a data: URL */
export async function takeSnapshot() {
  const width = window.innerWidth || 1280;
  const height = Math.round((width * HEIGHT) / WIDTH);
  const markup = await pageAsSvg(width, height);
  if (markup.length > LARGEST_MARKUP) throw new Error("The page is too large for a picture.");
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = backgroundColor();
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.drawImage(image, 0, 0, WIDTH, HEIGHT);
  for (const quality of [0.85, 0.6, 0.35]) {
    const url = canvas.toDataURL("image/webp", quality);
    if (url.length <= LARGEST_PICTURE) return url;
  }
  throw new Error("The picture of the page is too large.");
}

async function pageAsSvg(width, height) {
  const copy = document.documentElement.cloneNode(true);
  const [originals, copies] = [document.documentElement, copy].map((root) => [...root.querySelectorAll("*")]);
  await Promise.all(originals.map((original, index) => fixCopy(original, copies[index])));
  copy.querySelectorAll(LEFT_OUT).forEach((element) => element.remove());
  copy.querySelector("head").replaceChildren(styleElement());
  const serialized = new XMLSerializer().serializeToString(copy);
  const clean = serialized.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  const size = `width="${width}" height="${height}"`;
  const page = `<foreignObject x="0" y="0" ${size}>${clean}</foreignObject>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${page}</svg>`;
}

/** What a copy of the markup lacks: what was typed, drawn, or loaded. */
async function fixCopy(original, copy) {
  if (original instanceof HTMLInputElement && original.type !== "password") {
    copy.setAttribute("value", original.value);
    copy.toggleAttribute("checked", original.checked);
  } else if (original instanceof HTMLTextAreaElement) copy.textContent = original.value;
  else if (original instanceof HTMLOptionElement) copy.toggleAttribute("selected", original.selected);
  else if (original instanceof HTMLCanvasElement) replaceCanvas(original, copy);
  else if (original instanceof HTMLImageElement) {
    copy.removeAttribute("srcset");
    copy.setAttribute("src", await pictureOf(original));
  }
}

function replaceCanvas(original, copy) {
  const image = document.createElement("img");
  try {
    image.src = original.toDataURL();
  } catch {
    return; // it shows a picture of another site
  }
  image.setAttribute("style", `width:${original.clientWidth}px;height:${original.clientHeight}px`);
  copy.replaceWith(image);
}

async function pictureOf({ currentSrc, complete, naturalWidth }) {
  const nothing = "data:,";
  if (!complete || naturalWidth === 0 || !currentSrc) return nothing;
  if (currentSrc.startsWith("data:")) return currentSrc;
  try {
    const content = await (await fetch(currentSrc)).blob();
    return await new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.onerror = reject;
      reader.readAsDataURL(content);
    });
  } catch {
    return nothing; // another site's picture that may not be read
  }
}

function styleElement() {
  const texts = [...document.styleSheets].map((sheet) => {
    try {
      return [...sheet.cssRules].map((rule) => rule.cssText).join("\n");
    } catch {
      return ""; // another site's
    }
  });
  const style = document.createElement("style");
  style.textContent = `${texts.join("\n")}\n${STILL}`;
  return style;
}

function backgroundColor() {
  const isSeen = (color) => color && color !== "rgba(0, 0, 0, 0)" && color !== "transparent";
  const colors = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
  return colors.find(isSeen) ?? "#ffffff";
}

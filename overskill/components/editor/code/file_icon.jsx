import { Braces, File, FileCode2, FileText, FileType2, Image, Palette, Settings2 } from "lucide-react";

const CODE = { Icon: FileCode2, style: "text-[#2f74c0] dark:text-[#6cb2f5]" };
const SCRIPT = { Icon: FileCode2, style: "text-warning" };
const STYLES = { Icon: Palette, style: "text-[#b0285f] dark:text-[#ff92b4]" };
const DATA = { Icon: Braces, style: "text-warning" };
const PICTURE = { Icon: Image, style: "text-positive" };
const KINDS = {
  tsx: CODE,
  ts: CODE,
  jsx: SCRIPT,
  js: SCRIPT,
  mjs: SCRIPT,
  css: STYLES,
  json: DATA,
  html: { Icon: FileType2, style: "text-[#c2531a] dark:text-[#ff9d66]" },
  md: { Icon: FileText, style: "text-faint" },
  svg: PICTURE,
  png: PICTURE,
  jpg: PICTURE,
  webp: PICTURE,
};
const SETTINGS = { Icon: Settings2, style: "text-faint" };
const OTHER = { Icon: File, style: "text-faint" };

/** What kind of file it is, by its name. */
export function FileIcon({ path, size = 14 }) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isSettings = /\.config\.\w+$|^tsconfig|^\./.test(name);
  const { Icon, style } = isSettings ? SETTINGS : (KINDS[name.split(".").pop().toLowerCase()] ?? OTHER);
  return <Icon size={size} className={`shrink-0 ${style}`} aria-hidden="true" />;
}

import { useEffect, useRef } from "react";
import { register } from "./commands.js";
import { say } from "./use_window_events.js";

/**
 * The commands of the editor's page itself; other parts add their own. It shows nothing.
 *
 * @param {{ tabs: [string, string][], tab: string, isRunning: boolean, canUndo: boolean, canPublish: boolean,
 *   liveUrl: string, onTab: (tab: string) => void, onChat: () => void, onRename: () => void, onUndo: () => void,
 *   onPublish: () => void, onStop: () => void, onTheme: (mode: string) => void }} props
 *   `tabs` are names and words, in their order.
 */
export function EditorCommands({ tabs, ...props }) {
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const now = () => latest.current;
    const toChat = (event) => () => {
      now().onChat();
      say("overskill:show-chat");
      say(event);
    };
    return register([...toPlaces(tabs, now), ...inChat(now, toChat), ...ofView(now), ...ofApp(now)]);
  }, [tabs]);
  return null;
}

const toPlaces = (tabs, now) => [
  ...tabs.map(([tab, words], place) => ({
    id: `go-${tab}`,
    title: `Go to ${words.toLowerCase()}`,
    group: "Go to",
    keys: `alt+${place + 1}`,
    run: () => now().onTab(tab),
  })),
  { id: "apps", title: "My apps", group: "Go to", words: "studio list", run: () => location.assign("/studio") },
];

const inChat = (now, toChat) => [
  { id: "new-message", title: "Write a message", group: "Chat", keys: "/", words: "ask change new", run: toChat("overskill:new-message") },
  { id: "search-chat", title: "Search in the chat", group: "Chat", words: "find history", run: toChat("overskill:search-chat") },
  { id: "edit-last", title: "Edit the last message", group: "Chat", words: "resend", run: toChat("overskill:edit-last") },
  {
    id: "stop",
    title: "Stop the turn",
    group: "Chat",
    keys: "mod+.",
    whileTyping: true,
    isOff: () => !now().isRunning,
    run: () => now().onStop(),
  },
];

const THEMES = { light: "Light colours", dark: "Dark colours", system: "Colours as the system has them" };

const ofView = (now) => [
  {
    id: "toggle-chat",
    title: "Show or hide the chat",
    group: "View",
    keys: "mod+b",
    whileTyping: true,
    words: "sidebar collapse",
    run: () => say("overskill:toggle-chat"),
  },
  {
    id: "full-preview",
    title: "Preview at full width",
    group: "View",
    keys: "shift+f",
    words: "focus",
    run: () => {
      now().onTab("preview");
      say("overskill:hide-chat");
    },
  },
  ...Object.entries(THEMES).map(([mode, title]) => ({
    id: `theme-${mode}`,
    title,
    group: "View",
    words: "theme appearance mode",
    run: () => now().onTheme(mode),
  })),
];

const ofApp = (now) => [
  {
    id: "undo",
    title: "Undo the last change",
    group: "App",
    words: "back revert",
    isOff: () => !now().canUndo,
    run: () => now().onUndo(),
  },
  { id: "rename", title: "Rename the app", group: "App", words: "name title", run: () => now().onRename() },
  {
    id: "publish",
    title: "Publish this version",
    group: "App",
    words: "deploy live ship",
    isOff: () => !now().canPublish,
    run: () => now().onPublish(),
  },
  {
    id: "open-live",
    title: "Open the published app",
    group: "App",
    words: "live visit",
    isOff: () => !now().liveUrl,
    run: () => window.open(now().liveUrl, "_blank", "noreferrer"),
  },
  {
    id: "sell",
    title: "Sell this app",
    group: "App",
    words: "marketplace list price licence money",
    run: () => location.assign(`/sell?app=${location.pathname.split("/")[2]}`),
  },
];

import * as Menu from "@radix-ui/react-dropdown-menu";
import { Copy, FilePlus2, FolderPlus, Lock, LockOpen, PencilLine, Trash2 } from "lucide-react";

const ITEM =
  "flex h-8 w-full cursor-pointer select-none items-center gap-2.5 rounded-lg px-2.5 text-[13px] text-soft outline-none data-highlighted:bg-hover data-highlighted:text-ink";
const DANGER = "text-danger! data-highlighted:bg-danger-soft!";

/** What can be done with a row of the tree, where the pointer was. */
export function FileMenu({ menu: { row, x, y }, file, actions, onClose }) {
  const isLocked = Boolean(file?.locked);
  return (
    <Menu.Root open modal={false} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Menu.Trigger asChild>
        <span className="pointer-events-none fixed size-0" style={{ left: x, top: y }} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="start"
          sideOffset={2}
          collisionPadding={8}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-50 min-w-48 animate-pop rounded-xl border border-line bg-surface p-1.5 shadow-overlay focus:outline-none"
        >
          <Item Icon={FilePlus2} words="Create a file here" onSelect={() => actions.create("file", row)} />
          <Item Icon={FolderPlus} words="Create a folder here" onSelect={() => actions.create("folder", row)} />
          <Menu.Separator className="my-1 h-px bg-line" />
          <Item Icon={PencilLine} words="Rename" hint="F2" onSelect={() => actions.rename(row)} />
          <Item Icon={Copy} words="Copy path" onSelect={() => navigator.clipboard.writeText(row.path)} />
          {file ? (
            <Item
              Icon={isLocked ? LockOpen : Lock}
              words={isLocked ? "Let OverSkill change it" : "Keep OverSkill from changing it"}
              onSelect={() => actions.lock(row, !isLocked)}
            />
          ) : null}
          <Menu.Separator className="my-1 h-px bg-line" />
          <Item Icon={Trash2} words="Delete" hint="Del" isDanger onSelect={() => actions.remove(row)} />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Item({ Icon, words, hint, isDanger = false, onSelect }) {
  return (
    <Menu.Item onSelect={onSelect} className={`${ITEM} ${isDanger ? DANGER : ""}`}>
      <Icon size={14} aria-hidden="true" />
      <span className="flex-1">{words}</span>
      {hint ? <kbd className="font-sans text-xs text-faint">{hint}</kbd> : null}
    </Menu.Item>
  );
}

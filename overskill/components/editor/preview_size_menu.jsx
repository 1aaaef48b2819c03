import * as Menu from "@radix-ui/react-dropdown-menu";
import { Check, ChevronDown, Laptop, Maximize, RotateCcwSquare, Smartphone, Tablet } from "lucide-react";
import { IconButton } from "./buttons.jsx";
import { DEVICES, deviceOf, ZOOMS } from "./preview_devices.js";

const ICONS = { Phones: Smartphone, Tablets: Tablet, Computers: Laptop };
const ITEM =
  "flex h-8.5 w-full cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-[13px] text-soft outline-none select-none data-highlighted:bg-hover data-highlighted:text-ink";
const HEADING = "px-2.5 pb-1 pt-2 text-xs font-medium text-faint";

/** The size that the preview is shown in. */
export function SizeMenu({ view, onView }) {
  const device = deviceOf(view);
  const words = device?.name ?? (view.device === "custom" ? `${view.width} px` : "Whole pane");
  const Icon = device ? ICONS[device.group] : Maximize;
  return (
    <div className="hidden items-center md:flex">
      <Menu.Root modal={false}>
        <Menu.Trigger
          aria-label={`Size: ${words}`}
          className="flex h-7.5 items-center gap-1.5 rounded-lg px-2 text-[13px] font-medium text-soft transition-colors duration-150 hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
        >
          <Icon size={15} aria-hidden="true" />
          <span className="hidden whitespace-nowrap xl:inline">{words}</span>
          <ChevronDown size={13} aria-hidden="true" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Content
            align="start"
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-h-[min(34rem,80vh)] w-60 overflow-y-auto rounded-xl border border-line bg-surface p-1.5 shadow-overlay animate-fade"
          >
            <Sizes view={view} onView={onView} />
            <Menu.Separator className="my-1.5 h-px bg-line" />
            <Menu.Label className={HEADING}>Zoom</Menu.Label>
            <Menu.RadioGroup value={String(view.zoom)}>
              {ZOOMS.map((zoom) => (
                <Choice key={zoom} value={String(zoom)} onSelect={() => onView({ ...view, zoom })}>
                  {zoom === "fit" ? "Fit into the pane" : `${zoom * 100} %`}
                </Choice>
              ))}
            </Menu.RadioGroup>
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      {device ? (
        <IconButton
          label={view.isTurned ? "Turn upright" : "Turn sideways"}
          Icon={RotateCcwSquare}
          side="bottom"
          onClick={() => onView({ ...view, isTurned: !view.isTurned })}
        />
      ) : null}
    </div>
  );
}

function Sizes({ view, onView }) {
  return (
    <Menu.RadioGroup value={view.device}>
      <Choice value="pane" onSelect={() => onView({ ...view, device: "pane" })}>
        Whole pane
      </Choice>
      {Object.keys(ICONS).map((group) => (
        <Menu.Group key={group}>
          <Menu.Label className={HEADING}>{group}</Menu.Label>
          {DEVICES.filter((device) => device.group === group).map(({ id, name, width, height }) => (
            <Choice key={id} value={id} onSelect={() => onView({ ...view, device: id })} aside={`${width} × ${height}`}>
              {name}
            </Choice>
          ))}
        </Menu.Group>
      ))}
      <Menu.Label className={HEADING}>Of your own</Menu.Label>
      <Choice value="custom" onSelect={() => onView({ ...view, device: "custom" })} aside={`${view.width} px`}>
        Drag the edge
      </Choice>
    </Menu.RadioGroup>
  );
}

function Choice({ value, onSelect, aside, children }) {
  return (
    <Menu.RadioItem value={value} onSelect={onSelect} className={ITEM}>
      <span className="grid size-4 place-items-center">
        <Menu.ItemIndicator>
          <Check size={14} aria-hidden="true" />
        </Menu.ItemIndicator>
      </span>
      {children}
      {aside ? <span className="ml-auto text-xs tabular-nums text-faint">{aside}</span> : null}
    </Menu.RadioItem>
  );
}

/** Sending otherwise than at once: without a sound, later, under another name; and what waits. Loaded when it is first asked for. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Place } from "../../ui/menu.tsx";
import { later } from "../app/index.tsx";
import "./scheduled.css";

type MenuProps = { chat: string; form: HTMLFormElement | null; at: Place; onClose: () => void };
const Ways = later<MenuProps>(() => import("./ways.tsx").then((part) => part.Ways));
export const ScheduledScreen = later<{ chat: string }>(() => import("./screen.tsx").then((part) => part.ScheduledScreen));
/** Beside a chat: what waits, after how long messages are deleted. */
export const ChatTools = later<{ chat: string }>(() => import("./tools.tsx").then((part) => part.ChatTools));

/** Beside the button that sends. What it chooses is done by sending the form that it stands in. */
export function SendMenu({ chat }: { chat: string }) {
  const [open, setOpen] = useState<(Place & { form: HTMLFormElement | null }) | null>(null);
  const press = (event: MouseEvent) => {
    const button = event.currentTarget as HTMLButtonElement;
    const box = button.getBoundingClientRect();
    setOpen({ x: box.left, y: box.top, form: button.form });
  };
  return (
    <>
      <button class="round send-more" type="button" aria-label={t("send.more")} title={t("send.more")} aria-haspopup="menu" aria-expanded={open !== null} onClick={press}><Icon name="up" /></button>
      {open && <Ways chat={chat} form={open.form} at={open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** What a key opens over the page: the palette and the sheet of keys. Their code is loaded when they are first asked for. */
import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { alarm } from "../../ui/announcer.ts";
import { OFFLINE, RpcError } from "../../wire/errors.ts";
import { describe } from "../app/index.tsx";

export const overlay = signal<"palette" | "keys" | null>(null);

/** So long after the start the code is loaded in any case. */
const QUIET_MS = 1000;

type Parts = typeof import("./parts.tsx");

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

export function Overlays() {
  const open = overlay.value;
  const [parts, setParts] = useState<Parts | null>(null);
  const load = () => import("./parts.tsx").then(setParts);
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => {}), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  useLayoutEffect(() => {
    if (!open || parts) return;
    load().catch(() => {
      overlay.value = null;
      alarm(describe(new RpcError(OFFLINE, 0)));
    });
    // What is typed meanwhile is for the palette: it must not act on the page.
    addEventListener("keydown", swallow, true);
    return () => removeEventListener("keydown", swallow, true);
  }, [open, parts]);
  const close = () => (overlay.value = null);
  if (!parts || !open) return null;
  return open === "keys" ? <parts.KeySheet onClose={close} /> : <parts.Palette onClose={close} />;
}

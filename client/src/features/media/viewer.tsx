/** Pictures and videos over the page. The code for it is loaded when the first is opened. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { alarm } from "../../ui/announcer.ts";
import { OFFLINE, RpcError } from "../../wire/errors.ts";
import { describe } from "../app/index.tsx";
import type { Item } from "./gallery.ts";

export interface Viewed {
  chat: string;
  item: Item;
}
export const viewed = signal<Viewed | null>(null);

type Part = typeof import("./gallery-dialog.tsx");

export function Viewer() {
  const what = viewed.value;
  const [part, setPart] = useState<Part | null>(null);
  useEffect(() => {
    if (!what || part) return;
    import("./gallery-dialog.tsx").then(setPart, () => {
      viewed.value = null;
      alarm(describe(new RpcError(OFFLINE, 0)));
    });
  }, [what, part]);
  return what && part ? <part.GalleryDialog chat={what.chat} first={what.item} onClose={() => (viewed.value = null)} /> : null;
}

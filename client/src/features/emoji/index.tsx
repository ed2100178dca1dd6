/** Emoji by name, and the panel to choose one from. The panel and the names are loaded when they are asked for. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { OFFLINE, RpcError } from "../../wire/errors.ts";
import { describe } from "../app/index.tsx";

export { loadEmoji } from "./data.ts";
export { bare, findEmoji } from "./find.ts";
export type { Emoji } from "./find.ts";
export { keepEmoji } from "./recent.ts";

export interface PanelProps {
  /** What it is for, as a screen reader says it. */
  label: string;
  /** Only these; all where it is missing. */
  only?: readonly string[];
  onChoose: (emoji: string) => void;
  onClose: () => void;
}

type Panel = typeof import("./panel.tsx")["EmojiPanel"];

/** The panel, once its code is there. */
export function EmojiPanel(props: PanelProps) {
  const [made, setMade] = useState<{ Panel: Panel } | null>(null);
  useEffect(() => {
    import("./panel.tsx").then(
      ({ EmojiPanel: Panel }) => setMade({ Panel }),
      () => {
        props.onClose();
        alarm(describe(new RpcError(OFFLINE, 0)));
      },
    );
  }, []);
  if (!made) return <p class="unseen" role="status">{t("emoji.loading")}</p>;
  return <made.Panel {...props} />;
}

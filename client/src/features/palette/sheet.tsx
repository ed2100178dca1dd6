import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { GROUPS, NAMES } from "./keys.ts";
import "./palette.css";

const MAC = /^(Mac|iP)/.test(navigator.platform);

/** All keys, by where they work. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("keys.title")} closeLabel={t("dialog.close")} onClose={onClose} reading>
      <p class="hint">{t("keys.hint")}</p>
      {GROUPS.map((group) => (
        <section key={group.title}>
          <h3 class="keys-title">{t(group.title)}</h3>
          <dl class="keys">
            {group.rows.map((row) => (
              <div key={row.words} class="keys-row" data-key={row.keys[0]} data-group={group.title}>
                <dt>{t(row.words)}</dt>
                <dd>{row.keys.map((way) => <span key={way} class="keys-way">{way.split(" ").map((key) => <kbd key={key}>{named(key)}</kbd>)}</span>)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

function named(key: string): string {
  if (key === "Ctrl" && MAC) return "⌘";
  const name = NAMES[key];
  return name ? t(name) : key;
}

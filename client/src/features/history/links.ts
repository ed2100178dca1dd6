import { t } from "../../i18n/index.ts";
import { ask } from "../ask/index.tsx";
import type { Links } from "../../ui/rich-text.tsx";

/** How links in messages are called and where mentions lead. */
export function links(): Links {
  return {
    ask: (address) => ask({
      title: t("message.follow", { address }),
      answers: [{ label: t("message.follow_yes"), act: () => void open(address, "_blank", "noopener,noreferrer") }],
    }),
    hidden: t("message.spoiler"),
    mention: (value) => (/^u\d+$/.test(value) ? `/app/c/${value}` : `/app/r/${encodeURIComponent(value.toWellFormed())}`),
  };
}

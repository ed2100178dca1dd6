import { t } from "../../i18n/index.ts";
import type { Links } from "../../ui/rich-text.tsx";

/** How links in messages are called and where mentions lead. */
export function links(): Links {
  return {
    ask: (address) => t("message.follow", { address }),
    hidden: t("message.spoiler"),
    mention: (value) => (/^u\d+$/.test(value) ? `/app/c/${value}` : `/app/r/${encodeURIComponent(value.toWellFormed())}`),
  };
}

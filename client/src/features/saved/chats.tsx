import { useMemo } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { short } from "../../i18n/times.ts";
import { brief } from "../../ui/calm.ts";
import { Icon } from "../../ui/icon.tsx";
import { More } from "../../ui/more.tsx";
import { describe, PeerAvatar, preview, useClient } from "../app/index.tsx";
import type { Saved } from "./actions.ts";
import { savedChats, useSavedName } from "./actions.ts";

export function SavedChats({ chat }: { chat: string }) {
  const client = useClient();
  const top = client.store.talk(chat).value?.top ?? 0;
  const paged = useMemo(() => savedChats(client), [top]);
  const items = paged.items.value;
  const failed = paged.state.value === "failed" ? describe(paged.error) : "";
  return (
    <section class="saved">
      <h3>{t("saved.title")}</h3>
      {paged.state.value === "done" && !items.length && <p class="hint">{t("saved.none")}</p>}
      <ul class="pick">{items.map((one) => <Row key={one.key} chat={chat} saved={one} />)}</ul>
      <More paged={paged} failed={failed} retry={t("status.retry")} loading={t("status.loading")} />
    </section>
  );
}

function Row({ chat, saved }: { chat: string; saved: Saved }) {
  const client = useClient();
  const name = useSavedName(saved.key);
  const { top } = saved;
  return (
    <li>
      <a class="pick-row" href={`/app/c/${chat}/info/saved/${saved.key}`}>
        <PeerAvatar peer={saved.key} size="small" />
        <span class="saved-text"><bdi>{name}</bdi>{top && <span class="hint"><bdi>{brief(preview(client, top))}</bdi></span>}</span>
        {saved.pinned && <span class="saved-pin"><Icon name="pin" /><span class="unseen">{t("list.pinned")}</span></span>}
        {top && <span class="hint">{short(top.date, client.store.now())}</span>}
      </a>
    </li>
  );
}

import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Place } from "../../ui/menu.tsx";
import { Menu } from "../../ui/menu.tsx";
import type { message } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import { itemsOf, react } from "./actions.ts";
import { reacting } from "./react-dialog.tsx";

const OFFERED = 6;

/** What can be done to a message, with the reactions on top. */
export function MessageMenu(props: { chat: string; message: message; at: Place; onClose: () => void }) {
  const client = useClient();
  const give = (emoticon: string) => {
    props.onClose();
    document.getElementById(`m${props.message.id}`)?.focus();
    react(client, props.chat, props.message, { _: "reactionEmoji", emoticon }).catch((error: unknown) => alarm(describe(error)));
  };
  const more = () => {
    props.onClose();
    document.getElementById(`m${props.message.id}`)?.focus();
    reacting.value = { chat: props.chat, id: props.message.id };
  };
  return (
    <Menu label={t("message.more")} at={props.at} items={itemsOf(client, props.chat, props.message)} onClose={props.onClose}>
      <div class="menu-reactions" role="group" aria-label={t("message.react")}>
        {client.config.reactions.slice(0, OFFERED).map((one) => (
          <button key={one} type="button" role="menuitem" tabIndex={-1} class="emoji" aria-label={t("message.react_with", { emoji: one })} onClick={() => give(one)}>{one}</button>
        ))}
        <button type="button" role="menuitem" tabIndex={-1} class="emoji more" aria-label={t("message.react_more")} title={t("message.react_more")} onClick={more}><Icon name="down" /></button>
      </div>
    </Menu>
  );
}

/** The public address of a chat: whether it is free is said while it is typed. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { usernameOf } from "../../state/names.ts";
import type { InputChannel } from "../../wire/schema.d.ts";
import { isError } from "../../wire/errors.ts";
import { describe, useClient, useEntity } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { channelOf } from "../info/index.tsx";
import type { Deed } from "./full.ts";
import { Section } from "./switch.tsx";

const TYPING_MS = 300;

/** What the server says of an address. */
export interface Verdict {
  free: boolean;
  text: string;
}

/** Ask whether a chat can have an address. "" has no verdict. */
export function useVerdict(channel: InputChannel | null, name: string, own: string): Verdict | null {
  const client = useClient();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    setVerdict(null);
    if (!name || name.toLowerCase() === own.toLowerCase()) return;
    const timer = setTimeout(() => {
      client.connection.call("channels.checkUsername", { channel: channel ?? { _: "inputChannelEmpty" }, username: name }).then(
        (free) => ({ free, text: t(free ? "address.free" : "address.taken") }),
        (error: unknown) => ({ free: false, text: isError(error, "USERNAME_INVALID") ? t("address.wrong") : describe(error) }),
      ).then((found) => mine === turn.current && setVerdict(found));
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [name, own]);
  return verdict;
}

/** The field of an address, with the server's verdict under it. */
export function AddressField({ value, verdict, onInput }: { value: string; verdict: Verdict | null; onInput: (name: string) => void }) {
  const client = useClient();
  const base = client.config.public_url.replace(/^https?:\/\//, "").replace(/\/$/, "");
  return (
    <div class="field">
      <label class="field"><span>{t("address.label")}</span>
        <span class="address-line" dir="ltr"><span class="hint">{base}/</span><input class="input" name="address" value={value} maxLength={32} spellcheck={false} autocapitalize="off" autocomplete="off" onInput={(event) => onInput(event.currentTarget.value.replace(/^@/, "").trim())} /></span>
      </label>
      <p class={verdict && !verdict.free ? "wrong" : "hint"} role="status">{verdict ? verdict.text : value ? "" : t("address.hint")}</p>
    </div>
  );
}

/** Make a chat public or private again; its owner alone may. */
export function AddressSection({ chat, deed }: { chat: string; deed: Deed }) {
  const client = useClient();
  const own = usernameOf(useEntity(chat));
  const [name, setName] = useState(own);
  useEffect(() => setName(own), [own]);
  const channel = channelOf(client, chat);
  const verdict = useVerdict(channel, name, own);
  const set = (username: string) => void deed(async () => {
    await client.connection.call("channels.updateUsername", { channel, username });
    await client.load.rows([chat]);
  }, t("admin.saved"));
  const save = (event: Event) => {
    event.preventDefault();
    if (!name && own) askToDo(t("address.private_ask", { name: own }), t("address.make_private"), () => set(""));
    else if (verdict?.free) set(name);
  };
  const changed = name !== own;
  return (
    <Section title={t("address.title")}>
      <p class="hint">{t(own ? "address.is_public" : "address.is_private")}</p>
      <form class="admin-form" onSubmit={save}>
        <AddressField value={name} verdict={verdict} onInput={setName} />
        {changed && <p class="panel-acts"><button class="secondary" aria-disabled={name ? !verdict?.free : !own}>{t(name ? "composer.save" : "address.make_private")}</button></p>}
      </form>
    </Section>
  );
}

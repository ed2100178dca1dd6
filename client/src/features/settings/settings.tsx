/** The list of sections and the one that is open: beside one another where there is room, else one after the other. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import { go, goBack, useClient } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { signOut } from "./actions.ts";
import type { Section } from "./sections.ts";
import { SECTIONS } from "./sections.ts";
import "./settings.css";

const shown = SECTIONS.filter((one) => one.parts.length > 0);

export function SettingsPage({ section, detail }: { section: string; detail: string }) {
  const chosen = shown.find((one) => one.id === section);
  const open = chosen ?? shown[0];
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(section);
  // Where only one of both is seen, the focus goes to the one that has come.
  useLayoutEffect(() => {
    const left = before.current;
    before.current = section;
    if (left === section) return;
    const list = place.current?.querySelector<HTMLElement>(".settings-list");
    if (section && list && getComputedStyle(list).display === "none") place.current?.querySelector<HTMLElement>(".settings-title")?.focus();
    else if (!section) list?.querySelector<HTMLElement>(`a[href="/app/settings/${left}"]`)?.focus();
  }, [section]);
  return (
    <div ref={place} class={chosen ? "settings has-section" : "settings"}>
      <div class="settings-panes">
        <List open={open} here={chosen} />
        {open && <Opened key={open.id} section={open} detail={chosen ? detail : ""} isMain={chosen !== undefined} />}
      </div>
    </div>
  );
}

function List({ open, here }: { open: Section | undefined; here: Section | undefined }) {
  const client = useClient();
  const Title = here ? "h2" : "h1";
  return (
    <div class="settings-list">
      <header class="chat-head">
        <button class="round" type="button" aria-label={t("chat.back")} onClick={() => (here ? go("/app") : goBack())}><Icon name="back" /></button>
        <Title>{t("list.settings")}</Title>
      </header>
      <nav aria-label={t("list.settings")}>
        <ul class="pick">
          {shown.map((one) => (
            <li key={one.id}>
              <a class={one === open ? "settings-row open" : "settings-row"} href={`/app/settings/${one.id}`} aria-current={one === here ? "page" : undefined}>
                <Icon name={one.icon} />
                <span>{t(one.title)}</span>
              </a>
            </li>
          ))}
        </ul>
        <p><button type="button" class="secondary danger settings-out" onClick={() => askToDo(t("settings.sign_out_ask"), t("settings.sign_out"), () => void signOut(client))}>{t("settings.sign_out")}</button></p>
      </nav>
    </div>
  );
}

function Opened({ section, detail, isMain }: { section: Section; detail: string; isMain: boolean }) {
  const Title = isMain ? "h1" : "h2";
  return (
    <section class="settings-section" aria-labelledby="settings-title">
      <header class="chat-head">
        <button class={detail ? "round" : "round settings-back"} type="button" aria-label={t("chat.back")} onClick={() => goBack(detail ? `/app/settings/${section.id}` : "/app/settings")}><Icon name="back" /></button>
        <Title id="settings-title" class="settings-title" tabIndex={-1}>{t(section.title)}</Title>
      </header>
      <div class="page">{section.parts.map((Part, at) => <Part key={at} detail={detail} />)}</div>
    </section>
  );
}

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { isAdmin, isMember, isService, mayWrite } from "../../state/names.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import { describe, useClient, useEntity } from "../app/index.tsx";
import { mayAsk, shown } from "../polls/index.tsx";
import { setTimer, timerOf } from "./actions.ts";

const DAY = 86_400;
const PERIODS = [0, DAY, 7 * DAY, 31 * DAY, 365 * DAY];

export function ChatTools({ chat }: { chat: string }) {
  const entity = useEntity(chat);
  if (isService(chat) || !isMember(entity)) return null;
  const mayTime = entity?._ === "user" ? !entity.self && !entity.bot && !entity.deleted : isAdmin(entity);
  return (
    <div class="chat-tools">
      {mayWrite(entity) && <a class="pick-row" href={`/app/c/${chat}/scheduled`}><Icon name="clock" /><span>{t("scheduled.title")}</span></a>}
      {mayAsk(entity) && <button type="button" class="pick-row" onClick={() => (shown.value = { what: "make", chat })}><Icon name="poll" /><span>{t("poll.new")}</span></button>}
      {mayTime && <Timer key={chat} chat={chat} />}
    </div>
  );
}

/** After how long the messages of a chat are deleted, for everybody in it. */
function Timer({ chat }: { chat: string }) {
  const client = useClient();
  const [period, setPeriod] = useState<number | null>(null);
  // One after the other: the last choice is what stays. (A field that is switched off meanwhile would lose the focus.)
  const turn = useRef(Promise.resolve());
  useEffect(() => {
    let over = false;
    timerOf(client, chat).then((found) => over || setPeriod(found), () => {});
    return () => {
      over = true;
    };
  }, [chat]);
  if (period === null) return null;
  const choose = (next: number) => {
    setPeriod(next);
    turn.current = turn.current.then(() => setTimer(client, chat, next)).then(
      () => {},
      async (error: unknown) => {
        alarm(describe(error));
        await timerOf(client, chat).then(setPeriod, () => {});
      },
    );
  };
  const all = PERIODS.includes(period) ? PERIODS : [...PERIODS, period];
  return (
    <label class="pick-row timer">
      <Icon name="trash" />
      <span>{t("timer.title")}<small class="hint">{t("timer.hint")}</small></span>
      <select value={period} onChange={(event) => choose(Number(event.currentTarget.value))}>
        {all.map((one) => <option key={one} value={one}>{one ? t("timer.days", { n: Math.round(one / DAY) }) : t("timer.off")}</option>)}
      </select>
    </label>
  );
}

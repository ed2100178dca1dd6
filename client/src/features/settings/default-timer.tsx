/** After how long messages are deleted in chats that I begin. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { describe, useClient } from "../app/index.tsx";
import { Choice } from "./form.tsx";
import { lasting } from "./number.tsx";
import type { PartProps } from "./sections.ts";

const DAY = 86_400;
const PERIODS = [0, DAY, 7 * DAY, 31 * DAY, 365 * DAY];

export function DefaultTimer({ detail }: PartProps) {
  const { connection } = useClient();
  const [period, setPeriod] = useState<number | null>(null);
  useEffect(() => {
    connection.call("messages.getDefaultHistoryTTL", {}).then((found) => setPeriod(found.period), (error: unknown) => alarm(describe(error)));
  }, []);
  if (detail || period === null) return null;
  const save = async (to: number) => {
    await connection.call("messages.setDefaultHistoryTTL", { period: to });
    setPeriod(to);
  };
  const all = PERIODS.includes(period) ? PERIODS : [...PERIODS, period];
  return (
    <section>
      <h2>{t("timer.default")}</h2>
      <Choice label={t("timer.default_label")} value={period} options={all.map((value) => ({ value, label: value ? lasting(Math.round(value / DAY)) : t("timer.off") }))} onChoose={save} onError={alarm} />
      <p class="hint">{t("timer.default_hint")}</p>
    </section>
  );
}

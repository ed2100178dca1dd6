import { useEffect, useState } from "preact/hooks";
import { alarm } from "../../ui/announcer.ts";
import { OFFLINE, RpcError } from "../../wire/errors.ts";
import { describe } from "./errors.ts";

/** The code of a part that is loaded when it is first wanted. Where it cannot be had, that is said and `giveUp` is called. */
export function useLater<T extends object>(load: () => Promise<T>, wanted: boolean, giveUp: () => void): T | null {
  const [parts, setParts] = useState<T | null>(null);
  useEffect(() => {
    if (!wanted || parts) return;
    load().then(setParts, () => {
      giveUp();
      alarm(describe(new RpcError(OFFLINE, 0)));
    });
  }, [wanted, parts]);
  return wanted ? parts : null;
}

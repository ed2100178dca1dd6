/** A passkey in place of number and code: by the button, or chosen where the browser fills in the field. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Config } from "../../wire/http.ts";
import { isError } from "../../wire/errors.ts";
import { describe } from "../app/index.tsx";
import { fillsIn, hasPasskeys } from "../passkeys/index.tsx";
import type { Step } from "./actions.ts";
import { signInByPasskey } from "./actions.ts";

export interface Passkeys {
  offered: boolean;
  wrong: string;
  /** Ask the browser for one. */
  ask: () => void;
  /** The person turns to the field: let the browser offer those it has there. */
  fill: () => void;
}

export function usePasskeys(config: Config, trusted: boolean, onNext: (step: Step) => void): Passkeys {
  const [wrong, setWrong] = useState("");
  const running = useRef<AbortController | null>(null);
  const chosen = useRef(trusted);
  chosen.current = trusted;
  useEffect(() => () => running.current?.abort(), []);
  const begin = async (fill: boolean) => {
    // One question at a time: the browser refuses a second.
    running.current?.abort();
    const stop = (running.current = new AbortController());
    setWrong("");
    try {
      onNext(await signInByPasskey(() => chosen.current, { fill, stop: stop.signal }));
    } catch (error) {
      // One that was filled in on its own is given up in silence.
      const given = fill && isError(error, "PASSKEY_CANCELLED");
      if (running.current === stop) running.current = null;
      if (!stop.signal.aborted && !given) setWrong(describe(error));
    }
  };
  const offered = config.passkeys && hasPasskeys();
  return {
    offered,
    wrong,
    ask: () => void begin(false),
    fill: () => {
      if (!offered || running.current) return;
      void fillsIn().then((yes) => {
        if (yes && !running.current) void begin(true);
      });
    },
  };
}

/** Recording a voice message: press to start, press to stop, listen, send or drop it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import { alarm } from "../../ui/announcer.ts";
import type { Voice } from "./recorder.ts";
import { canRecord, record } from "./recorder.ts";
import "./voice.css";

export type { Voice } from "./recorder.ts";

type State = { kind: "idle" } | { kind: "recording"; since: number; stop: () => Promise<Voice>; cancel: () => void } | { kind: "done"; voice: Voice; address: string };

export function VoiceButton({ onSend }: { onSend: (voice: Voice) => void }) {
  const [state, setState] = useState<State>({ kind: "idle" });
  const now = useRef(state);
  now.current = state;
  useEffect(() => () => {
    if (now.current.kind === "recording") now.current.cancel();
    if (now.current.kind === "done") URL.revokeObjectURL(now.current.address);
  }, []);
  const begin = async () => {
    if (!canRecord()) return alarm(t("voice.unable"));
    try {
      setState({ kind: "recording", since: Date.now(), ...(await record()) });
    } catch (error) {
      // Else there is none, or another program has it.
      alarm(t(error instanceof DOMException && error.name === "NotAllowedError" ? "voice.refused" : "voice.missing"));
    }
  };
  const end = async () => {
    if (state.kind !== "recording") return;
    try {
      const voice = await state.stop();
      setState({ kind: "done", voice, address: URL.createObjectURL(voice.file) });
    } catch {
      setState({ kind: "idle" });
      alarm(t("voice.unable"));
    }
  };
  const drop = () => {
    if (state.kind === "recording") state.cancel();
    setState({ kind: "idle" });
  };
  if (state.kind === "idle") {
    return <button class="round" type="button" aria-label={t("voice.record")} onClick={begin}><Icon name="microphone" /></button>;
  }
  return (
    <div class="voice" role="group" aria-label={t("media.voice")}>
      <button class="round" type="button" aria-label={t("voice.drop")} onClick={drop}><Icon name="trash" /></button>
      {state.kind === "recording" ? <Clock since={state.since} /> : <audio controls src={state.address} aria-label={t("media.voice")} />}
      {state.kind === "recording" ? (
        <button class="round stop" type="button" aria-label={t("voice.stop")} onClick={end}><Icon name="stop" /></button>
      ) : (
        <button class="round send" type="button" aria-label={t("voice.send")} onClick={() => (onSend(state.voice), setState({ kind: "idle" }))}><Icon name="send" /></button>
      )}
    </div>
  );
}

function Clock({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return <span class="voice-clock"><span class="voice-dot" />{Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}</span>;
}

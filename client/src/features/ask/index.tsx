/** Ask before something is done that cannot be undone: the client's own dialog. */
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";

export interface Answer {
  label: string;
  danger?: boolean;
  act: () => void;
}
export interface Question {
  title: string;
  /** What follows from it. */
  text?: string;
  answers: readonly Answer[];
}

const asked = signal<Question | null>(null);

/** Ask; one of the answers is carried out, or none. */
export function ask(question: Question): void {
  asked.value = question;
}

/** Ask whether to do what `label` says; not `danger`: nothing is lost by it. */
export function askToDo(title: string, label: string, act: () => void, danger = true): void {
  ask({ title, answers: [{ label, danger, act }] });
}

export function AskDialog() {
  const question = asked.value;
  return question && <Asked key={question.title} question={question} />;
}

function Asked({ question }: { question: Question }) {
  const first = useRef<HTMLButtonElement>(null);
  // The answer to the key that has asked, as in the browser's own boxes.
  useLayoutEffect(() => first.current?.focus(), []);
  const close = () => (asked.value = null);
  const choose = (answer: Answer) => {
    close();
    // Once the dialog has given the focus back.
    setTimeout(answer.act);
  };
  const cancel = <button class="secondary" type="button" onClick={close}>{t("composer.cancel")}</button>;
  // Several answers stand below each other, the way out last.
  const several = question.answers.length > 1;
  return (
    <Dialog title={question.title} closeLabel={t("dialog.close")} onClose={close}>
      {question.text && <p>{question.text}</p>}
      <div class={several ? "dialog-acts several" : "dialog-acts"}>
        {!several && cancel}
        {question.answers.map((one, at) => (
          <button key={one.label} ref={at === 0 ? first : null} class={one.danger ? "primary danger" : at ? "secondary" : "primary"} type="button" onClick={() => choose(one)}>{one.label}</button>
        ))}
        {several && cancel}
      </div>
    </Dialog>
  );
}

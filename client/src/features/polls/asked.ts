/** A poll as it is written down, and whether it can be asked. Pure. */
import type { InputMedia } from "../../wire/schema.d.ts";

export interface Draft {
  question: string;
  options: readonly string[];
  anonymous: boolean;
  multiple: boolean;
  quiz: boolean;
  /** Of a quiz: which of the options is right; -1: none yet. */
  right: number;
  explanation: string;
  /** When it closes, unix time; 0: when somebody closes it. */
  closes: number;
}

export const EMPTY: Draft = { question: "", options: ["", ""], anonymous: true, multiple: false, quiz: false, right: -1, explanation: "", closes: 0 };
export const LEAST = 2;
export const MOST = 12;
export const QUESTION = 255;
export const OPTION = 100;
export const EXPLANATION = 200;
/** For how long one can be open, seconds. */
export const OPEN = [5, 2_628_000] as const;

/** One more field as soon as the last has something in it, and none empty in between on the way there. */
export function withRoom(options: readonly string[]): string[] {
  const filled = options.length;
  return options.at(-1)?.trim() && filled < MOST ? [...options, ""] : [...options];
}

/** The options that say something, with where they stood. */
export function filled(options: readonly string[]): { text: string; at: number }[] {
  return options.map((text, at) => ({ text: text.trim(), at })).filter((one) => one.text);
}

export type Fault = "question" | "options" | "twice" | "right" | "closes";

/** Why it cannot be asked, or null. */
export function faultOf(draft: Draft, now: number): Fault | null {
  const options = filled(draft.options);
  if (!draft.question.trim()) return "question";
  if (options.length < LEAST) return "options";
  if (new Set(options.map((one) => one.text)).size < options.length) return "twice";
  if (draft.quiz && !options.some((one) => one.at === draft.right)) return "right";
  const left = draft.closes - now;
  return draft.closes && (left < OPEN[0] || left > OPEN[1]) ? "closes" : null;
}

/** As a message holds it. */
export function mediaOf(draft: Draft): InputMedia {
  const plain = (text: string) => ({ _: "textWithEntities" as const, text, entities: [] });
  const options = filled(draft.options);
  return {
    _: "inputMediaPoll",
    poll: {
      _: "poll",
      id: "0",
      hash: "0",
      question: plain(draft.question.trim()),
      answers: options.map(({ text }, at) => ({ _: "pollAnswer" as const, text: plain(text), option: btoa(String(at)) })),
      ...(draft.anonymous ? {} : { public_voters: true }),
      ...(draft.multiple && !draft.quiz ? { multiple_choice: true } : {}),
      ...(draft.quiz ? { quiz: true } : {}),
      ...(draft.closes ? { close_date: draft.closes } : {}),
    },
    ...(draft.quiz ? { correct_answers: [options.findIndex((one) => one.at === draft.right)] } : {}),
    ...(draft.quiz && draft.explanation.trim() ? { solution: draft.explanation.trim(), solution_entities: [] } : {}),
  };
}

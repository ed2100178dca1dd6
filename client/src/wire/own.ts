/** Methods that Telegram has no words for, beside those of the schema. */
import type { Methods as Served, auth_SentCode } from "./schema.d.ts";

export interface Methods extends Served {
  "petitbleu.sendCode": { params: { who: string }; result: petitbleu_sentCode };
}
export interface petitbleu_sentCode {
  _: "petitbleu.sentCode";
  /** What `auth.signIn` takes for a number. */
  alias: string;
  sent: auth_SentCode;
}

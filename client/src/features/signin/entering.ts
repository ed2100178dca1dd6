/** The end of each way in, whether or not its answer arrives. */
import { persist } from "../../wire/again.ts";
import type { Patience } from "../../wire/again.ts";
import { isError } from "../../wire/errors.ts";
import { loadSession, rotate } from "../../wire/http.ts";
import type { auth_Authorization } from "../../wire/schema.d.ts";
import type { Step } from "./actions.ts";

/** What follows on the answer to a call that signs in. */
export async function entered(found: auth_Authorization, about: { number: string; hash: string; trusted: boolean }): Promise<Step> {
  if (found._ === "auth.authorizationSignUpRequired") {
    return { kind: "name", ...about, terms: found.terms_of_service ?? null };
  }
  await loadSession();
  if (about.trusted) await rotate(true);
  return { kind: "done" };
}

/**
 * Make a call that signs in. Where no answer comes it may have been carried out all the same, which the session knows;
 * where it was not, it is made again. `isHalfway`: the first of two proofs was given before.
 */
export function surely(act: () => Promise<Step>, trusted: () => boolean, how: Patience & { isHalfway?: boolean } = {}): Promise<Step> {
  return persist(async (turn) => {
    const there = turn ? await reached(trusted(), how.isHalfway ?? false) : null;
    if (there) return there;
    try {
      return await act();
    } catch (error) {
      if (!isError(error, "SESSION_PASSWORD_NEEDED")) throw error;
      await loadSession();
      return { kind: "password", trusted: trusted() };
    }
  }, how);
}

/** How far the session has come; null: not further than before. */
async function reached(trusted: boolean, isHalfway: boolean): Promise<Step | null> {
  const { state } = await loadSession();
  if (state === "password" && !isHalfway) return { kind: "password", trusted };
  if (state !== "signed-in") return null;
  if (trusted) await rotate(true);
  return { kind: "done" };
}

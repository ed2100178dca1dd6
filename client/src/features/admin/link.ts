/** What a link into a chat is. Pure. */
import type { chatInviteExported } from "../../wire/schema.d.ts";

export type Link = chatInviteExported;

/** The part of a link that tells it from others; it names its screen. */
export function hashOf(link: string): string {
  return /\/\+?([\w-]+)\/?$/.exec(link)?.[1] ?? "";
}

/** What can be said of a link in one word. */
export type LinkState = "revoked" | "expired" | "full" | "open";
export function stateOf(link: Link, now: number): LinkState {
  if (link.revoked) return "revoked";
  if (link.expire_date && link.expire_date <= now) return "expired";
  return link.usage_limit && (link.usage ?? 0) >= link.usage_limit ? "full" : "open";
}

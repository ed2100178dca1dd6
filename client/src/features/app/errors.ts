/** Errors of the server in words. */
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import { RpcError } from "../../wire/errors.ts";

const SENTENCES: Record<string, Key> = {
  OFFLINE: "error.offline",
  PORTAL: "error.portal",
  UNAVAILABLE: "error.unavailable",
  UNSURE: "error.unsure",
  FLOOD_WAIT_X: "error.wait",
  SLOWMODE_WAIT_X: "error.slow_mode",
  PHONE_NUMBER_INVALID: "error.number",
  PHONE_NUMBER_UNOCCUPIED: "error.nobody",
  PHONE_NUMBER_BANNED: "error.suspended",
  USER_DEACTIVATED_BAN: "error.suspended",
  SIGNUP_DISABLED: "error.sign_up_closed",
  PHONE_CODE_INVALID: "error.code",
  PHONE_CODE_EMPTY: "error.code",
  PHONE_CODE_EXPIRED: "error.code_expired",
  PASSWORD_HASH_INVALID: "error.password",
  FIRSTNAME_INVALID: "error.name",
  CHAT_WRITE_FORBIDDEN: "error.write_forbidden",
  CHAT_SEND_PLAIN_FORBIDDEN: "error.write_forbidden",
  USER_BANNED_IN_CHANNEL: "error.write_forbidden",
  CHAT_ADMIN_REQUIRED: "error.admins_only",
  USER_IS_BLOCKED: "error.blocked",
  YOU_BLOCKED_USER: "error.you_blocked",
  USER_PRIVACY_RESTRICTED: "error.privacy",
  PEER_FLOOD: "error.wait_long",
  MESSAGE_TOO_LONG: "error.too_long",
  MESSAGE_EDIT_TIME_EXPIRED: "error.edit_late",
  MESSAGE_ID_INVALID: "error.gone",
  MESSAGE_NOT_MODIFIED: "error.not_modified",
  INVITE_HASH_EXPIRED: "error.invite_expired",
  INVITE_HASH_INVALID: "error.invite_expired",
  INVITE_REQUEST_SENT: "error.request_sent",
  USERS_TOO_MUCH: "error.full",
  CHANNEL_PRIVATE: "error.private",
  CHANNELS_TOO_MUCH: "error.too_many_chats",
  INPUT_FETCH_ERROR: "error.new_version",
  FILE_REFERENCE_EXPIRED: "error.gone",
  FRESH_RESET_AUTHORISATION_FORBIDDEN: "error.fresh_device",
  AUTH_TOKEN_EXPIRED: "error.token_expired",
  AUTH_TOKEN_INVALIDX: "link.wrong",
  AUTH_TOKEN_ALREADY_ACCEPTED: "error.token_expired",
  EMAIL_UNCONFIRMED: "error.number",
  FROZEN_METHOD_INVALID: "error.frozen",
  FILE_CHANGED: "error.file_changed",
  FILE_OTHER: "error.file_other",
  STORAGE_FULL: "error.storage_full",
};

/** A sentence for people. */
export function describe(error: { kind: string; code: number; value: number; incident: string } | unknown): string {
  const found = isForm(error) ? error : new RpcError("INTERNAL", 500);
  const key = SENTENCES[found.kind];
  if (key) return t(key, { seconds: found.value });
  if (found.code === 403) return t("error.forbidden", { name: found.kind });
  if (found.code === 420) return t("error.wait", { seconds: found.value });
  if (found.code >= 500) return t("error.internal", { incident: found.incident || "–" });
  return t("error.other", { name: found.kind });
}

function isForm(error: unknown): error is { kind: string; code: number; value: number; incident: string } {
  return typeof error === "object" && error !== null && "kind" in error && "code" in error;
}

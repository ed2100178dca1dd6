/** The calls about one's own account. */
import type { Client } from "../../state/client.ts";
import { isError, RpcError } from "../../wire/errors.ts";
import type { Birthday, inputCheckPasswordSRP, UserFull } from "../../wire/schema.d.ts";
import { randomFileId, upload } from "../../wire/upload.ts";

const SELF = { _: "inputUserSelf" } as const;
/** Of a picture of a person: the server keeps no larger one. */
export const PHOTO_SIDE = 1280;

/** What only the full view of a person has. */
export async function loadSelf(client: Client): Promise<UserFull> {
  const found = await client.connection.call("users.getFullUser", { id: SELF });
  client.store.putEntities(found.users, found.chats);
  return found.full_user;
}

async function renew(client: Client): Promise<void> {
  client.store.putEntities(await client.connection.call("users.getUsers", { id: [SELF] }), []);
}

export async function saveNames(client: Client, names: { first_name: string; last_name: string; about: string }): Promise<void> {
  client.store.putEntities([await client.connection.call("account.updateProfile", names)], []);
}

export async function saveUsername(client: Client, username: string): Promise<void> {
  try {
    client.store.putEntities([await client.connection.call("account.updateUsername", { username })], []);
  } catch (error) {
    if (isError(error, "USERNAME_INVALID")) throw new RpcError("USERNAME_FORM", 400);
    if (!isError(error, "USERNAME_NOT_MODIFIED")) throw error;
  }
}

/** Whether a name is free: "" where it is, else the name of the error. */
export async function checkUsername(client: Client, username: string): Promise<string> {
  try {
    return (await client.connection.call("account.checkUsername", { username })) ? "" : "USERNAME_OCCUPIED";
  } catch (error) {
    if (isError(error, "USERNAME_INVALID", "USERNAME_OCCUPIED", "USERNAME_PURCHASE_AVAILABLE")) return error.kind;
    throw error;
  }
}

export async function savePhoto(client: Client, picture: Blob): Promise<void> {
  const hooks = { stop: new AbortController().signal, progress: () => {} };
  const file = await upload(new File([picture], "photo.jpg"), randomFileId(), client.config.limits, hooks);
  const { users } = await client.connection.call("photos.uploadProfilePhoto", { file });
  client.store.putEntities(users, []);
  await renew(client);
}

/** The present picture goes; an earlier one is not shown in its place. */
export async function removePhoto(client: Client): Promise<void> {
  await client.connection.call("photos.updateProfilePhoto", { id: { _: "inputPhotoEmpty" } });
  await renew(client);
}

export async function saveBirthday(client: Client, birthday: Birthday | null): Promise<void> {
  await client.connection.call("account.updateBirthday", birthday ? { birthday } : {});
}

/** The part of a picture that is shown: a square of its shorter side; `place` 0 to 1 along the longer one. */
export function squareOf(width: number, height: number, place: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  return { x: Math.round((width - side) * place), y: Math.round((height - side) * place), side };
}

/** A day as the server takes it, or why not: the day and month are needed, the year is not. */
export function birthdayOf(day: string, month: string, year: string): Birthday | null | "wrong" {
  if (!day && !month && !year) return null;
  const [d, m, y] = [Number(day), Number(month), Number(year)];
  const date = new Date(Date.UTC(year ? y : 2000, m - 1, d));
  if (!d || !m || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return "wrong";
  if (year && (!/^\d{4}$/.test(year) || y < 1900 || date.getTime() > Date.now())) return "wrong";
  return { _: "birthday", day: d, month: m, ...(year ? { year: y } : {}) };
}

export interface PhoneCode {
  phone: string;
  hash: string;
}

/** Send a code to the number that the account is to have. */
export async function sendPhoneCode(client: Client, phone_number: string): Promise<PhoneCode> {
  const asked = { phone_number, settings: { _: "codeSettings" as const } };
  const sent = await client.connection.call("account.sendChangePhoneCode", asked);
  return { phone: phone_number, hash: sent._ === "auth.sentCode" ? sent.phone_code_hash : "" };
}

export async function changePhone(client: Client, { phone, hash }: PhoneCode, phone_code: string): Promise<void> {
  const user = await client.connection.call("account.changePhone", { phone_number: phone, phone_code_hash: hash, phone_code });
  client.store.putEntities([user], []);
}

/** Delete the account now, or, without its password, on a day: unix seconds, 0 where it is done. */
export async function deleteAccount(client: Client, password: inputCheckPasswordSRP | null): Promise<number> {
  try {
    await client.connection.call("account.deleteAccount", { reason: "", ...(password ? { password } : {}) });
    return 0;
  } catch (error) {
    if (!isError(error, "2FA_CONFIRM_WAIT_X")) throw error;
    return client.store.now() + error.value;
  }
}

/** The proof of a password that never leaves the page (core.telegram.org/api/srp). */
import type { account_Password, inputCheckPasswordSRP, PasswordKdfAlgo } from "./schema.d.ts";

/** The one prime that the server uses; another is refused. */
const PRIME =
  "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4db" +
  "fa336f6e0ac925139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64" +
  "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b41" +
  "0dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4" +
  "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee2e4e15d04b2454bf" +
  "6f4fadf034b10403119cd8e3b92fcc5b";
const SIZE = 256;
const ROUNDS = 100_000;
/** Bytes that the page adds to a salt. */
const SALT = 32;

/** The password is checked against parameters that this page does not know. */
export class UnknownAlgorithm extends Error {}

/** What `auth.checkPassword` takes. `random`: 256 bytes, for tests. */
export async function prove(
  password: string,
  asked: account_Password,
  random = crypto.getRandomValues(new Uint8Array(SIZE)),
): Promise<inputCheckPasswordSRP> {
  const { p, g, salt1, salt2 } = known(asked.current_algo);
  const [pBytes, gBytes] = [bytes(p), bytes(g)];
  const gB = number(fromBase64(asked.srp_B ?? ""));
  if (gB <= 1n || gB >= p - 1n) throw new UnknownAlgorithm();
  const a = number(random);
  const [gaBytes, gbBytes] = [bytes(power(g, a, p)), bytes(gB)];
  const k = number(await hash(pBytes, gBytes));
  const u = number(await hash(gaBytes, gbBytes));
  const x = number(await stretched(password, salt1, salt2));
  const t = (((gB - k * power(g, x, p)) % p) + p) % p;
  const key = await hash(bytes(power(t, a + u * x, p)));
  const mixed = await hash(pBytes);
  (await hash(gBytes)).forEach((byte, at) => (mixed[at] = (mixed[at] ?? 0) ^ byte));
  const proof = await hash(mixed, await hash(salt1), await hash(salt2), gaBytes, gbBytes, key);
  return {
    _: "inputCheckPasswordSRP",
    srp_id: asked.srp_id ?? "0",
    A: toBase64(gaBytes),
    M1: toBase64(proof),
  };
}

/** What the server keeps of a new password: `salt1` grows by bytes of the page's own. `random`: 32 bytes, for tests. */
export async function verifier(
  password: string,
  algo: PasswordKdfAlgo,
  random = crypto.getRandomValues(new Uint8Array(SALT)),
): Promise<{ new_algo: PasswordKdfAlgo; new_password_hash: string }> {
  const { p, g, salt1, salt2, form } = known(algo);
  const salted = new Uint8Array([...salt1, ...random]);
  const x = number(await stretched(password, salted, salt2));
  return { new_algo: { ...form, salt1: toBase64(salted) }, new_password_hash: toBase64(bytes(power(g, x, p))) };
}

/** The parameters as numbers. Throws UnknownAlgorithm for any but the ones this page knows. */
function known(form: PasswordKdfAlgo | undefined) {
  if (form?._ !== "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow") throw new UnknownAlgorithm();
  const p = number(fromBase64(form.p));
  if (p !== BigInt(`0x${PRIME}`) || form.g !== 3) throw new UnknownAlgorithm();
  return { p, g: BigInt(form.g), salt1: fromBase64(form.salt1), salt2: fromBase64(form.salt2), form };
}

async function stretched(password: string, salt1: Uint8Array, salt2: Uint8Array) {
  const plain = new TextEncoder().encode(password);
  const first = await hash(salt2, await hash(salt1, plain, salt1), salt2);
  const key = await crypto.subtle.importKey("raw", first, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-512", salt: salt1 as BufferSource, iterations: ROUNDS };
  const slow = new Uint8Array(await crypto.subtle.deriveBits(how, key, 512));
  return hash(salt2, slow, salt2);
}

async function hash(...parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function number(data: Uint8Array): bigint {
  let hex = "0x0";
  for (const byte of data) hex += byte.toString(16).padStart(2, "0");
  return BigInt(hex);
}

function bytes(value: bigint): Uint8Array {
  const hex = value.toString(16).padStart(SIZE * 2, "0");
  return Uint8Array.from({ length: SIZE }, (_, at) => parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

/** Bytes of base64. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

/** Base64 of bytes. */
export function toBase64(data: Uint8Array): string {
  let text = "";
  for (const byte of data) text += String.fromCharCode(byte);
  return btoa(text);
}

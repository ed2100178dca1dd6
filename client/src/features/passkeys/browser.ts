/** The browser's own dialogs of passkeys: what the server asks for, as it takes it, and what it answers, as the server takes it. */
import { RpcError } from "../../wire/errors.ts";
import type { DataJSON, InputPasskeyCredential } from "../../wire/schema.d.ts";

interface Named {
  id: string;
}

/** Whether this browser has passkeys at all. */
export function hasPasskeys(): boolean {
  return "PublicKeyCredential" in globalThis && "credentials" in navigator;
}

/** Whether it offers them in the list of what can be filled in. */
export async function fillsIn(): Promise<boolean> {
  if (!hasPasskeys()) return false;
  return (await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false)) ?? false;
}

/** Have a passkey made. Rejects with RpcError. */
export async function make(options: DataJSON): Promise<InputPasskeyCredential> {
  const { publicKey } = JSON.parse(options.data) as { publicKey: { challenge: string; user: Named; excludeCredentials: Named[] } };
  const asked = {
    ...publicKey,
    challenge: bytesOf(publicKey.challenge),
    user: { ...publicKey.user, id: bytesOf(publicKey.user.id) },
    excludeCredentials: publicKey.excludeCredentials.map(described),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await said(navigator.credentials.create({ publicKey: asked }))) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    _: "inputPasskeyCredentialPublicKey",
    id: made.id,
    raw_id: made.id,
    response: { _: "inputPasskeyResponseRegister", client_data: text(response.clientDataJSON), attestation_data: base64(response.attestationObject) },
  };
}

/** Have a passkey sign; `fill`: where the person chooses one of those that can be filled in. Rejects with RpcError. */
export async function sign(options: DataJSON, how: { fill: boolean; stop: AbortSignal }): Promise<InputPasskeyCredential> {
  const { publicKey } = JSON.parse(options.data) as { publicKey: { challenge: string; allowCredentials?: Named[] } };
  const asked = {
    ...publicKey,
    challenge: bytesOf(publicKey.challenge),
    allowCredentials: (publicKey.allowCredentials ?? []).map(described),
  } as unknown as PublicKeyCredentialRequestOptions;
  const mediation = how.fill ? ("conditional" as CredentialMediationRequirement) : "optional";
  const signed = (await said(navigator.credentials.get({ publicKey: asked, mediation, signal: how.stop }))) as PublicKeyCredential;
  const response = signed.response as AuthenticatorAssertionResponse;
  return {
    _: "inputPasskeyCredentialPublicKey",
    id: signed.id,
    raw_id: signed.id,
    response: {
      _: "inputPasskeyResponseLogin",
      client_data: text(response.clientDataJSON),
      authenticator_data: base64(response.authenticatorData),
      signature: base64(response.signature),
      user_handle: new TextDecoder().decode(response.userHandle ?? new ArrayBuffer(0)),
    },
  };
}

/** What went wrong in the browser's dialog, as the errors of the server are. */
const FAULTS: Record<string, string> = {
  AbortError: "PASSKEY_CANCELLED",
  InvalidStateError: "PASSKEY_THERE",
  NotAllowedError: "PASSKEY_CANCELLED",
  NotSupportedError: "PASSKEY_UNSUPPORTED",
  SecurityError: "PASSKEY_ORIGIN_MISMATCH",
};

async function said(dialog: Promise<Credential | null>): Promise<Credential> {
  try {
    const found = await dialog;
    if (found) return found;
  } catch (error) {
    const name = error instanceof Error || error instanceof DOMException ? error.name : "";
    throw new RpcError(FAULTS[name] ?? "PASSKEY_UNSUPPORTED", 400);
  }
  throw new RpcError("PASSKEY_CANCELLED", 400);
}

function described({ id }: Named) {
  return { type: "public-key", id: bytesOf(id) };
}

/** base64url -> bytes. */
export function bytesOf(encoded: string): Uint8Array<ArrayBuffer> {
  const plain = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

/** Bytes -> base64, as `bytes` of the schema are written. */
function base64(data: ArrayBuffer): string {
  return btoa(Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join(""));
}

function text(data: ArrayBuffer): DataJSON {
  return { _: "dataJSON", data: new TextDecoder().decode(data) };
}

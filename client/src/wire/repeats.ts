/** Which calls may be made once more when it is not known whether they were carried out. */
import type { Query } from "./frames.ts";

const HARMLESS =
  /\.(get|search|check|resolve|read|saveDraft|setTyping|updateStatus|toggleDialogPin|markDialogUnread|editPeerFolders|updateNotifySettings)/;
/**
 * Set a value or find it done (docs/developers/repeated-calls.md). Made again much later, they would undo what another
 * device has changed meanwhile.
 */
export const SOON: ReadonlySet<string> = new Set([
  "account.changeAuthorizationSettings", "account.registerDevice", "account.setAccountTTL",
  "account.setAuthorizationTTL", "account.setGlobalPrivacySettings", "account.setPrivacy", "account.unregisterDevice",
  "account.updateBirthday", "account.updateProfile", "channels.deleteMessages", "channels.editAdmin",
  "channels.editBanned", "channels.editTitle", "channels.setDiscussionGroup", "channels.toggleAntiSpam",
  "channels.toggleJoinRequest", "channels.toggleJoinToSend", "channels.toggleParticipantsHidden",
  "channels.togglePreHistoryHidden", "channels.toggleSignatures", "channels.toggleSlowMode", "contacts.addContact",
  "contacts.block", "contacts.deleteContacts", "contacts.importContacts", "contacts.unblock",
  "messages.deleteMessages", "messages.deleteScheduledMessages", "messages.editChatAbout", "messages.editChatAdmin",
  "messages.editChatDefaultBannedRights", "messages.editChatParticipantRank", "messages.editChatTitle",
  "messages.editExportedChatInvite", "messages.editMessage", "messages.reorderPinnedDialogs",
  "messages.saveDefaultSendAs", "messages.sendReaction", "messages.sendVote", "messages.setDefaultHistoryTTL",
  "messages.setHistoryTTL", "messages.toggleNoForwards", "messages.toggleSavedDialogPin",
  "messages.updateDialogFilter", "messages.updateDialogFiltersOrder", "messages.updatePinnedMessage",
  "messages.uploadMedia", "petitbleu.addCorrection", "petitbleu.approve", "petitbleu.deleteCorrection",
  "petitbleu.discardEdit", "petitbleu.setAlt", "petitbleu.setAuthor", "petitbleu.setDomain", "petitbleu.setIdentity",
  "petitbleu.setLogo", "petitbleu.setPage", "petitbleu.setPreview", "photos.updateProfilePhoto",
  "photos.uploadProfilePhoto",
]);

/** Whether a call does its work only once however often it is made; `soon`: within a moment of the first. */
export function isRepeatable(q: Query, soon: boolean): boolean {
  return "random_id" in q || HARMLESS.test(q._) || (soon && SOON.has(q._));
}

/** How a call that is made again is refused where the first was carried out: its updates come by themselves. */
export function isDone(kind: string): boolean {
  return kind === "MESSAGE_NOT_MODIFIED" || kind === "CHAT_NOT_MODIFIED";
}

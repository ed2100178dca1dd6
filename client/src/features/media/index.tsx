/** Pictures, files, voice and video in messages; sending them. */
export { Media } from "./media.tsx";
export { AttachButton, pastedFiles, UploadRows, useUploads } from "./attach.tsx";
export { ChosenFiles } from "./chosen.tsx";
export type { Uploads } from "./attach.tsx";
export { mediaKey } from "./keys.ts";
export { addressOf, sizeFor } from "./address.ts";
export { itemOf } from "./gallery.ts";
export { viewed, Viewer } from "./viewer.tsx";

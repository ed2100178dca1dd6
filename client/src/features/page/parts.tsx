export { DescribeDialog } from "./describe.tsx";
export { PageDialog } from "./dialog.tsx";
export { IdentityDialog } from "./identity.tsx";
export { PostDialog } from "./post.tsx";

export { AuthorDialog } from "./author.tsx";
export { CorrectDialog } from "./correct.tsx";
export { DescribeDialog } from "./describe.tsx";
export { PageDialog } from "./dialog.tsx";
export { IdentityDialog } from "./identity.tsx";
export { PostDialog } from "./post.tsx";

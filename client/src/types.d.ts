declare module "*.css" {}

declare module "*.json?rest" {
  const words: Record<string, string>;
  export default words;
}
declare module "*.json?more" {
  const words: Record<string, string>;
  export default words;
}
declare module "emoji:*" {
  const packed: string;
  export default packed;
}

/** What the web client calls itself where Telegram's apps name the number they were given. */
export const APP = { api_id: 1, api_hash: "" };

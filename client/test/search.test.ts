/** What a search asks for, page by page, and the days of a calendar. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { conditions, isAsked, kindsOf, limits, NOTHING, secondOf } from "../src/features/search/asked.ts";
import { moved, numberOf, weeksOf, written } from "../src/features/search/months.ts";
import { countsOf, length, linksIn } from "../src/features/shared-media/kinds.ts";
import { placesOf } from "../src/state/find.ts";
import { Paged } from "../src/state/paged.ts";

test("a question is asked when it says enough", () => {
  assert.ok(!isAsked(NOTHING));
  assert.ok(!isAsked({ ...NOTHING, text: "a" }));
  assert.ok(isAsked({ ...NOTHING, text: "ab" }));
  assert.ok(isAsked({ ...NOTHING, kind: "photos" }));
  assert.ok(isAsked({ ...NOTHING, from: "u1" }));
  assert.ok(!isAsked({ ...NOTHING, where: "groups" }));
  assert.equal(conditions({ ...NOTHING, kind: "files", since: "2026-01-01", where: "groups" }), 3);
});

test("pinned messages and mentions are looked for in one chat only", () => {
  assert.ok(kindsOf(true).includes("pinned"));
  assert.deepEqual(kindsOf(false).filter((one) => one === "pinned" || one === "mentions"), []);
});

test("days are whole days here, the last one too", () => {
  const { min_date, max_date } = limits({ ...NOTHING, since: "2026-11-29", until: "2026-11-29" });
  assert.equal(new Date(min_date * 1000).getHours(), 0);
  assert.equal(new Date(max_date * 1000).getDate(), 29);
  assert.equal(new Date((max_date + 1) * 1000).getDate(), 30);
  assert.deepEqual(limits(NOTHING), { min_date: 0, max_date: 0 });
  for (const wrong of ["", "x", "2026-1-1", "29/11/2026"]) assert.equal(secondOf(wrong), 0);
  assert.equal(secondOf("1969-12-30"), 0);
});

test("a month has its weeks", () => {
  const november = { year: 2026, month: 10 };
  // 1 November 2026 is a Sunday.
  assert.deepEqual(weeksOf(november, 1)[0], [0, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual(weeksOf(november, 0)[0], [1, 2, 3, 4, 5, 6, 7]);
  for (let by = -40; by < 40; by++) {
    const month = moved(november, by);
    const days = weeksOf(month, 1).flat().filter(Boolean);
    assert.deepEqual(days, days.map((_, at) => at + 1));
    assert.equal(numberOf(moved(month, 1), 1) - numberOf(month, 1), days.length);
    assert.ok(written(month, 1).endsWith("-01"));
  }
});

test("words are found as they are written", () => {
  assert.deepEqual(placesOf("Été, ete et ÉTÉ", "été"), [[0, 3], [5, 8], [12, 15]]);
  assert.deepEqual(placesOf("a 😀 héllo", "hello"), [[5, 10]]);
  assert.deepEqual(placesOf("ab cd", "cd ab"), [[0, 2], [3, 5]]);
  assert.deepEqual(placesOf("e\u0301te", "ete"), [[0, 4]]);
  assert.deepEqual(placesOf("nothing", "else"), []);
  assert.deepEqual(placesOf("nothing", "  "), []);
});

test("ten thousand are fetched as far as somebody looks", async () => {
  let calls = 0;
  const paged = new Paged<number>(async (last, count) => {
    calls++;
    const from = last ?? 10_000;
    assert.equal(count, 10_000 - from);
    const items = Array.from({ length: 50 }, (_, at) => from - 1 - at).filter((one) => one >= 0);
    return { items, total: 10_000, end: from - 50 <= 0 };
  });
  await Promise.all([paged.more(), paged.more()]);
  assert.deepEqual([calls, paged.items.value.length, paged.total.value, paged.state.value], [1, 50, 10_000, "idle"]);
  while (paged.state.value === "idle") await paged.more();
  assert.deepEqual([calls, paged.items.value.length, paged.state.value], [200, 10_000, "done"]);
  await paged.more();
  assert.equal(calls, 200);
  paged.drop((one) => one % 2 === 0);
  assert.deepEqual([paged.items.value.length, paged.total.value], [5000, 5000]);
});

test("a page that failed is asked for again, one that came too late is not taken", async () => {
  let works = false;
  const paged = new Paged<number>(async () => {
    if (!works) throw new Error("no");
    return { items: [1], total: 1, end: true };
  });
  await paged.more();
  assert.equal(paged.state.value, "failed");
  works = true;
  await paged.more();
  assert.deepEqual([paged.state.value, paged.items.value], ["done", [1]]);
  const late = new Paged<number>(async () => ({ items: [1], total: 1, end: false }));
  const asked = late.more();
  late.stop();
  await asked;
  assert.deepEqual(late.items.value, []);
  const empty = new Paged<number>(async () => ({ items: [], total: 5, end: false }));
  await empty.more();
  assert.equal(empty.state.value, "done");
});

test("links of a message, each once and only pages", () => {
  const text = "See example.org and here, or javascript:alert(1)";
  const at = (words: string) => ({ offset: text.indexOf(words), length: words.length });
  const entities = [
    { _: "messageEntityUrl", ...at("example.org") },
    { _: "messageEntityTextUrl", ...at("here"), url: "https://example.org/" },
    { _: "messageEntityUrl", ...at("javascript:alert(1)") },
    { _: "messageEntityBold", ...at("See") },
  ];
  assert.deepEqual(linksIn(text, entities), [{ href: "https://example.org/", shown: "example.org" }]);
  assert.deepEqual(linksIn("http://a.example/x", []), [{ href: "http://a.example/x", shown: "http://a.example/x" }]);
  assert.deepEqual(linksIn("nothing", []), []);
});

test("tabs stand where there is something", () => {
  const counters = [
    { _: "messages.searchCounter" as const, filter: { _: "inputMessagesFilterPhotoVideo" as const }, count: 3 },
    { _: "messages.searchCounter" as const, filter: { _: "inputMessagesFilterUrl" as const }, count: 0 },
    { _: "messages.searchCounter" as const, filter: { _: "inputMessagesFilterRoundVoice" as const }, count: 1 },
  ];
  assert.deepEqual(countsOf(counters), [["media", 3], ["voice", 1]]);
  assert.deepEqual([7, 725, 3723, -1].map(length), ["0:07", "12:05", "1:02:03", "0:00"]);
});

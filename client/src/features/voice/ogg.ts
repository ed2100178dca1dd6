/**
 * Browsers record Opus in WebM, voice notes are Opus in Ogg: the same packets in other boxes. Pure.
 * WebM: RFC 8794 (EBML) and Matroska; Ogg: RFC 3533, Opus in it: RFC 7845.
 */
const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const CODEC_PRIVATE = 0x63a2;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const NESTED = new Set([SEGMENT, CLUSTER, TRACKS, TRACK_ENTRY, BLOCK_GROUP]);
const SAMPLES = 48_000;
const PAGE_PACKETS = 50;
const SERIAL = 0x7062;

export interface Recording {
  head: Uint8Array;
  packets: Uint8Array[];
}

/** The Opus packets of a WebM file. Throws RangeError where it is cut or none. */
export function readWebm(data: Uint8Array): Recording {
  const found: Recording = { head: new Uint8Array(0), packets: [] };
  walk(data, 0, data.length, found);
  if (!found.packets.length || !found.head.length) throw new RangeError("no Opus in it");
  return found;
}

function walk(data: Uint8Array, from: number, to: number, found: Recording): void {
  let at = from;
  while (at < to) {
    const id = variable(data, at, false);
    const size = variable(data, at + id.length, true);
    const start = at + id.length + size.length;
    // A recording that is streamed does not know how long its parts are.
    const end = size.value < 0 ? to : Math.min(to, start + size.value);
    if (NESTED.has(id.value)) walk(data, start, end, found);
    else if (id.value === CODEC_PRIVATE) found.head = data.slice(start, end);
    else if (id.value === SIMPLE_BLOCK || id.value === BLOCK) {
      const track = variable(data, start, true);
      found.packets.push(data.slice(start + track.length + 3, end));
    }
    at = end;
  }
}

/** A number whose first byte says how many there are; `masked`: without that mark. -1: not known. */
function variable(data: Uint8Array, at: number, masked: boolean): { value: number; length: number } {
  const first = data[at];
  if (!first) throw new RangeError("cut off");
  const length = Math.clz32(first) - 23;
  let value = masked ? first & (0xff >> length) : first;
  let unknown = masked && value === 0xff >> length;
  for (let next = 1; next < length; next++) {
    const byte = data[at + next] ?? 0;
    unknown &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return { value: unknown ? -1 : value, length };
}

/** The packets as an Ogg file. */
export function writeOgg({ head, packets }: Recording): Uint8Array {
  const pages: Uint8Array[] = [page([head], 0, 0, 2), page([comments()], 0, 1, 0)];
  let samples = 0;
  for (let at = 0; at < packets.length; at += PAGE_PACKETS) {
    const part = packets.slice(at, at + PAGE_PACKETS);
    for (const packet of part) samples += samplesOf(packet);
    const last = at + PAGE_PACKETS >= packets.length;
    pages.push(page(part, samples, pages.length, last ? 4 : 0));
  }
  return joined(pages);
}

/** Seconds of sound. */
export function secondsOf({ packets }: Recording): number {
  return packets.reduce((sum, packet) => sum + samplesOf(packet), 0) / SAMPLES;
}

/** How long a packet sounds, in samples of 48 kHz (RFC 6716, 3.1). */
function samplesOf(packet: Uint8Array): number {
  const toc = packet[0] ?? 0;
  const config = toc >> 3;
  const frame = config < 12 ? [480, 960, 1920, 2880][config & 3] : config < 16 ? [480, 960][config & 1] : [120, 240, 480, 960][config & 3];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 0) & 63 : 2;
  return (frame ?? 960) * frames;
}

function comments(): Uint8Array {
  const vendor = new TextEncoder().encode("petitbleu");
  const out = new Uint8Array(8 + 4 + vendor.length + 4);
  out.set(new TextEncoder().encode("OpusTags"));
  out[8] = vendor.length;
  out.set(vendor, 12);
  return out;
}

/** One page; `flags`: 2 first, 4 last. */
function page(packets: readonly Uint8Array[], granule: number, sequence: number, flags: number): Uint8Array {
  const lacing = packets.flatMap(({ length }) => [...new Array<number>(Math.floor(length / 255)).fill(255), length % 255]);
  if (lacing.length > 255) throw new RangeError("a page too full");
  const out = joined([new Uint8Array(27), Uint8Array.from(lacing), ...packets]);
  const view = new DataView(out.buffer);
  out.set(new TextEncoder().encode("OggS"));
  out[5] = flags;
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, SERIAL, true);
  view.setUint32(18, sequence, true);
  out[26] = lacing.length;
  view.setUint32(22, checksum(out), true);
  return out;
}

/** CRC-32 of Ogg: polynomial 04c11db7, nothing reflected. */
function checksum(data: Uint8Array): number {
  let sum = 0;
  for (const byte of data) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const BARS = 100;

/** 100 heights of 5 bits each, as apps draw them. `loudness` from 0 to 1. */
export function packWaveform(loudness: readonly number[]): Uint8Array {
  const out = new Uint8Array(Math.ceil((BARS * 5) / 8));
  for (let bar = 0; bar < BARS; bar++) {
    const height = Math.round(Math.max(0, Math.min(1, loudness[bar] ?? 0)) * 31);
    for (let bit = 0; bit < 5; bit++) {
      const at = bar * 5 + bit;
      if (height & (1 << bit)) out[at >> 3] = (out[at >> 3] ?? 0) | (1 << (at & 7));
    }
  }
  return out;
}

/** The loudest of each hundredth, the loudest of all being 1. */
export function loudnessOf(samples: Float32Array): number[] {
  const step = Math.max(1, Math.floor(samples.length / BARS));
  const bars = Array.from({ length: BARS }, (_, bar) => {
    let peak = 0;
    for (let at = bar * step; at < (bar + 1) * step; at++) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
  const most = Math.max(...bars, 0.001);
  return bars.map((one) => one / most);
}

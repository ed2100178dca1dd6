import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { loudnessOf, packWaveform, readWebm, secondsOf, writeOgg } from "../src/features/voice/ogg.ts";

const size = (length: number) => [0x10 | (length >> 24), (length >> 16) & 255, (length >> 8) & 255, length & 255];
const element = (id: number[], body: number[], unknown = false) => [...id, ...(unknown ? [0x01, 255, 255, 255, 255, 255, 255, 255] : size(body.length)), ...body];
const HEAD = [...new TextEncoder().encode("OpusHead"), 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0];

/** A WebM file as a browser streams it: segment and cluster of unknown length. */
function webm(packets: number[][]): Uint8Array {
  const blocks = packets.flatMap((packet) => element([0xa3], [0x81, 0, 0, 0x80, ...packet]));
  const tracks = element([0x16, 0x54, 0xae, 0x6b], element([0xae], element([0x63, 0xa2], HEAD)));
  const segment = element([0x18, 0x53, 0x80, 0x67], [...tracks, ...element([0x1f, 0x43, 0xb6, 0x75], blocks, true)], true);
  return Uint8Array.from([...element([0x1a, 0x45, 0xdf, 0xa3], [1, 2, 3]), ...segment]);
}

/** The packets of an Ogg file, by its own rules. */
function packetsOf(ogg: Uint8Array): number[][] {
  const out: number[][] = [];
  let packet: number[] = [];
  for (let at = 0; at < ogg.length; ) {
    assert.equal(new TextDecoder().decode(ogg.slice(at, at + 4)), "OggS");
    const count = ogg[at + 26] ?? 0;
    let body = at + 27 + count;
    for (const length of ogg.slice(at + 27, at + 27 + count)) {
      packet.push(...ogg.slice(body, body + length));
      body += length;
      if (length < 255) {
        out.push(packet);
        packet = [];
      }
    }
    at = body;
  }
  return out;
}

test("the same packets come out, in order", () => {
  const packet = fc.array(fc.nat(255), { minLength: 1, maxLength: 700 }).map((one) => [0x78, ...one]);
  fc.assert(
    fc.property(fc.array(packet, { minLength: 1, maxLength: 120 }), (packets) => {
      const read = readWebm(webm(packets));
      const [head, tags, ...rest] = packetsOf(writeOgg(read));
      assert.deepEqual(head, HEAD);
      assert.equal(new TextDecoder().decode(Uint8Array.from(tags ?? []).slice(0, 8)), "OpusTags");
      assert.deepEqual(rest, packets);
      assert.equal(secondsOf(read), packets.length * 0.02);
    }),
    { numRuns: 60 },
  );
});

test("what is no recording is refused, and never hangs", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
      try {
        readWebm(data);
      } catch (error) {
        assert.ok(error instanceof RangeError);
      }
    }),
  );
});

test("the checksum is that of Ogg", () => {
  const ogg = writeOgg({ head: Uint8Array.from(HEAD), packets: [Uint8Array.from([0x78, 1])] });
  // Of the first page, as computed by libogg.
  assert.equal(new DataView(ogg.buffer).getUint32(22, true), referenceChecksum(ogg.slice(0, 28 + HEAD.length)));
});

/** By the table of RFC 3533, independent of the source. */
function referenceChecksum(page: Uint8Array): number {
  const zeroed = page.with(22, 0).with(23, 0).with(24, 0).with(25, 0);
  const table = Array.from({ length: 256 }, (_, at) => {
    let row = at * 2 ** 24;
    for (let bit = 0; bit < 8; bit++) row = row >= 2 ** 31 ? ((row * 2) % 2 ** 32 ^ 0x04c11db7) >>> 0 : row * 2;
    return row >>> 0;
  });
  return zeroed.reduce((sum, byte) => (((sum << 8) >>> 0) ^ (table[((sum >>> 24) ^ byte) & 255] ?? 0)) >>> 0, 0);
}

test("a waveform has 63 bytes, five bits a bar", () => {
  const packed = packWaveform(loudnessOf(Float32Array.from({ length: 1000 }, (_, at) => at / 1000)));
  assert.equal(packed.length, 63);
  assert.equal((packed[0] ?? 0) & 31, 0);
  assert.equal(packWaveform(new Array(100).fill(1))[0], 255);
});

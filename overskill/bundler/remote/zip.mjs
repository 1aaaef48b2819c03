/** Zips as builds need them: small, in memory, without encryption, and never larger than 4 GB. */
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const STORED = 0;
const DEFLATED = 8;
const UTF8 = 0x0800;
const DATE = (46 << 9) | (1 << 5) | 1; // 2026-01-01, as in the zips from the other end: the same files, the same bytes

/** @param {Buffer} archive  @param {number} mostBytes  of all files together  @returns {Map<string, Buffer>} */
export function unzipped(archive, mostBytes) {
  const files = new Map();
  let total = 0;
  for (const { name, method, start, packed, size } of entries(archive)) {
    if (name.endsWith("/")) continue;
    total += size;
    if (total > mostBytes) throw new Error(`the zip holds more than ${mostBytes} bytes`);
    const content = archive.subarray(start, start + packed);
    if (method !== STORED && method !== DEFLATED) throw new Error(`${name} is packed in an unknown way`);
    files.set(name, method === STORED ? content : inflateRawSync(content, { maxOutputLength: Math.max(size, 1) }));
  }
  return files;
}

/** @param {Iterable<[string, Buffer]>} files  @returns {Buffer} */
export function zipped(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content, { level: 6 });
    const label = Buffer.from(name);
    const facts = header(label, content, packed);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL);
    const extra = Buffer.alloc(2); // its length: none
    parts.push(local, facts, extra, label, packed);
    directory.push(centralEntry(facts, label, offset));
    offset += local.length + facts.length + extra.length + label.length + packed.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, endRecord(directory.length, central.length, offset)]);
}

function* entries(archive) {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error("this is no zip");
  let place = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(place) !== CENTRAL) throw new Error("the zip's directory is damaged");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => archive.readUInt16LE(place + at));
    const local = archive.readUInt32LE(place + 42);
    yield {
      name: archive.toString("utf8", place + 46, place + 46 + nameLength),
      method: archive.readUInt16LE(place + 10),
      packed: archive.readUInt32LE(place + 20),
      size: archive.readUInt32LE(place + 24),
      start: local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28),
    };
    place += 46 + nameLength + extraLength + commentLength;
  }
}

/** What a file's own header and its entry in the directory have in common. */
function header(label, content, packed) {
  const facts = Buffer.alloc(24);
  facts.writeUInt16LE(20, 0); // version 2.0 reads it
  facts.writeUInt16LE(UTF8, 2);
  facts.writeUInt16LE(DEFLATED, 4);
  facts.writeUInt16LE(0, 6); // midnight
  facts.writeUInt16LE(DATE, 8);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(label.length, 22);
  return facts;
}

function centralEntry(facts, label, offset) {
  const begin = Buffer.alloc(6);
  begin.writeUInt32LE(CENTRAL, 0);
  begin.writeUInt16LE(20, 4);
  const rest = Buffer.alloc(16); // no extra field, no comment, one disk, nothing special
  rest.writeUInt32LE(offset, 12);
  return Buffer.concat([begin, facts, rest, label]);
}

function endRecord(count, length, offset) {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
